"""New customers, worked by hand on small tables, and the laws that always hold."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.new_customers.economics import UnitCost
from retention_reports.analyses.new_customers.new_customer_analysis import new_customers
from retention_reports.analyses.new_customers.new_customer_results import AcquisitionQuarter, FirstPurchase, RankValues
from retention_reports.analyses.new_customers.waiting_time import event_curve
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from random import Random

LEDGER = """
    anna    2025-08-10  100
    anna    2025-08-10   20
    anna    2025-11-08   90
    bernd   2025-09-30   50
    bernd   2026-03-29   70  returned
    clara   2025-07-01   30
    dora    2026-08-20   40
    dora    2026-08-25   60  cancelled
    -       2026-08-26    5
    emil    2026-05-02  200
    emil    2026-09-01  200
"""
# Anna's second purchase day is 90 days after her first, Bernd's 180 days after his, Clara and Dora have none.


def test_second_purchases_are_counted_on_a_later_day_and_only_where_wholly_observed() -> None:
    found = new_customers(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert found.second_purchase == (
        AcquisitionQuarter(Quarter(2025, 3), buyers=3, within_90=1, within_180=2, within_365=2),
        AcquisitionQuarter(Quarter(2026, 2), buyers=1, within_90=0, within_180=None, within_365=None),
        AcquisitionQuarter(Quarter(2026, 3), buyers=1, within_90=None, within_180=None, within_365=None),
    )
    assert found.missing[0].key == "first_purchases.category"


@pytest.mark.parametrize(("quarter", "seen"), [("2025-Q4", 1), ("2025-Q3", None)])
def test_a_cell_is_filled_from_the_day_on_which_the_last_buyer_s_time_is_over(quarter: str, seen: int | None) -> None:
    # The third quarter ends on 30 September; 90 days later is 29 December.
    found = new_customers(dataset(orders(LEDGER), quarter=quarter))

    assert found.second_purchase[0].within_90 == seen


def test_an_acquisition_quarter_without_a_year_of_data_before_it_is_left_out() -> None:
    rows = orders("old 2024-07-01 10\nold 2026-07-05 10\nmiddle 2025-06-30 10\nnew 2025-07-01 10\nnew 2025-07-02 10")
    found = new_customers(dataset(rows, quarter="2026-Q3", history_complete=False))

    assert [str(entry.quarter) for entry in found.second_purchase] == ["2025-Q3"]
    assert Missing("second_purchase", Unknown.BEFORE_START_OF_DATA, "2024-Q3..2025-Q2") in found.missing
    assert found.traded_up == Rate(0, 1)


def test_a_young_export_knows_no_first_purchase_at_all() -> None:
    found = new_customers(
        dataset(orders("a 2026-07-01 10\na 2026-08-01 20"), quarter="2026-Q3", history_complete=False)
    )

    assert (found.second_purchase, found.waiting_time, found.rank_values) == ((), None, ())
    assert (found.traded_up, found.one_time_buyers, found.retention_gain) == (None, None, None)
    unknown = {entry.key for entry in found.missing if entry.reason is Unknown.BEFORE_START_OF_DATA}
    assert {"second_purchase", "time_to_second_purchase", "rank_values", "traded_up", "one_time_buyers"} <= unknown


def test_values_by_rank_compare_the_same_customers_by_purchase_day() -> None:
    found = new_customers(dataset(orders(LEDGER + "anna 2026-01-10 33\n"), quarter="2026-Q3"))

    # Anna 120, 90, 33; Bernd 50, 70; Emil 200, 200.
    assert found.rank_values == (
        RankValues(2, 3, (amount("370") / 3, amount("120"))),
        RankValues(3, 1, (amount("120"), amount("90"), amount("33"))),
    )
    assert found.traded_up == Rate(1, 3)


def test_one_time_buyers_are_active_and_listed_by_value() -> None:
    customers: list[Row] = [
        {"customer_id": "dora", "email": "dora@example.org", "email_permission": "yes"},
        {"customer_id": "gustav", "email": "gustav@example", "email_permission": "yes"},
        {"customer_id": "hanna", "email": "hanna@example.org", "email_permission": "unknown"},
    ]
    ledger = LEDGER + "gustav 2026-09-30 70\nhanna 2025-10-01 60\nida 2025-09-30 99\n"
    found = new_customers(dataset(orders(ledger), quarter="2026-Q3", customers=customers))

    assert found.buyers is not None
    assert [(buyer.customer_id, buyer.value, buyer.days_since, buyer.reachable) for buyer in found.buyers] == [
        ("gustav", amount("70"), 0, False),
        ("hanna", amount("60"), 364, False),
        ("dora", amount("40"), 41, True),
    ]
    assert found.reachable == Rate(1, 3)


def test_without_addresses_nobody_knows_who_is_reachable() -> None:
    found = new_customers(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert (found.one_time_buyers, found.reachable) == (1, None)
    columns = "customers.email, customers.email_permission"
    assert Missing("one_time_buyers_reachable", Unknown.NO_COLUMN, columns) in found.missing


def test_first_purchases_are_compared_by_who_bought_again_within_180_days() -> None:
    rows = orders(
        """
        a 2025-01-10 10
        a 2025-07-09 10
        b 2025-01-10 10
        c 2025-01-10 10
        c 2025-07-10 10
        d 2026-08-01 10
        """
    )
    for row, channel in zip(rows, ["shop", "shop", "shop", "phone", "phone", "shop"], strict=True):
        row["channel"] = channel
    lines: list[Row] = [
        {"order_id": "1", "product_id": "p", "amount": "5"},
        {"order_id": "1", "product_id": "q", "amount": "5"},
        {"order_id": "2", "product_id": "q", "amount": "10"},
        {"order_id": "3", "product_id": "q", "amount": "10"},
        {"order_id": "4", "product_id": "gone", "amount": "10"},
    ]
    products: list[Row] = [
        {"product_id": "p", "name": "P", "category": "paper"},
        {"product_id": "q", "name": "Q", "category": "quills"},
    ]
    data = dataset(rows, quarter="2026-Q3", tables={"order_lines": lines, "products": products})

    # A bought again after 180 days, C after 181; D's time is not over.
    assert new_customers(data).first_purchases == (
        FirstPurchase("all", "", Rate(1, 3)),
        FirstPurchase("category", "quills", Rate(1, 2)),
        FirstPurchase("category", "paper", Rate(1, 1)),
        FirstPurchase("channel", "shop", Rate(1, 2)),
        FirstPurchase("channel", "phone", Rate(0, 1)),
    )


def test_what_a_new_a_kept_and_a_returned_customer_cost() -> None:
    ledger = """
        new     2026-01-10  10
        kept    2025-09-01  10
        kept    2026-09-01  10
        back    2024-01-01  10
        back    2026-05-01  10
        gone    2025-03-01  10
    """
    spent = {"acquisition": "90", "retention": "10", "win_back": "20"}
    costs: list[Row] = [
        {"quarter": quarter, "kind": kind, "amount": sum_of_money}
        for quarter in ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
        for kind, sum_of_money in spent.items()
    ]
    found = new_customers(dataset(orders(ledger), quarter="2026-Q3", tables={"costs": costs})).costs

    assert found.new == UnitCost(amount("360"), 1)
    assert found.retained == UnitCost(amount("40"), 1)
    assert found.won_back == UnitCost(amount("80"), 1)
    assert (found.new_to_retained, found.new_to_won_back) == (Fraction(9), Fraction(9, 2))


def test_a_quarter_without_a_row_of_costs_leaves_the_cost_unknown() -> None:
    costs: list[Row] = [
        {"quarter": quarter, "kind": "acquisition", "amount": "90"} for quarter in ("2026-Q2", "2026-Q3")
    ]
    found = new_customers(dataset(orders(LEDGER), quarter="2026-Q3", tables={"costs": costs}))

    assert found.costs.new is None
    assert Missing("costs.per_new", Unknown.NO_ROWS, "costs (acquisition)") in found.missing


def test_five_points_more_retention_lengthen_the_expected_years() -> None:
    # Active on 30 September 2025: five customers, four of them a year later: 80 %, so 5 years; with 85 % 6 2/3 years.
    ledger = "\n".join(f"c{number} 2025-09-0{number} 10" for number in range(1, 6))
    again = "\n".join(f"c{number} 2026-08-01 10" for number in range(1, 5))
    found = new_customers(dataset(orders(f"{ledger}\n{again}"), quarter="2026-Q3")).retention_gain

    assert found is not None
    assert (found.retention, found.years_now, found.effect) == (Rate(4, 5), Fraction(5), Fraction(1, 3))


def test_offers_to_customers_who_had_bought_before_are_told_from_offers_to_new_ones() -> None:
    offers: list[Row] = [
        {
            "offer_id": str(number),
            "customer_id": who,
            "offered_on": day,
            "amount": "1",
            "state": state,
            "decided_on": decided,
        }
        for number, (who, day, state, decided) in enumerate(
            [
                ("anna", "2026-01-05", "won", "2026-02-01"),
                ("anna", "2026-01-05", "lost", "2026-02-01"),
                ("anna", "2025-08-10", "won", "2025-10-01"),
                ("dora", "2026-08-01", "won", "2026-08-20"),
                ("dora", "2026-08-01", "expired", "2026-08-20"),
                ("dora", "2026-08-01", "lost", "2026-10-05"),
                ("anna", "2025-08-20", "won", "2025-09-30"),
                ("dora", "2026-08-01", "lost", ""),
            ]
        )
    ]
    found = new_customers(dataset(orders(LEDGER), quarter="2026-Q3", tables={"offers": offers})).close_rates

    assert found is not None
    assert (found.existing, found.new) == (Rate(1, 2), Rate(2, 3))


def test_the_waiting_time_of_those_who_did_not_buy_again_is_cut_at_the_cut_off() -> None:
    found = new_customers(dataset(orders(LEDGER), quarter="2026-Q3")).waiting_time

    # Waits: Dora 41+, Anna 90, Emil 122, Bernd 180, Clara 456+ days.
    assert found is not None
    assert (found.customers, found.bought_again, found.longest, found.median_days) == (5, 3, 456, 122)
    assert [(point.days, point.share, point.at_risk) for point in found.curve] == [
        (90, 0.25, 4),
        (122, 0.5, 3),
        (180, 0.75, 2),
    ]
    assert (found.share_by(89), found.share_by(365), found.share_by(457)) == (0.0, 0.75, None)


def test_the_curve_agrees_with_the_published_remission_times() -> None:
    """Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), in every textbook of survival analysis."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = event_curve(np.array(ended + censored), np.array([True] * len(ended) + [False] * len(censored)))

    assert [point.days for point in curve] == [6, 7, 10, 13, 16, 22, 23]
    assert [point.at_risk for point in curve] == [21, 17, 15, 12, 11, 7, 6]
    assert [round(1 - point.share, 4) for point in curve] == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert (round(1 - curve[0].high, 3), round(1 - curve[0].low, 3)) == (0.620, 0.952)


