"""Loyal customers, worked by hand on small tables."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from retention_reports.analyses.loyal_customers.cohorts import Cohort
from retention_reports.analyses.loyal_customers.concentration import Movement, ValueClass
from retention_reports.analyses.loyal_customers.decomposition import RevenueFactors, factor_change
from retention_reports.analyses.loyal_customers.development import Development
from retention_reports.analyses.loyal_customers.loyal_customer_analysis import loyal_customers
from retention_reports.analyses.loyal_customers.scores import quintiles
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, dataset, day, orders

LEDGER = """
    anna    2024-11-01  300
    anna    2025-11-01  400
    anna    2026-02-01  -50
    anna    2026-02-10   50
    bernd   2025-01-20  100
    bernd   2026-08-01   95
    clara   2025-03-03   80
    clara   2026-07-07   90  returned
    dora    2026-05-05   20
    dora    2026-05-06   30
    emil    2026-01-01  -10
    -       2026-09-01    5
"""
# At 2026-09-30: anna 300 → 400, bernd 100 → 95, clara 80 → 0 (returned), dora new with 50, emil a credit note only.


def test_a_cohort_starts_with_everyone_and_ends_with_the_reported_quarter() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3")).cohorts

    assert found[0] == Cohort(
        Quarter(2024, 4),
        customers=1,
        purchasing=(1, 0, 0, 0, 1, 1, 0, 0),
        revenue=(amount("300"), 0, 0, 0, amount("400"), 0, 0, 0),
    )
    assert found[1] == Cohort(
        Quarter(2025, 1),
        customers=2,
        purchasing=(2, 0, 0, 0, 0, 0, 2),
        revenue=(amount("180"), 0, 0, 0, 0, 0, amount("95")),
    )
    assert found[2] == Cohort(Quarter(2026, 2), 1, (1, 0), (amount("50"), 0))
    assert (found[2].rate(1), found[2].rate(2)) == (Rate(0, 1), None)


def test_cohorts_that_the_data_cannot_tell_from_old_customers_are_left_out() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3", history_complete=False))

    assert [str(cohort.quarter) for cohort in found.cohorts] == ["2026-Q2"]
    assert Missing("cohorts", Unknown.BEFORE_START_OF_DATA, "2024-Q4..2025-Q4") in found.missing


def test_revenue_is_customers_times_orders_times_order_value() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3")).decomposition

    # Anna two orders and a credit note, Bernd one, Dora two; Emil's credit note and the order without customer apart.
    assert found.now == RevenueFactors(customers=3, orders=5, revenue=amount("545"), other_revenue=amount("-5"))
    assert found.before == RevenueFactors(customers=3, orders=3, revenue=amount("480"), other_revenue=0)
    assert (found.now.orders_per_customer, found.now.average_order_value) == (Fraction(5, 3), amount("109"))


def test_the_change_is_attributed_by_logarithms_and_adds_up() -> None:
    # Customers × 2, orders per customer × 2, order value ÷ 2: revenue × 2, each doubling brings what the halving takes.
    before = RevenueFactors(customers=10, orders=10, revenue=amount("1000"), other_revenue=0)
    now = RevenueFactors(customers=20, orders=40, revenue=amount("2000"), other_revenue=0)
    found = factor_change(before, now)

    assert not isinstance(found, Missing)
    assert (found.customers, found.orders_per_customer) == (amount("1000"), amount("1000"))
    assert (found.average_order_value, found.total) == (amount("-1000"), amount("1000"))


def test_equal_revenue_still_tells_which_factors_moved() -> None:
    before = RevenueFactors(customers=10, orders=20, revenue=amount("1000"), other_revenue=0)
    now = RevenueFactors(customers=20, orders=20, revenue=amount("1000"), other_revenue=0)
    found = factor_change(before, now)

    assert not isinstance(found, Missing)
    assert (found.customers, found.orders_per_customer, found.total) == (amount("693.15"), amount("-693.15"), 0)


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (RevenueFactors(0, 0, 0, 0), RevenueFactors(1, 1, 10, 0), Unknown.NO_EARLIER_REVENUE),
        (RevenueFactors(0, 0, 5, 0), RevenueFactors(1, 1, 10, 0), Unknown.NO_PURCHASE),
        (RevenueFactors(1, 1, 10, 0), RevenueFactors(1, 1, -10, 0), Unknown.NO_PURCHASE),
    ],
)
def test_without_revenue_in_both_years_there_is_nothing_to_attribute(
    before: RevenueFactors, now: RevenueFactors, reason: Unknown
) -> None:
    assert factor_change(before, now) == Missing("change_by_factor", reason)


def test_value_classes_and_who_moved_between_them() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3")).concentration

    # Of 545: Anna 400 (73 % before Bernd), Bernd 95 (91 % before Dora), Dora 50. A year ago: 300, 100, 80 of 480.
    assert found.classes == (
        ValueClass("A", 2, amount("495")),
        ValueClass("B", 1, amount("50")),
        ValueClass("C", 0, 0),
    )
    assert found.movements == (
        Movement("A", "A", 2),
        Movement("B", "none", 1),
        Movement("new", "B", 1),
    )
    assert found.largest == ((1, Rate(amount("400"), amount("545"), is_money=True)),)
    assert Missing("deciles", Unknown.TOO_FEW) in found.missing


def test_tenths_hold_as_many_customers_as_can_be() -> None:
    ledger = "\n".join(f"c{number:02} 2026-08-01 {number}" for number in range(1, 13))
    found = loyal_customers(dataset(orders(ledger), quarter="2026-Q3")).concentration.deciles

    assert [decile.customers for decile in found] == [2, 1, 1, 1, 1, 2, 1, 1, 1, 1]
    assert (found[0].revenue, found[0].share) == (amount("23"), round(23 / 78, 6))
    assert sum(decile.revenue for decile in found) == amount("78")


def test_development_calls_ten_per_cent_steady() -> None:
    ledger = """
        same    2025-08-01  100
        same    2026-08-01  110
        more    2025-08-01  100
        more    2026-08-01  110.01
        least   2025-08-01  100
        least   2026-08-01   90
        less    2025-08-01  100
        less    2026-08-01   89.99
        gone    2025-08-01  100
        fresh   2026-08-01   10
    """
    found = loyal_customers(dataset(orders(ledger), quarter="2026-Q3"))

    assert found.development == (
        Development("up", 1, amount("100"), amount("110.01")),
        Development("steady", 2, amount("200"), amount("200")),
        Development("down", 1, amount("100"), amount("89.99")),
        Development("stopped", 1, amount("100"), 0),
        Development("started", 1, 0, amount("10")),
    )
    assert {entry.customer_id: entry.direction for entry in found.customers}["less"] == "down"


def test_equal_values_share_the_lower_quintile() -> None:
    assert quintiles(np.array([10, 20, 30, 40, 50])).tolist() == [1, 2, 3, 4, 5]
    assert quintiles(np.array([1, 1, 1, 1, 7])).tolist() == [1, 1, 1, 1, 5]
    assert quintiles(np.array([3] * 8)).tolist() == [1] * 8


def test_scores_group_active_customers_by_recency_frequency_and_value() -> None:
    # Ten customers; c0 bought longest ago, c9 last, often, and most; c1 used to bring a lot and is silent.
    lines = [f"c{number} 2026-0{1 + number // 2}-{10 + number} {10 + number}" for number in range(10)]
    lines += ["c1 2025-12-01 500", "c9 2026-09-01 100", "c9 2026-09-02 100"]
    found = loyal_customers(dataset(orders("\n".join(lines)), quarter="2026-Q3"))

    groups = {entry.customer_id: entry.group for entry in found.customers}
    assert groups["c9"] == "top"
    assert groups["c1"] == "at_risk"
    assert groups["c0"] == "quiet"
    assert groups["c8"] == "recent"
    assert sum(group.customers for group in found.scores.groups) == 10
    assert Missing("rfm_movements", Unknown.TOO_FEW) in found.missing


def test_fewer_than_ten_active_customers_get_no_scores() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert found.scores.groups == ()
    assert Missing("rfm_groups", Unknown.TOO_FEW) in found.missing


def test_breadth_counts_categories_of_the_last_year() -> None:
    rows = orders("a 2026-01-10 30\na 2026-02-10 10\nb 2026-01-10 10\nc 2025-01-10 10\nc 2026-09-09 5 cancelled")
    lines: list[Row] = [
        {"order_id": "1", "product_id": "p", "amount": "10"},
        {"order_id": "1", "product_id": "q", "amount": "20"},
        {"order_id": "2", "product_id": "p", "amount": "10"},
        {"order_id": "3", "product_id": "q", "amount": "10"},
        {"order_id": "4", "product_id": "q", "amount": "10"},
        {"order_id": "5", "product_id": "p", "amount": "5"},
    ]
    products: list[Row] = [
        {"product_id": "p", "name": "P", "category": "paper"},
        {"product_id": "q", "name": "Q", "category": "quills"},
    ]
    found = loyal_customers(
        dataset(rows, quarter="2026-Q3", tables={"order_lines": lines, "products": products})
    ).breadth

    assert found is not None
    assert (found.counts, found.single, found.mean) == (((1, 1), (2, 1)), Rate(1, 2), 1.5)


REFERRED: list[Row] = [
    {"customer_id": "anna"},
    {"customer_id": "bernd", "referred_by": "anna"},
    {"customer_id": "dora", "referred_by": "anna"},
    {"customer_id": "later", "referred_by": "bernd"},
]


def test_ambassadors_are_those_whose_referred_customers_have_bought() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=REFERRED)).referrals

    assert found is not None
    assert [(entry.customer_id, entry.referred) for entry in found.ambassadors] == [("anna", ("bernd", "dora"))]
    assert (found.referred, found.revenue_year, found.revenue_ever) == (2, amount("145"), amount("245"))
    assert found.among_new == Rate(1, 1)


def test_satisfied_customers_who_referred_nobody_can_be_asked() -> None:
    feedback: list[Row] = [
        {"customer_id": "anna", "date": "2026-05-01", "kind": "survey", "score": "10"},
        {"customer_id": "bernd", "date": "2025-10-01", "kind": "survey", "score": "3"},
        {"customer_id": "bernd", "date": "2026-05-01", "kind": "survey", "score": "9"},
        {"customer_id": "dora", "date": "2026-05-01", "kind": "survey", "score": "10"},
        {"customer_id": "dora", "date": "2026-06-01", "kind": "survey", "score": "8"},
        {"customer_id": "clara", "date": "2025-09-30", "kind": "survey", "score": "10"},
    ]
    data = dataset(orders(LEDGER), quarter="2026-Q3", customers=REFERRED, tables={"feedback": feedback})
    found = loyal_customers(data).satisfied_not_asked

    assert found is not None
    assert [(entry.customer_id, entry.score, entry.asked_on) for entry in found] == [("bernd", 9.0, day("2026-05-01"))]
    assert found[0].has_permission is None


def test_complaints_are_followed_to_the_next_purchase_within_180_days() -> None:
    feedback: list[Row] = [
        {"customer_id": "anna", "date": "2025-10-20", "kind": "complaint", "resolved_on": "2025-10-30"},
        {"customer_id": "bernd", "date": "2026-02-01", "kind": "complaint", "resolved_on": "2026-09-20"},
        {"customer_id": "clara", "date": "2025-03-10", "kind": "complaint"},
        {"customer_id": "dora", "date": "2026-05-05", "kind": "complaint", "resolved_on": "2026-05-06"},
        {"customer_id": "dora", "date": "2026-05-05", "kind": "praise"},
    ]
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": feedback})).complaints

    # Bernd bought on the 181st day; his complaint was settled later. Dora's 180 days are not over.
    assert found is not None
    assert (found.settled, found.median_days) == (Rate(3, 3), 10)
    assert (found.after_settled, found.after_open) == (Rate(1, 1), Rate(0, 2))


def test_what_has_no_file_is_missing_and_not_zero() -> None:
    found = loyal_customers(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert (found.breadth, found.referrals, found.satisfied_not_asked, found.complaints) == (None, None, None, None)
    assert {
        Missing("breadth", Unknown.NO_FILE, "order_lines"),
        Missing("referrals", Unknown.NO_COLUMN, "customers.referred_by"),
        Missing("satisfied_not_asked", Unknown.NO_FILE, "feedback"),
        Missing("complaints", Unknown.NO_FILE, "feedback"),
    } <= set(found.missing)


def test_a_young_export_knows_neither_the_last_year_nor_the_one_before() -> None:
    found = loyal_customers(dataset(orders("a 2026-01-01 10"), quarter="2026-Q3", history_complete=False))

    figures = found.figures()
    assert figures["decomposition"] == {"now": None, "before": None}
    assert (figures["abc"], figures["cohorts"], figures["development"]) == (None, [], [])
    keys = {entry.key for entry in found.missing}
    assert {"decomposition.now", "decomposition.before", "abc", "class_movements", "development", "cohorts"} <= keys


def test_a_second_year_of_data_tells_the_value_classes_but_not_yet_their_movement() -> None:
    found = loyal_customers(
        dataset(orders("a 2025-09-30 5\na 2026-01-01 10"), quarter="2026-Q3", history_complete=False)
    )

    assert found.concentration.classes[0] == ValueClass("A", 1, amount("10"))
    assert found.decomposition.before is None
    assert Missing("class_movements", Unknown.BEFORE_START_OF_DATA) in found.missing
    assert found.customers[0].revenue_before is None
