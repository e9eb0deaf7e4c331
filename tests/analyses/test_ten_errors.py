"""Ten beliefs about retention, worked by hand on small tables."""

from __future__ import annotations

import pytest

from retention_reports.analyses.ten_errors.rules import advantage, share_above, share_below
from retention_reports.analyses.ten_errors.ten_errors_analysis import ten_errors
from retention_reports.analyses.ten_errors.ten_errors_results import Belief, Verdict
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset, orders
from tests.support.laws import assert_laws

QUARTER = Quarter.parse("2026-Q3")


def _belief(key: str, ledger: str, *, history_complete: bool = True, **tables: list[Row]) -> Belief:
    data = dataset(orders(ledger), quarter="2026-Q3", tables=tables, history_complete=history_complete)
    return next(belief for belief in ten_errors(data).beliefs if belief.key == key)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (Rate(95, 100), Rate(60, 100), Verdict.CONFIRMED),
        (Rate(90, 100), Rate(95, 100), Verdict.REFUTED),
        (Rate(18, 20), Rate(15, 20), Verdict.UNTOLD),
        (Rate(9, 9), Rate(0, 100), Verdict.UNTOLD),
    ],
)
def test_an_advantage_needs_an_interval_on_one_side(first: Rate, second: Rate, verdict: Verdict) -> None:
    assert advantage(first, second)[0] is verdict


@pytest.mark.parametrize(
    ("rate", "above"),
    [
        (Rate(80, 100), Verdict.CONFIRMED),
        (Rate(20, 100), Verdict.REFUTED),
        (Rate(52, 100), Verdict.UNTOLD),
        (Rate(9, 9), Verdict.UNTOLD),
    ],
)
def test_a_share_is_judged_by_its_whole_interval(rate: Rate, above: Verdict) -> None:
    opposite = {Verdict.CONFIRMED: Verdict.REFUTED, Verdict.REFUTED: Verdict.CONFIRMED}.get(above, Verdict.UNTOLD)

    assert share_above(rate, 0.5)[0] is above
    assert share_below(rate, 0.5)[0] is opposite


YEARS = """
    anna   2025-06-01  100.00
    anna   2026-06-01  100.00
    bernd  2025-06-01  100.00
    clara  2025-06-01  100.00
    clara  2026-07-01   40.00
    dora   2026-05-01   30.00
"""
# Active on 30 September 2025: anna, bernd, clara. Bernd left on 1 June 2026; dora is new.
VOICES: list[Row] = [
    {"customer_id": "anna", "date": "2025-08-01", "kind": "survey", "score": 9},
    {"customer_id": "bernd", "date": "2025-08-01", "kind": "survey", "score": 10},
    {"customer_id": "bernd", "date": "2025-08-02", "kind": "survey", "score": 9},
    {"customer_id": "clara", "date": "2025-09-30", "kind": "survey", "score": 8},
    {"customer_id": "clara", "date": "2025-09-01", "kind": "complaint"},
    {"customer_id": "dora", "date": "2026-05-01", "kind": "praise"},
    {"customer_id": "bernd", "date": "2025-10-01", "kind": "complaint"},
]


def test_the_satisfied_of_a_year_ago_are_compared_with_the_less_satisfied() -> None:
    found = _belief("satisfied_stay", YEARS, feedback=VOICES)

    assert found.rates == {"satisfied_kept": Rate(1, 2), "others_kept": Rate(1, 1)}
    assert found.verdict is Verdict.UNTOLD


def test_who_complained_in_the_year_before_is_compared_with_who_did_not() -> None:
    found = _belief("complainers_leave", YEARS, feedback=VOICES)

    assert found.rates == {"complained_kept": Rate(1, 1), "others_kept": Rate(1, 2)}


def test_new_customers_are_held_against_what_those_who_left_no_longer_bring() -> None:
    found = _belief("new_make_up", YEARS)

    assert found.amounts == {"gained": amount("30"), "lost": amount("100")}
    assert (found.verdict, found.stake) == (Verdict.REFUTED, amount("70"))


def test_the_value_lost_with_smaller_customers_is_weighed() -> None:
    ledger = "big 2025-06-01 800\nmid 2025-06-01 150\nlow 2025-06-01 50\nkeeps 2026-06-01 10"
    found = _belief("only_largest", ledger)

    # The class is that of a year ago: 800 of 1,000 make A; mid and low are B and C. All three left on 1 June 2026.
    assert found.rates == {
        "smaller_customers": Rate(2, 3),
        "smaller_value": Rate(amount("200"), amount("1000"), is_money=True),
    }
    assert found.verdict is Verdict.UNTOLD


