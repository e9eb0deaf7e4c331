"""Whom to win back, and the five steps, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.lost_customers.win_back_results import ChanceTest
from retention_reports.model.figures import Missing, Rate, Unknown
from tests.support.datasets import Row, amount, dataset, orders

# Left in December 2024 and seen on 30 June 2025 after about half a year (a, b, c) or two weeks (d, e): a and d are
# back within the year.
HISTORY = """
    a  2023-12-20  100
    a  2026-01-10  100
    b  2023-12-20  100
    c  2023-12-20  100
    d  2024-06-15  100
    d  2025-07-10  100
    e  2024-06-15  400
"""


def test_with_one_year_of_returns_there_is_one_chance_for_all() -> None:
    found = lost_customers(dataset(orders(HISTORY), quarter="2026-Q2"))

    # Overall 2 of 5. After half a year: 192 days, a of a, b, c; at once: d of d, e.
    assert [(band.from_day, band.returned) for band in found.chances] == [
        (0, Rate(1, 2)),
        (183, Rate(1, 3)),
        (365, Rate(0, 0)),
        (730, Rate(0, 0)),
    ]
    assert [band.chance for band in found.chances] == [Fraction(2, 5)] * 4
    assert found.chance_test is None
    assert Missing("chance_test", Unknown.NOT_YET_OBSERVED) in found.missing


def _left(name: str, days: int, *, back: bool, year: int) -> str:
    """Write down who had left so many days before 30 June, and came back within a year or never."""
    left = date(year, 6, 30) - timedelta(days=days)
    lines = f"{name} {left.replace(year=left.year - 1)} 100\n"
    return lines + (f"{name} {date(year, 9, 1)} 100\n" if back else "")


def test_chances_go_by_time_where_that_told_in_past_years() -> None:
    # Lost in 2024 and in 2025: who left 30 days before came back 9 times of 10, who left 200 days before once of 10.
    text = "".join(
        _left(f"{days}-{year}-{number}", days, back=number < come, year=year)
        for year in (2024, 2025)
        for days, come in ((30, 9), (200, 1))
        for number in range(10)
    )
    found = lost_customers(dataset(orders(text), quarter="2026-Q2"))

    # Seen in June 2025, those of 2024 who stayed away are lost for more than a year: 10 of them, none back.
    assert [band.returned for band in found.chances] == [Rate(18, 20), Rate(2, 20), Rate(0, 10), Rate(0, 0)]
    # Told in June 2025 from 10 of 20 a year before: (9 + 5) ÷ 20 = .7 and (1 + 5) ÷ 20 = .3, and .5 for the third band.
    # By time: 9 × .09 + .49 + 9 × .09 + .49 + 10 × .25 = 5.1; one for all: 30 × .25 = 7.5.
    assert found.chance_test == ChanceTest(30, Fraction(51, 300), Fraction(1, 4))
    assert [band.chance for band in found.chances[:3]] == [Fraction(22, 30), Fraction(6, 30), Fraction(4, 20)]


def test_chances_are_one_for_all_where_time_told_nothing() -> None:
    # In 2024 only those came back who had left 30 days before, in 2025 only those who had left 200 days before.
    text = "".join(
        _left(f"{days}-{year}-{number}", days, back=(days == 30) == (year == 2024), year=year)
        for year in (2024, 2025)
        for days in (30, 200)
        for number in range(10)
    )
    found = lost_customers(dataset(orders(text), quarter="2026-Q2"))

    assert found.chance_test is not None
    assert not found.chance_test.by_time
    assert {band.chance for band in found.chances} == {Fraction(20, 50)}


def test_candidates_are_ranked_by_chance_times_value_times_years_less_cost() -> None:
    measures = [_contact("b", "2026-06-20", cost="12.50")]
    customers: list[Row] = [{"customer_id": "e", "email_permission": "no"}]
    found = lost_customers(
        dataset(orders(HISTORY), quarter="2026-Q2", customers=customers, tables={"measures": measures})
    )

    # Nobody was active a year ago: five years are assumed. All left more than a year ago: chance 2/5.
    assert [(one.customer_id, one.expected_gain, one.permission) for one in found.win_back] == [
        ("e", amount("787.5"), "no"),
        ("b", amount("187.5"), "unknown"),
        ("c", amount("187.5"), "unknown"),
    ]
    assert (found.contact_cost, found.contact_cost_source) == (amount("12.5"), "measures")
    assert [one.contacted_on for one in found.win_back] == [None, date(2026, 6, 20), None]
    assert found.win_back[0].left_on == date(2025, 6, 15)
    assert found.win_back[0].worthwhile


def test_who_left_for_an_unavoidable_reason_is_never_listed_and_counts_in_no_chance() -> None:
    losses: list[Row] = [
        {"customer_id": "b", "noticed_on": "2025-01-10", "reason": "death"},
        {"customer_id": "c", "noticed_on": "2025-01-10", "reason": "price", "recoverable": "no"},
    ]
    found = lost_customers(dataset(orders(HISTORY), quarter="2026-Q2", tables={"losses": losses}))

    assert [one.customer_id for one in found.win_back] == ["e"]
    assert found.chances[1].returned == Rate(1, 1)
    assert (found.steps.identified, found.steps.reason_known) == (3, Rate(2, 3))


def test_without_a_year_of_observation_the_chance_is_unknown() -> None:
    found = lost_customers(dataset(orders("a 2024-01-01 10\nb 2026-01-01 5"), quarter="2025-Q1"))

    assert [(one.customer_id, one.chance, one.expected_gain) for one in found.win_back] == [("a", None, None)]
    assert not found.win_back[0].worthwhile
    assert Missing("win_back.chance", Unknown.NOT_YET_OBSERVED) in found.missing


def _contact(customer: str, day: str, **more: str) -> Row:
    return {
        "measure_id": "m",
        "kind": "win_back",
        "title": "Call",
        "customer_id": customer,
        "started_on": day,
        "state": "done",
        **more,
    }


def test_what_a_contact_costs_comes_from_the_measures_else_from_the_spending() -> None:
    contacts = [_contact("b", "2026-06-20"), _contact("c", "2026-06-20"), _contact("e", "2026-06-20", state="planned")]
    costs: list[Row] = [
        {"quarter": "2026-Q2", "kind": "win_back", "amount": "90"},
        {"quarter": "2026-Q3", "kind": "win_back", "amount": "500"},
        {"quarter": "2026-Q2", "kind": "retention", "amount": "70"},
    ]
    spent = lost_customers(dataset(orders(HISTORY), quarter="2026-Q2", tables={"measures": contacts, "costs": costs}))
    nothing = lost_customers(dataset(orders(HISTORY), quarter="2026-Q2", tables={"measures": contacts}))

    assert (spent.contact_cost, spent.contact_cost_source) == (amount("45"), "costs")
    assert (nothing.contact_cost, nothing.contact_cost_source) == (0, "none")


def test_the_five_steps_follow_the_lost_from_finding_them_to_keeping_them() -> None:
    measures = [
        _contact("d", "2025-07-01", cost="10"),
        _contact("e", "2025-07-01", cost="10"),
        _contact("c", "2026-06-20", state="running", cost="10"),
        _contact("b", "2025-07-01", group="control"),
    ]
    ledger = HISTORY + "f 2022-01-01 10\nf 2024-01-01 10\ng 2022-01-01 10\ng 2024-01-01 10\ng 2025-12-01 10"
    steps = lost_customers(dataset(orders(ledger), quarter="2026-Q2", tables={"measures": measures})).steps

    assert (steps.identified, steps.identified_by_notice, steps.reason_known) == (4, 0, None)
    assert steps.measures is not None
    assert (steps.measures.contacted, steps.measures.running) == (3, 1)
    assert steps.measures.regained == Rate(1, 2)
    assert (steps.measures.regained_revenue, steps.measures.cost) == (amount("100"), amount("20"))
    # f and g came back in January 2024; only g still buys.
    assert steps.second_loyalty == Rate(1, 2)