def test_a_curve_whose_last_customer_bought_again_ends_at_everyone() -> None:
    curve = event_curve(np.array([1, 2]), np.array([True, True]))

    assert [point.share for point in curve] == [0.5, 1.0]
    assert all(point.low <= point.share <= point.high for point in curve)


ledgers = st.lists(
    st.tuples(
        st.sampled_from(["anna", "bernd", "clara", "dora", "-"]),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.integers(-5_000, 20_000),
        st.sampled_from(["completed", "completed", "returned", "cancelled"]),
    ),
    min_size=1,
    max_size=25,
)


def _rows(entries: list[tuple[str, date, int, str]]) -> list[Row]:
    first = ("anna", date(2024, 1, 1), 100, "completed")
    return orders("\n".join(f"{who} {day} {cents / 100:.2f} {status}" for who, day, cents, status in [first, *entries]))


@given(entries=ledgers, complete=st.booleans())
def test_more_time_never_loses_a_second_purchase_and_counts_stay_within_the_buyers(
    *, entries: list[tuple[str, date, int, str]], complete: bool
) -> None:
    found = new_customers(dataset(_rows(entries), quarter="2026-Q2", history_complete=complete))

    for entry in found.second_purchase:
        counts = [count for count in (entry.within_90, entry.within_180, entry.within_365) if count is not None]
        assert counts == sorted(counts)
        assert all(0 <= count <= entry.buyers for count in counts)
    if found.waiting_time is not None:
        assert sum(entry.buyers for entry in found.second_purchase) == found.waiting_time.customers
        assert all(point.low <= point.share <= point.high for point in found.waiting_time.curve)
    if found.traded_up is not None:
        assert found.rank_values[0].customers == found.traded_up.n


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_later_orders_change_no_figure(
    entries: list[tuple[str, date, int, str]], random: Random
) -> None:
    rows = _rows(entries)
    expected = new_customers(dataset(rows, quarter="2026-Q2")).figures()
    shuffled = list(rows)
    random.shuffle(shuffled)
    later = orders("zoe 2026-07-01 10\nanna 2026-07-02 10")
    assert new_customers(dataset([*shuffled, *later], quarter="2026-Q2")).figures() == expected