def test_many_small_losses_refute_that_only_the_largest_count() -> None:
    ledger = "big 2025-06-01 9000\nbig 2026-06-01 9000\n" + "\n".join(
        f"s{number:02} 2025-06-01 {100 + number}" for number in range(12)
    )
    found = _belief("only_largest", ledger)

    assert found.rates["smaller_customers"] == Rate(12, 12)
    assert (found.verdict, found.interval) == (Verdict.REFUTED, (1.0, 1.0))


LOSSES: list[Row] = [
    {"customer_id": "anna", "noticed_on": "2026-01-01", "reason": "price", "competitor": ""},
    {"customer_id": "anna", "noticed_on": "2025-01-01", "reason": "service", "competitor": "Rival"},
    {"customer_id": "bernd", "noticed_on": "2026-01-01", "reason": "unknown", "competitor": "Rival"},
    {"customer_id": "clara", "noticed_on": "2026-01-01", "reason": "unknown", "competitor": ""},
    {"customer_id": "dora", "noticed_on": "2024-01-01", "reason": "price", "competitor": ""},
]


def test_reasons_are_the_newest_known_ones_of_two_years() -> None:
    offers: list[Row] = [
        {"offer_id": "1", "customer_id": "anna", "offered_on": "2026-01-01", "amount": "5", "state": "lost",
         "decided_on": "2026-02-01", "lost_reason": "price"},
        {"offer_id": "2", "customer_id": "anna", "offered_on": "2026-01-01", "amount": "5", "state": "lost",
         "decided_on": "2026-02-01", "lost_reason": ""},
    ]  # fmt: skip

    assert _belief("nobody_breaks_in", YEARS, losses=LOSSES).rates == {"to_competitors": Rate(1, 2)}
    assert _belief("price_is_reason", YEARS, losses=LOSSES, offers=offers).rates == {
        "lost_to_price": Rate(1, 2),
        "offers_lost_to_price": Rate(1, 1),
    }


def test_knowing_needs_means_having_heard_from_customers() -> None:
    lines: list[Row] = [
        {"order_id": "2", "product_id": "p", "amount": "60"},
        {"order_id": "2", "product_id": "q", "amount": "40"},
        {"order_id": "6", "product_id": "p", "amount": "30"},
    ]
    products: list[Row] = [
        {"product_id": "p", "name": "Paper", "category": "Office"},
        {"product_id": "q", "name": "Soap", "category": "Wash"},
    ]
    found = _belief("know_needs", YEARS, feedback=VOICES, order_lines=lines, products=products)

    assert found.rates == {"heard": Rate(1, 3), "single_category": Rate(1, 2)}


def _measure(name: str, customer: str, group: str, day: str, kind: str = "retention") -> Row:
    return {"measure_id": name, "kind": kind, "title": name, "customer_id": customer, "group": group,
            "started_on": day, "state": "done"}  # fmt: skip


def test_measures_count_when_they_are_over_and_were_tried_against_a_control_group() -> None:
    measures = [
        _measure("tried", "anna", "target", "2026-01-01"),
        _measure("tried", "bernd", "control", "2026-01-01"),
        _measure("untried", "anna", "target", "2026-01-01"),
        _measure("young", "anna", "target", "2026-06-01"),
        _measure("advertising", "anna", "target", "2026-01-01", kind="acquisition"),
    ]
    found = _belief("measures_work", YEARS, measures=measures)

    # The young measure is not over; the tried one has too few customers to be judged.
    assert found.rates == {"with_control_group": Rate(1, 3), "with_effect": Rate(0, 0)}
    assert found.verdict is Verdict.UNTOLD


@pytest.mark.parametrize(("buyers", "verdict"), [("t", Verdict.CONFIRMED), ("tc", Verdict.REFUTED)])
def test_a_measure_works_where_its_targets_did_better_than_the_control_group(buyers: str, verdict: Verdict) -> None:
    names = [f"{group}{number:02}" for group in "tc" for number in range(12)]
    ledger = "\n".join(f"{name} 2025-06-01 10" for name in names)
    # Retention counts purchases on days 91 to 180 after 1 January.
    ledger += "".join(f"\n{name} 2026-05-01 10" for name in names if name[0] in buyers)
    measures = [_measure("tried", name, {"t": "target", "c": "control"}[name[0]], "2026-01-01") for name in names]
    found = _belief("measures_work", ledger, measures=measures)

    assert found.rates["with_effect"] == Rate(int(buyers == "t"), 1)
    assert found.verdict is verdict


