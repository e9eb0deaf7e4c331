"""The three pillars, worked by hand on small tables, and the laws that always hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.analyses.pillars.pillar_results import Bridge, StatusCounts, StatusRevenue
from retention_reports.analyses.revenue_bridge import MOVEMENTS, revenue_bridge
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from tests.support.datasets import amount, dataset, orders

if TYPE_CHECKING:
    from random import Random

LEDGER = """
    anna    2024-02-10  100.00
    anna    2026-08-01   80.00
    bernd   2025-11-30   50.00
    clara   2026-07-15   20.00
    dora    2024-05-05   70.00
    dora    2025-08-20   30.00
    emil    2025-09-30   10.00
    -       2026-09-01    5.00
    anna    2026-09-15  -10.00
    bernd   2026-09-02   99.00  cancelled
"""
# At 2026-09-30 with 12 months: anna returned after two years, bernd bought last in November, clara is new, dora's
# and emil's last purchases (20 August and 30 September 2025) are a year or more ago.


def test_each_customer_has_the_status_that_opening_and_closing_give() -> None:
    found = pillars(dataset(orders(LEDGER), quarter="2026-Q3")).current

    assert found.customers == StatusCounts(new=1, loyal_repeat=0, loyal_single=1, won_back=1, lost=2)
    assert found.bridge == Bridge(opening=3, new=1, won_back=1, lost=2, closing=3)


def test_revenue_belongs_to_the_status_and_credit_notes_to_their_own_day() -> None:
    found = pillars(dataset(orders(LEDGER), quarter="2026-Q3")).current

    assert found.revenue == StatusRevenue(
        new=amount("20"),
        loyal=0,
        won_back=amount("70"),
        lost=0,
        unassigned=amount("5"),
        total=amount("95"),
    )
    assert found.orders == 3
    assert found.average_order_value == amount("35")


def test_retention_rates_count_who_stayed() -> None:
    found = pillars(dataset(orders(LEDGER), quarter="2026-Q3")).current

    # Active on 30 June 2026: bernd, dora, emil; of them only bernd on 30 September.
    assert found.retention_rate == Rate(1, 3)
    # Active on 30 September 2025: dora, emil; neither a year later.
    assert found.retention_rate_12m == Rate(0, 2)
    assert found.net_revenue_retention_12m == Rate(0, amount("40"), is_money=True)


def test_gross_retention_keeps_each_customer_between_nothing_and_what_it_was() -> None:
    ledger = """
        up      2025-05-01  100
        up      2026-05-01  150
        down    2025-05-01  100
        down    2026-05-01   40
        credit  2025-05-01  100
        credit  2026-05-01  -20
    """
    found = pillars(dataset(orders(ledger), quarter="2026-Q2")).current

    assert found.net_revenue_retention_12m == Rate(amount("170"), amount("300"), is_money=True)
    assert found.gross_revenue_retention_12m == Rate(amount("140"), amount("300"), is_money=True)


def test_a_notice_ends_activity_until_a_later_purchase() -> None:
    ledger = """
        gone    2026-06-01  10
        back    2026-06-01  10
        back    2026-09-20  10
        same    2026-08-01  10
    """
    customers = [{"customer_id": name, "notice_on": "2026-08-01"} for name in ("gone", "back", "same")]
    found = pillars(dataset(orders(ledger), quarter="2026-Q3", customers=customers))

    assert found.current.bridge == Bridge(opening=2, new=1, won_back=0, lost=2, closing=1)
    assert (found.left_by_notice, found.left_silently) == (2, 0)


def test_a_notice_in_the_losses_counts_like_one_in_the_customers() -> None:
    losses = [{"customer_id": "gone", "noticed_on": "2026-07-01", "reason": "price", "kind": "notice"}]
    found = pillars(
        dataset(orders("gone 2026-06-01 10\nstays 2026-06-02 10"), quarter="2026-Q3", tables={"losses": losses})
    )

    assert found.current.bridge.lost == 1
    assert found.left_by_notice == 1


def test_a_segment_may_lapse_sooner() -> None:
    client = Client("test", "Test", history_complete=True, segment_lapse_months={"weekly": 3})
    customers = [{"customer_id": "w", "segment": "weekly"}, {"customer_id": "y", "segment": "yearly"}]
    found = pillars(
        dataset(orders("w 2026-05-01 10\ny 2026-05-01 10"), quarter="2026-Q3", client=client, customers=customers)
    )

    assert found.current.bridge == Bridge(opening=2, new=0, won_back=0, lost=1, closing=1)
    assert [(entry.segment, entry.closing) for entry in found.segments] == [("weekly", 0), ("yearly", 1)]


@pytest.mark.parametrize(("bought", "active"), [("2026-03-30", 0), ("2026-03-31", 1)])
def test_months_are_clipped_at_the_month_s_end(bought: str, active: int) -> None:
    client = Client("test", "Test", history_complete=True, lapse_months=3)
    found = pillars(dataset(orders(f"a {bought} 10"), quarter="2026-Q2", client=client))

    assert found.current.bridge.closing == active


def test_a_fiscal_year_moves_the_cut_off() -> None:
    client = Client("test", "Test", history_complete=True, fiscal_year_start_month=4)
    found = pillars(dataset(orders("a 2026-06-30 10\nb 2026-07-01 20"), quarter="2026-Q1", client=client))

    assert found.current.revenue.total == amount("10")


def test_a_young_export_cannot_tell_new_customers_from_old_ones() -> None:
    data = dataset(orders("a 2025-10-05 10\nb 2026-08-01 20"), quarter="2026-Q3", history_complete=False)
    found = pillars(data).current

    assert found.bridge == Bridge(opening=None, new=None, won_back=None, lost=None, closing=None)
    assert found.revenue.total == amount("20")
    assert found.revenue.new is None
    assert found.retention_rate is None
    assert {"bridge.opening", "customers.new", "revenue.new", "retention_rate"} <= {
        entry.key for entry in found.missing
    }


def test_the_reported_quarters_own_sums_need_no_earlier_orders() -> None:
    rows = orders("A 2026-01-15 100\nB 2026-03-02 40")

    begins_here = pillars(dataset(rows, quarter="2026-Q1", history_complete=False))
    told = pillars(dataset(rows, quarter="2026-Q1", client=Client("c", "C", data_from=date(2026, 1, 15))))

    assert begins_here.current.revenue.total == amount("140")
    assert begins_here.current.orders == 2
    assert begins_here.current.revenue.new is None
    assert told.current.revenue.total is None


def test_closing_is_known_a_year_after_the_data_starts() -> None:
    rows = orders("a 2025-10-01 10\nb 2026-08-01 20")
    found = pillars(dataset(rows, quarter="2026-Q3", history_complete=False)).current

    assert found.bridge.closing == 2
    assert found.customers.lost == 0
    assert found.bridge.opening is None


def test_history_lists_no_quarter_before_the_data() -> None:
    found = pillars(dataset(orders("a 2026-02-01 10\na 2026-08-01 20"), quarter="2026-Q3"))

    assert [str(entry.quarter) for entry in found.history] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_the_revenue_bridge_tells_what_each_customer_did() -> None:
    ledger = """
        gone    2025-07-10  100
        less    2025-07-10  100
        less    2026-07-10   60
        more    2025-07-10  100
        more    2026-07-10  130
        again   2024-01-10   10
        again   2026-07-10   40
        new     2026-08-01   25
        -       2025-07-11    7
        -       2026-07-11    9
    """
    found = revenue_bridge(dataset(orders(ledger), quarter="2026-Q3"))

    assert found.start == amount("307")
    assert [found.movement(name) for name in MOVEMENTS] == [
        amount("-100"),
        amount("-40"),
        amount("30"),
        amount("40"),
        amount("25"),
    ]
    assert (found.unassigned, found.end) == (amount("2"), amount("264"))


ledgers = st.lists(
    st.tuples(
        st.sampled_from(["anna", "bernd", "clara", "dora", "-"]),
        st.dates(date(2023, 1, 1), date(2026, 12, 31)),
        st.integers(-5_000, 20_000),
        st.sampled_from(["completed", "completed", "returned", "cancelled"]),
    ),
    min_size=1,
    max_size=25,
)
FIRST = ("anna", date(2023, 1, 1), 100, "completed")


def _rows(entries: list[tuple[str, date, int, str]]) -> list[dict[str, object]]:
    lines = [f"{who} {when} {cents / 100:.2f} {status}" for who, when, cents, status in [FIRST, *entries]]
    return orders("\n".join(lines))


@given(ledgers)
def test_the_bridge_balances_and_the_pillars_add_up(entries: list[tuple[str, date, int, str]]) -> None:
    data = dataset(_rows(entries), quarter="2026-Q2")
    for found in pillars(data).history:
        bridge, revenue, counts = found.bridge, found.revenue, found.customers
        numbers = (bridge.opening, bridge.new, bridge.won_back, bridge.lost)
        opening, new, won_back, lost = (number if number is not None else -1 for number in numbers)
        assert opening + new + won_back - lost == bridge.closing
        parts = (revenue.new, revenue.loyal, revenue.won_back, revenue.lost, revenue.unassigned)
        assert sum(part or 0 for part in parts) == revenue.total
        assert (counts.new or 0) + (counts.loyal or 0) + (counts.won_back or 0) == bridge.closing
    movement = revenue_bridge(data)
    moved = sum(movement.movement(name) or 0 for name in (*MOVEMENTS, "unassigned"))
    assert (movement.start or 0) + moved == movement.end


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_later_orders_change_no_figure(
    entries: list[tuple[str, date, int, str]], random: Random
) -> None:
    rows = _rows(entries)
    expected = pillars(dataset(rows, quarter="2026-Q2")).figures()
    shuffled = list(rows)
    random.shuffle(shuffled)
    later = orders("zoe 2026-07-01 10")
    assert pillars(dataset([*shuffled, *later], quarter="2026-Q2")).figures() == expected


@given(ledgers)
def test_splitting_an_order_on_its_day_changes_no_status_and_no_revenue(
    entries: list[tuple[str, date, int, str]],
) -> None:
    whole = [*entries, ("anna", date(2026, 6, 30) - timedelta(days=3), 1000, "completed")]
    split = [*entries, *(("anna", date(2026, 6, 27), cents, "completed") for cents in (400, 600))]
    one = pillars(dataset(_rows(whole), quarter="2026-Q2")).current
    two = pillars(dataset(_rows(split), quarter="2026-Q2")).current
    assert (one.customers, one.bridge, one.revenue) == (two.customers, two.bridge, two.revenue)
