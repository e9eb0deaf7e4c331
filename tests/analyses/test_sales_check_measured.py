"""What the data says to the questions of the sales check: each figure on a table that can be counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.sales_check.sales_check_analysis import sales_check
from retention_reports.analyses.sales_check.sales_check_results import Measurement
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.validation.questionnaire import standard_questionnaire
from tests.support.datasets import dataset, orders
from tests.support.questions import answers, question, questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.analyses.sales_check.sales_check_results import SalesCheck
    from tests.support.datasets import Row

LEDGER = """
    large   2026-08-01  900
    middle  2026-08-01  100
    small   2026-08-01   40
    gone    2025-06-01   50
"""
# With 12 months at 2026-09-30: large, middle, and small are active; of 1,040 in the year large makes up the first 80 %
# (A), middle the next 15 % (B, 86.5 % before), small the rest (C); gone left on 2026-06-01.


def check(  # noqa: PLR0913 -- each test names the one or two parts that it is about
    name: str,
    tables: Mapping[str, Sequence[Row]] | None = None,
    *,
    ledger: str | list[Row] = LEDGER,
    answer: str = "",
    customers: Sequence[Row] = (),
    history_complete: bool = True,
) -> SalesCheck:
    given = {"answers": answers(f"2026-Q3 asked {answer}")} if answer else {}
    return sales_check(
        dataset(
            orders(ledger) if isinstance(ledger, str) else ledger,
            quarter="2026-Q3",
            customers=customers,
            tables={**(tables or {}), **given},
            questionnaire=questionnaire(question("asked", measured=name)),
            history_complete=history_complete,
        )
    )


def rate(
    name: str, tables: Mapping[str, Sequence[Row]], *, ledger: str | list[Row] = LEDGER, customers: Sequence[Row] = ()
) -> Rate:
    measurement = dict(check(name, tables, ledger=ledger, customers=customers).measurements)[name]
    assert measurement is not None
    return measurement.rate


def person(customer: str, name: str) -> Row:
    return {"customer_id": customer, "name": name}


def test_active_customers_with_a_contact_person_count_as_recorded() -> None:
    people = [person("large", "Anna"), person("large", "Bernd"), person("gone", "Clara")]

    assert rate("contacts_recorded", {"contacts": people}) == Rate(1, 3)


@pytest.mark.parametrize(("second", "k"), [("Bernd", 1), ("Anna", 0)])
def test_an_a_customer_needs_two_people_of_different_names(second: str, k: int) -> None:
    people = [person("large", "Anna"), person("large", second), person("middle", "Clara"), person("middle", "Dora")]

    assert rate("two_contacts_at_a_customers", {"contacts": people}) == Rate(k, 1)


def test_contacts_are_due_within_the_days_of_the_value_class() -> None:
    touchpoints: list[Row] = [
        {"customer_id": "large", "date": "2026-08-30", "channel": "call", "state": "done"},
        {"customer_id": "middle", "date": "2026-07-02", "channel": "call", "state": "done"},
        {"customer_id": "small", "date": "2026-09-01", "channel": "call", "state": "planned"},
    ]

    # 31 days are too long for A (30), 90 days are in time for B; what is planned has not happened.
    assert rate("contact_coverage", {"touchpoints": touchpoints}) == Rate(1, 3)


def test_a_visit_is_a_contact_and_customers_without_a_class_are_due_as_c() -> None:
    ledger = LEDGER + "credit 2026-05-01 10\n credit 2026-05-02 -10"
    visits: list[Row] = [
        {"customer_id": "large", "visited_on": "2026-08-31"},
        {"customer_id": "credit", "visited_on": "2026-04-03"},
    ]
    touchpoints: list[Row] = [{"customer_id": "middle", "date": "2020-01-01", "channel": "call", "state": "done"}]

    # 30 days for A, 180 days for the customer whose revenue is nothing; the call is too long ago.
    assert rate("contact_coverage", {"visits": visits, "touchpoints": touchpoints}, ledger=ledger) == Rate(2, 4)


def test_a_customers_are_to_be_visited_in_the_quarter() -> None:
    visits: list[Row] = [
        {"customer_id": "large", "visited_on": "2026-06-30"},
        {"customer_id": "middle", "visited_on": "2026-07-01"},
    ]
    again: list[Row] = [{"customer_id": "large", "visited_on": "2026-07-01"}]

    assert rate("visits_planned_by_importance", {"visits": visits}) == Rate(0, 1)
    assert rate("visits_planned_by_importance", {"visits": again}) == Rate(1, 1)


def test_reachable_by_e_mail_needs_address_and_permission() -> None:
    customers: list[Row] = [
        {"customer_id": "large", "email": "a@example.org", "email_permission": "yes"},
        {"customer_id": "middle", "email": "b@example.org", "email_permission": "unknown"},
        {"customer_id": "small", "email": "", "email_permission": "yes"},
        {"customer_id": "gone", "email": "d@example.org", "email_permission": "yes"},
    ]

    assert rate("email_reachable", {}, customers=customers) == Rate(1, 3)


def offer(identifier: str, state: str, **days: str) -> Row:
    return {
        "offer_id": identifier,
        "customer_id": "large",
        "offered_on": "2026-01-10",
        "amount": "100",
        "state": state,
        "decision_due_on": "",
        "decided_on": "",
        "followed_up_on": "",
        **days,
    }


def test_open_offers_have_a_decision_date_or_not() -> None:
    offers = [
        offer("1", "open", decision_due_on="2026-10-10"),
        offer("2", "open"),
        # Decided after the cut-off: still open.
        offer("3", "won", decided_on="2026-10-02"),
        offer("4", "lost", decided_on="2026-02-01"),
    ]
    found = check("decision_dates_on_open_offers", {"offers": offers})

    assert found.measurements == (
        ("decision_dates_on_open_offers", Measurement("decision_dates_on_open_offers", Rate(1, 3), 0.9, 0.5)),
    )
    assert found.undated_offers == 2_000_000


def test_decided_offers_of_the_last_twelve_months_are_followed_up_or_not() -> None:
    offers = [
        offer("1", "won", decided_on="2026-02-01", followed_up_on="2026-01-20"),
        offer("2", "expired", decided_on="2026-03-01"),
        offer("3", "lost", decided_on="2025-09-30", followed_up_on="2025-09-01"),
        offer("4", "open", followed_up_on="2026-02-01"),
        # Followed up after the cut-off: not known yet.
        offer("5", "lost", decided_on="2026-09-30", followed_up_on="2026-10-01"),
    ]

    assert rate("offers_followed_up", {"offers": offers}) == Rate(1, 3)


def feedback(customer: str, day: str) -> Row:
    return {"customer_id": customer, "date": day, "kind": "survey"}


def test_feedback_belongs_to_a_large_order_within_sixty_days_after_it() -> None:
    ledger = "\n".join(
        [
            *(f"c{number} 2026-03-0{number % 9 + 1} 10" for number in range(18)),
            "big 2026-07-01 500",
            "huge 2026-07-01 900",
        ]
    )

    def found(*rows: Row) -> Rate:
        return rate("feedback_after_large_orders", {"feedback": list(rows)}, ledger=ledger)

    # Twenty orders: the largest tenth are two.
    assert found(feedback("big", "2026-08-30"), feedback("c1", "2026-03-05")) == Rate(1, 2)
    assert found(feedback("big", "2026-08-31"), feedback("huge", "2026-07-01")) == Rate(0, 2)
    assert found(feedback("big", "2026-07-02"), feedback("huge", "2026-08-01")) == Rate(2, 2)


def test_equal_amounts_are_large_together_and_running_sixty_days_do_not_count() -> None:
    ledger = "a 2026-07-01 50\nb 2026-08-01 50\nc 2026-08-02 50\nd 2026-03-01 10\n- 2026-03-01 900\ne 2025-09-30 900"

    # One order of four would be the tenth; three are equal, the 60 days of the last end on 1 October.
    assert rate("feedback_after_large_orders", {"feedback": [feedback("a", "2026-07-03")]}, ledger=ledger) == Rate(1, 2)


def lines(*bought: tuple[str, str]) -> list[Row]:
    return [{"order_id": order, "product_id": product, "amount": "10"} for order, product in bought]


PRODUCTS: list[Row] = [
    {"product_id": "1", "name": "one", "category": "paper"},
    {"product_id": "2", "name": "two", "category": "paper"},
    {"product_id": "3", "name": "three", "category": "soap"},
]


def test_active_customers_buy_from_one_category_or_more() -> None:
    tables = {
        "products": PRODUCTS,
        "order_lines": lines(("1", "1"), ("1", "3"), ("2", "1"), ("2", "2"), ("3", "9"), ("4", "1"), ("4", "3")),
    }

    # small bought nothing with a known category, gone is lost.
    assert rate("categories_per_customer", tables) == Rate(1, 2)


def test_each_sales_person_sells_a_part_of_what_is_sold() -> None:
    ledger = orders("a 2026-03-01 10\nb 2026-03-02 10\nb 2025-09-01 10\nc 2026-03-02 10\nc 2026-03-02 10 cancelled")
    for row, name in zip(ledger, ("Nora", "", "Nora", "Otto", "Otto"), strict=True):
        row["sales_rep"] = name
    sold = lines(("1", "1"), ("1", "2"), ("2", "2"), ("3", "3"), ("4", "1"), ("5", "3"))
    customers: list[Row] = [{"customer_id": "b", "sales_rep": "Otto"}]

    # Products 1 and 2 were sold in the year: both by Nora and, with the order of his customer b, both by Otto.
    assert rate("programme_sold", {"order_lines": sold}, ledger=ledger, customers=customers) == Rate(4, 4)
    assert rate("programme_sold", {"order_lines": sold[:3]}, ledger=ledger, customers=customers) == Rate(3, 4)


def test_one_sales_person_alone_has_nobody_to_be_compared_with() -> None:
    ledger = orders("a 2026-03-01 10")
    ledger[0]["sales_rep"] = "Nora"
    found = check("programme_sold", {"order_lines": lines(("1", "1"))}, ledger=ledger)

    assert found.missing[-1] == Missing("measured.programme_sold", Unknown.TOO_FEW)


LOSSES_LEDGER = "a 2025-06-01 10\nb 2025-07-01 10\nc 2025-08-01 10\nd 2024-01-01 10\ne 2026-09-01 10"
# a, b, and c left in the last twelve months, d before, e is active.


def loss(customer: str, day: str, reason: str) -> Row:
    return {"customer_id": customer, "noticed_on": day, "reason": reason, "kind": "silent"}


def test_reasons_are_known_where_one_is_on_record_since_the_last_purchase() -> None:
    losses = [
        loss("a", "2026-07-01", "price"),
        loss("b", "2026-08-01", "unknown"),
        loss("c", "2025-07-31", "price"),
        loss("d", "2025-02-01", "price"),
    ]

    assert rate("loss_reasons_known", {"losses": losses}, ledger=LOSSES_LEDGER) == Rate(1, 3)


def measure(customer: str, day: str, *, group: str = "target", state: str = "done", kind: str = "win_back") -> Row:
    return {
        "measure_id": "M",
        "kind": kind,
        "title": "Call",
        "customer_id": customer,
        "group": group,
        "started_on": day,
        "state": state,
    }


def test_a_win_back_measure_runs_where_it_has_begun_since_the_last_purchase() -> None:
    begun = [measure("a", "2026-07-01"), measure("b", "2025-06-30"), measure("e", "2026-09-02")]
    others = [
        measure("a", "2026-07-01", state="planned"),
        measure("b", "2026-07-01", state="dropped"),
        measure("c", "2026-09-01", kind="retention"),
    ]

    assert rate("win_back_running", {"measures": begun}, ledger=LOSSES_LEDGER) == Rate(1, 3)
    assert rate("win_back_running", {"measures": others}, ledger=LOSSES_LEDGER) == Rate(0, 3)


def test_customers_held_back_for_control_are_left_out() -> None:
    rows = [measure("a", "2026-07-01"), measure("b", "2026-07-01", group="control")]

    assert rate("win_back_running", {"measures": rows}, ledger=LOSSES_LEDGER) == Rate(1, 2)


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("contacts_recorded", "contacts"),
        ("two_contacts_at_a_customers", "contacts"),
        ("contact_coverage", "touchpoints"),
        ("visits_planned_by_importance", "visits"),
        ("decision_dates_on_open_offers", "offers"),
        ("offers_followed_up", "offers"),
        ("feedback_after_large_orders", "feedback"),
        ("categories_per_customer", "order_lines"),
        ("programme_sold", "order_lines"),
        ("loss_reasons_known", "losses"),
        ("win_back_running", "measures"),
    ],
)
def test_without_its_file_a_figure_is_missing(name: str, detail: str) -> None:
    found = check(name, answer="yes")

    assert found.missing == (Missing(f"measured.{name}", Unknown.NO_FILE, detail),)
    assert found.figures()["measured"] == {name: None, f"{name}_k": None, f"{name}_n": None}
    assert [entry.measurement for entry in found.questions] == [None]


def test_without_the_column_permission_is_unknown_rather_than_refused() -> None:
    found = check("email_reachable", customers=[{"customer_id": "large", "email": "a@example.org"}], answer="yes")

    assert found.missing == (Missing("measured.email_reachable", Unknown.NO_COLUMN, "customers.email_permission"),)


def test_figures_of_twelve_months_need_twelve_months_of_data() -> None:
    found = check(
        "two_contacts_at_a_customers",
        {"contacts": [person("a", "Anna")]},
        ledger="a 2026-02-01 10",
        history_complete=False,
        answer="yes",
    )

    assert found.missing == (Missing("measured.two_contacts_at_a_customers", Unknown.BEFORE_START_OF_DATA),)


def many(recorded: int, of: int = 10) -> tuple[str, list[Row]]:
    names = [f"c{number}" for number in range(of)]
    ledger = "\n".join(f"{name} 2026-08-01 10" for name in names)
    return ledger, [person(name, "Anna") for name in names[:recorded]]


@pytest.mark.parametrize(
    ("answer", "recorded", "contradicted"),
    [
        ("yes", 4, True),
        ("yes", 5, False),
        ("no", 9, True),
        ("no", 8, False),
        ("partly", 0, False),
        ("partly", 10, False),
        ("unknown", 0, False),
    ],
)
def test_a_contradiction_is_yes_against_no(answer: str, recorded: int, *, contradicted: bool) -> None:
    ledger, people = many(recorded)
    found = check("contacts_recorded", {"contacts": people}, ledger=ledger, answer=answer)

    assert bool(found.contradictions) == contradicted
    assert found.figures()["contradictions"] == (["asked"] if contradicted else [])


def test_fewer_than_ten_cases_contradict_nothing() -> None:
    ledger, people = many(0, of=9)
    found = check("contacts_recorded", {"contacts": people or [person("other", "Anna")]}, ledger=ledger, answer="yes")

    measurement = found.questions[0].measurement
    assert measurement is not None
    assert (measurement.rate, measurement.answer) == (Rate(0, 9), "")
    assert found.contradictions == ()


def test_a_question_about_most_customers_is_a_yes_from_half_of_them() -> None:
    assert Measurement("categories_per_customer", Rate(5, 10), 0.5, 0.25).answer == "yes"
    ledger = "\n".join(f"c{number} 2026-08-01 10" for number in range(10))
    bought = lines(*((str(number + 1), "1") for number in range(10)), *((str(number + 1), "3") for number in range(5)))
    found = check("categories_per_customer", {"products": PRODUCTS, "order_lines": bought}, ledger=ledger, answer="no")

    assert [entry.overstated for entry in found.contradictions] == [False]


def test_the_measured_answer_stands_in_the_figures_beside_the_declared_one() -> None:
    ledger, people = many(4)
    found = check("contacts_recorded", {"contacts": people}, ledger=ledger, answer="yes").figures()

    assert found["answers"] == [
        {"id": "asked", "version": 1, "answer": "yes", "measured": 0.4, "measured_k": 4, "measured_n": 10}
    ]


def test_what_is_measured_is_shown_without_any_answer() -> None:
    ledger, people = many(4)
    found = check("contacts_recorded", {"contacts": people}, ledger=ledger)

    assert [(entry.answer, entry.measurement is not None) for entry in found.questions] == [("", True)]


def test_a_name_that_no_figure_has_leaves_the_declared_answer_alone() -> None:
    found = check("no_such_figure", answer="yes")

    assert found.measurements == ()
    assert [entry.answer for entry in found.questions] == ["yes"]


def test_every_figure_that_the_standard_questions_name_is_known() -> None:
    standard = standard_questionnaire()
    found = sales_check(dataset(orders(LEDGER), quarter="2026-Q3", questionnaire=standard))

    assert {name for name, _ in found.measurements} == {
        entry.measured for entry in standard.questions if entry.measured
    }