def test_measures_that_were_never_tried_cannot_be_judged() -> None:
    found = _belief("measures_work", YEARS, measures=[_measure("untried", "anna", "target", "2026-01-01")])

    assert (found.verdict, found.rates["with_control_group"]) == (Verdict.UNTOLD, Rate(0, 1))


@pytest.mark.parametrize(("day", "unknown"), [("2026-04-30", 0), ("2026-05-01", 1)])
def test_a_new_customer_was_known_if_approached_before_the_first_purchase(day: str, unknown: int) -> None:
    visits: list[Row] = [{"customer_id": "dora", "visited_on": day}]
    touchpoints: list[Row] = [{"customer_id": "anna", "date": "2026-01-01", "channel": "call", "state": "done"}]

    assert _belief("know_everyone", YEARS, visits=visits, touchpoints=touchpoints).rates == {
        "unknown_before": Rate(unknown, 1)
    }


def test_there_is_time_where_as_many_contacts_were_made_as_were_due() -> None:
    client = Client("test", "Test", history_complete=True, contact_cadence_days={"A": 73, "B": 73, "C": 73})
    calls: list[Row] = [
        {"customer_id": "anna", "date": f"2026-05-{day:02}", "channel": "phone", "state": "done"}
        for day in range(1, 16)
    ]
    data = dataset(orders(YEARS), quarter="2026-Q3", client=client, tables={"touchpoints": calls})
    found = next(belief for belief in ten_errors(data).beliefs if belief.key == "no_time")

    # Three active customers are due five contacts each; anna got all fifteen.
    assert found.rates == {"contacts_of_due": Rate(15, 15), "lacking_of_due": Rate(10, 15)}
    assert found.verdict is Verdict.REFUTED


def test_offers_without_follow_up_count_after_a_fortnight() -> None:
    calls: list[Row] = [{"customer_id": "anna", "date": "2026-05-01", "channel": "phone", "state": "done"}]
    offers: list[Row] = [
        {"offer_id": str(number), "customer_id": "anna", "offered_on": day, "amount": "5", "state": "open",
         "followed_up_on": followed}
        for number, (day, followed) in enumerate(
            [("2026-09-16", ""), ("2026-09-17", ""), ("2026-06-01", "2026-06-10"), ("2026-06-01", "2026-10-10"),
             ("2025-09-30", "")]
        )
    ]  # fmt: skip
    found = _belief("no_time", YEARS, touchpoints=calls, offers=offers)

    assert found.verdict is Verdict.CONFIRMED
    assert found.rates["not_followed_up"] == Rate(2, 3)


def test_without_files_only_what_orders_tell_is_known() -> None:
    found = ten_errors(dataset(orders(YEARS), quarter="2026-Q3"))

    assert [entry.key for entry in found.missing] == [
        "satisfied_stay", "nobody_breaks_in", "know_needs", "measures_work", "know_everyone", "no_time",
        "price_is_reason", "complainers_leave",
    ]  # fmt: skip
    assert len(found.beliefs) == 10


def test_young_data_cannot_tell_who_left() -> None:
    found = ten_errors(dataset(orders("a 2026-06-01 10"), quarter="2026-Q3", history_complete=False))

    assert {belief.key: str(belief.missing.reason) for belief in found.beliefs if belief.missing}["new_make_up"] == (
        "before_start_of_data"
    )


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    ledger = YEARS + "\n".join(f"s{number:02} 2025-0{1 + number % 9}-01 {100 + number}" for number in range(15))
    tables = {
        "feedback": VOICES,
        "losses": LOSSES,
        "measures": [
            _measure("tried", "anna", "target", "2026-01-01"),
            _measure("tried", "bernd", "control", "2026-01-01"),
        ],
        "visits": [{"customer_id": "dora", "visited_on": "2026-04-30"}],
    }
    assert_laws(client_folder(orders(ledger), tables=tables), QUARTER, ten_errors)
