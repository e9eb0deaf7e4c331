"""Measures held against control groups, worked by hand on small tables."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.measures.measure_analysis import measures
from retention_reports.model.figures import Missing, Rate, Unknown, difference_interval
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from retention_reports.analyses.measures.measure_results import MeasureResult, Measures

START = "2026-01-15"


def _row(customer: str, group: str = "target", kind: str = "win_back", **more: str) -> Row:
    entry = {"measure_id": "m", "kind": kind, "title": "Call", "customer_id": customer, "group": group}
    return {**entry, "started_on": START, "state": "done", **more}


def _crowd(targets: int, controls: int) -> list[str]:
    return [f"t{number:02}" for number in range(targets)] + [f"c{number:02}" for number in range(controls)]


def _measured(names: list[str], back: set[str], quarter: str = "2026-Q3", day: str = "2026-02-01") -> Measures:
    """Judge a win-back measure over customers lost in 2025, some of whom buy for 120 on a day."""
    ledger = [f"{name} 2024-06-01 100" for name in names] + [f"{name} {day} 120" for name in sorted(back)]
    rows = [_row(name, "target" if name[0] == "t" else "control", cost="5" if name[0] == "t" else "") for name in names]
    return measures(dataset(orders("\n".join(ledger)), quarter=quarter, tables={"measures": rows}))


def _only(found: Measures) -> MeasureResult:
    assert len(found.results) == 1
    return found.results[0]


def test_a_measure_works_where_the_interval_of_the_difference_lies_above_zero() -> None:
    found = _only(_measured(_crowd(10, 10), {"t00", "t01", "t02", "t03", "t04", "t05", "t06", "c00"}))

    assert (found.target, found.control, found.compared_with) == (Rate(7, 10), Rate(1, 10), "control_group")
    assert found.effect == pytest.approx(0.6)
    assert (found.low, found.high) == difference_interval(Rate(7, 10), Rate(1, 10))
    assert (found.verdict, found.success) == ("works", "regained")
    assert (found.cost, found.revenue) == (amount("50"), amount("840"))
    # Seven of ten targets brought 120 against one of ten controls: 84 - 12, for ten targets.
    assert found.added_revenue is not None
    assert found.added_revenue.value == amount("720")
    assert found.added_revenue.low < amount("720") < found.added_revenue.high
    assert (found.profit, found.return_on_cost) == (None, None)


def test_an_effect_within_chance_does_not_work() -> None:
    assert _only(_measured(_crowd(10, 10), {"t00", "t01", "c00"})).verdict == "does_not"


def test_fewer_than_ten_on_one_side_are_too_few_to_judge() -> None:
    found = _only(_measured(_crowd(10, 9), {"t00", "t01", "t02", "t03", "t04", "t05", "t06"}))

    assert (found.verdict, found.added_revenue) == ("too_few", None)
    assert found.effect == pytest.approx(0.7)


@pytest.mark.parametrize(("quarter", "verdict"), [("2026-Q2", "too_early"), ("2026-Q3", "does_not")])
def test_before_180_days_are_over_it_is_too_early(quarter: str, verdict: str) -> None:
    found = _only(_measured(_crowd(10, 10), {"t00"}, quarter))

    assert (found.verdict, found.judged_from) == (verdict, date(2026, 7, 14))
    assert (found.target, found.effect is None) == (Rate(1, 10), verdict == "too_early")


@pytest.mark.parametrize(
    ("day", "regained"), [("2026-01-15", 0), ("2026-01-16", 1), ("2026-07-14", 1), ("2026-07-15", 0)]
)
def test_regained_is_a_purchase_on_the_180_days_after_the_start(day: str, regained: int) -> None:
    assert _only(_measured(_crowd(10, 10), {"t00"}, day=day)).target == Rate(regained, 10)


def test_profit_is_the_added_revenue_s_margin_less_the_cost() -> None:
    names = _crowd(10, 10)
    back = names[:8]
    rows = orders("\n".join([f"{name} 2024-06-01 100" for name in names] + [f"{name} 2026-02-01 100" for name in back]))
    priced = [{**row, "cost": "60" if row["ordered_on"] == "2026-02-01" else ""} for row in rows]
    plan = [_row(name, "target" if name in names[:10] else "control", cost="2") for name in names]
    found = _only(measures(dataset(priced, quarter="2026-Q3", tables={"measures": plan})))

    # 800 added, 40 % margin, less 20 rows of 2.
    assert found.profit == amount("280")
    assert found.return_on_cost == 7.0


def test_planned_and_dropped_rows_were_never_carried_out() -> None:
    rows = [_row("a", state="planned"), _row("b", state="dropped")]
    found = measures(dataset(orders("a 2024-01-01 9\nb 2024-01-01 9"), quarter="2026-Q3", tables={"measures": rows}))

    assert found.results == ()
    assert [(one.state, one.targets) for one in found.status] == [("planned", 2)]


def test_without_controls_lost_customers_gone_for_as_long_are_compared() -> None:
    ledger = """
        target  2024-12-01  9
        same    2024-11-01  9
        back    2024-11-20  9
        back    2026-02-01  9
        long    2023-01-01  9
        gone    2024-12-01  9
        other   2024-12-01  9
        here    2025-06-01  9
    """
    losses: list[Row] = [{"customer_id": "gone", "noticed_on": "2025-01-01", "reason": "death"}]
    rows = [_row("target"), _row("other", measure_id="n", started_on="2025-11-01")]
    data = dataset(orders(ledger), quarter="2026-Q3", tables={"measures": rows, "losses": losses})
    found = {result.measure_id: result for result in measures(data).results}["m"]

    # same and back left at the same time; long left years ago, gone cannot be won back, other was contacted.
    assert (found.compared_with, found.target, found.control) == ("untouched", Rate(0, 1), Rate(1, 2))


def test_regular_customers_are_compared_with_others_of_class_and_recency_who_still_buy_later() -> None:
    ledger = """
        target  2025-12-01  100
        target  2026-02-01  100
        target  2026-05-01  100
        alike   2025-12-20  100
        alike   2026-01-20  100
        quiet   2025-08-01  100
        small   2025-12-20  1
    """
    found = _only(
        measures(dataset(orders(ledger), quarter="2026-Q3", tables={"measures": [_row("target", kind="retention")]}))
    )

    # alike bought on day 5 after the start, but not on days 91 to 180.
    assert (found.success, found.compared_with) == ("still_buying", "untouched")
    assert (found.target, found.control) == (Rate(1, 1), Rate(0, 1))


PRODUCTS: list[Row] = [
    {"product_id": "s", "name": "Soap", "category": "Cleaning"},
    {"product_id": "t", "name": "Tea", "category": "Kitchen"},
]


def test_cross_selling_succeeds_with_a_category_never_bought_before() -> None:
    ledger = "a 2025-12-01 5\nb 2025-12-01 5\na 2026-02-01 30\nb 2026-02-01 5\nb 2026-03-01 5"
    lines: list[Row] = [
        {"order_id": order, "product_id": product, "amount": money}
        for order, product, money in (
            ("1", "s", "5"),
            ("2", "t", "5"),
            ("3", "t", "20"),
            ("3", "s", "10"),
            ("4", "t", "5"),
        )
    ]
    rows = [_row("a", kind="cross_selling"), _row("b", "control", kind="cross_selling")]
    tables = {"measures": rows, "order_lines": lines, "products": PRODUCTS}
    found = _only(measures(dataset(orders(ledger), quarter="2026-Q3", tables=tables)))

    assert (found.target, found.control, found.revenue) == (Rate(1, 1), Rate(0, 1), amount("20"))


def test_without_order_lines_cross_selling_cannot_be_measured() -> None:
    rows = [_row("a", kind="cross_selling"), _row("b", "control", kind="cross_selling")]
    found = measures(dataset(orders("a 2025-12-01 5\nb 2025-12-01 5"), quarter="2026-Q3", tables={"measures": rows}))

    assert (_only(found).target, _only(found).verdict) == (None, "too_few")
    assert Missing("results.m", Unknown.NO_FILE, "order_lines, products") in found.missing


def test_an_acquisition_measure_wins_first_purchases() -> None:
    rows = [_row(name, kind="acquisition") for name in ("new", "old", "no")]
    customers: list[Row] = [{"customer_id": "no"}]
    ledger = "new 2026-02-01 10\nold 2025-02-01 10\nold 2026-02-01 10"
    found = _only(measures(dataset(orders(ledger), quarter="2026-Q3", customers=customers, tables={"measures": rows})))

    assert (found.target, found.compared_with, found.verdict) == (Rate(1, 3), "nobody", "too_few")


def test_the_second_life_is_measured_from_the_day_after_the_return() -> None:
    ledger = """
        a  2024-02-01  600
        a  2024-06-01  600
        a  2026-02-01  500
        a  2026-04-01  100
        b  2024-06-01  100
        b  2026-03-01  100
    """
    customers: list[Row] = [{"customer_id": "b", "notice_on": "2026-03-10"}]
    data = dataset(orders(ledger), quarter="2026-Q2", customers=customers, tables={"measures": [_row("a"), _row("b")]})
    found = measures(data).second_life

    # a: 1200 ÷ 12 before, 100 in 149 days after; b: 100 ÷ 12 before, nothing in 121 days after, and gone again.
    assert found is not None
    assert found.customers == 2
    assert found.first_month == amount("1300") / 24
    assert found.second_month == amount("100") / (149 / 30.4375) / 2
    assert found.lost_again == Rate(1, 2)


def test_five_points_more_retention_bring_the_mean_of_those_who_stayed() -> None:
    names = [f"k{number}" for number in range(8)]
    ledger = [f"{name} 2025-03-01 50" for name in (*names, "l0", "l1")] + [f"{name} 2026-03-01 200" for name in names]
    found = measures(dataset(orders("\n".join(ledger)), quarter="2026-Q2")).retention_gain

    assert found is not None
    assert (found.retention, found.points, found.extra_customers) == (Rate(8, 10), Fraction(1, 20), Fraction(1, 2))
    assert found.extra_revenue.value == amount("100")
    assert found.of_revenue == 0.0625
    assert (found.years_now, found.years_then) == (Fraction(5), Fraction(20, 3))
    assert (found.extra_revenue.low, found.extra_revenue.high) == (0, amount("100"))


def test_costs_are_divided_by_those_acquired_kept_and_won_back() -> None:
    ledger = """
        kept  2025-03-01  10
        kept  2026-03-01  10
        back  2024-01-01  10
        back  2026-03-01  10
        new   2026-03-01  10
        old   2024-01-01  10
    """
    costs: list[Row] = [
        {"quarter": "2026-Q1", "kind": "acquisition", "amount": "70"},
        {"quarter": "2026-Q2", "kind": "acquisition", "amount": "30"},
        {"quarter": "2025-Q2", "kind": "acquisition", "amount": "999"},
        {"quarter": "2026-Q2", "kind": "retention", "amount": "20"},
    ]
    found = measures(dataset(orders(ledger), quarter="2026-Q2", tables={"costs": costs})).cost_per_customer

    assert [(one.kind, one.spent, one.customers, one.each) for one in found] == [
        ("acquisition", amount("100"), 1, 100.0),
        ("retention", amount("20"), 1, 20.0),
    ]


def test_without_files_only_the_arithmetic_of_retention_remains() -> None:
    found = measures(dataset(orders("a 2025-03-01 10\na 2026-03-01 10"), quarter="2026-Q2"))

    assert (found.status, found.results, found.agenda, found.second_life) == ((), (), (), None)
    assert {one.key for one in found.missing} == {"results", "cost_per_customer", "margin"}


def test_an_open_effect_says_how_many_customers_would_prove_it() -> None:
    # Two of ten against one of ten: 20 % and 10 %, halves, so 394 customers.
    succeeded = {"t00", "t01", "c00"}
    found = _only(_measured(_crowd(10, 10), succeeded))

    assert (found.target, found.control) == (Rate(2, 10), Rate(1, 10))
    assert found.needed == 394


@pytest.mark.parametrize("succeeded", [{"c00", "c01"}, {"t00", "c00"}, {f"t{number:02}" for number in range(10)}])
def test_an_effect_that_is_decided_none_or_negative_needs_no_customers(succeeded: set[str]) -> None:
    assert _only(_measured(_crowd(10, 10), succeeded)).needed is None
