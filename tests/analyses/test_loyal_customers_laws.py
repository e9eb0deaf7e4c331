"""What always holds for loyal customers, reachability, and deliveries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.deliveries import deliveries
from retention_reports.analyses.loyal_customers.decomposition import FACTORS
from retention_reports.analyses.loyal_customers.loyal_customer_analysis import loyal_customers
from retention_reports.analyses.reachability.reachability_analysis import reachability
from tests.support.datasets import Row, dataset, orders

if TYPE_CHECKING:
    from random import Random

    from retention_reports.model.dataset import Dataset

Entry = tuple[str, date, int, str]
NAMES = [f"c{number}" for number in range(14)]
ledgers = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "-"]),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.integers(-5_000, 20_000),
        st.sampled_from(["completed", "completed", "completed", "returned", "cancelled"]),
    ),
    min_size=1,
    max_size=60,
)
CUSTOMERS: list[Row] = [
    {
        "customer_id": name,
        "referred_by": "c1" if name != "c1" else "",
        "email": f"{name}@example.org",
        "email_permission": "yes",
    }
    for name in NAMES
]
TABLES: dict[str, list[Row]] = {
    "feedback": [
        {
            "customer_id": name,
            "date": f"2026-0{1 + place % 6}-11",
            "kind": kind,
            "score": "9",
            "resolved_on": "2026-06-20",
        }
        for place, name in enumerate(NAMES)
        for kind in ("survey", "complaint")
    ],
    "touchpoints": [
        {"customer_id": name, "date": "2026-02-02", "channel": "mail", "state": "done", "occasion": occasion}
        for name, occasion in zip(NAMES, ["Offer", "Thank-you"] * 7, strict=True)
    ],
}


def _rows(entries: list[Entry]) -> list[Row]:
    first = ("c0", date(2024, 1, 1), 100, "completed")
    rows = orders("\n".join(f"{who} {day} {cents / 100:.2f} {status}" for who, day, cents, status in [first, *entries]))
    return [{**row, "promised_on": row["ordered_on"], "delivered_on": "2026-05-05"} for row in rows]


def _dataset(rows: list[Row]) -> Dataset:
    return dataset(rows, quarter="2026-Q2", customers=CUSTOMERS, tables=TABLES)


@given(ledgers)
def test_cohorts_start_with_everyone_and_count_each_customer_once(entries: list[Entry]) -> None:
    data = _dataset(_rows(entries))
    found = loyal_customers(data).cohorts

    assert sum(cohort.customers for cohort in found) == int(data.known_customers.sum())
    for cohort in found:
        assert cohort.purchasing[0] == cohort.customers
        assert max(cohort.purchasing) == cohort.customers
        assert len(cohort.purchasing) == data.quarter.ordinal - cohort.quarter.ordinal + 1


@given(ledgers)
def test_factors_multiply_to_revenue_and_their_changes_add_up(entries: list[Entry]) -> None:
    data = _dataset(_rows(entries))
    found = loyal_customers(data).decomposition

    assert found.now is not None
    assert found.now.revenue + found.now.other_revenue == data.total_revenue_between(data.year_ago, data.cut_off)
    if found.now.orders_per_customer is not None:
        product = found.now.customers * found.now.orders_per_customer
        assert product == found.now.orders
    if found.change is not None:
        assert sum(found.change.part(factor) for factor in FACTORS) == found.change.total


@given(ledgers)
def test_classes_tenths_and_directions_part_the_customers_with_revenue(entries: list[Entry]) -> None:
    data = _dataset(_rows(entries))
    found = loyal_customers(data)
    revenue = data.revenue_between(data.year_ago, data.cut_off)
    buyers, total = int((revenue > 0).sum()), int(revenue[revenue > 0].sum())

    assert sum(entry.customers for entry in found.concentration.classes) == buyers
    assert sum(entry.revenue for entry in found.concentration.classes) == total
    if found.concentration.deciles:
        assert sum(entry.customers for entry in found.concentration.deciles) == buyers
        assert sum(entry.revenue for entry in found.concentration.deciles) == total
    moved = found.concentration.movements
    assert sum(entry.customers for entry in moved) == int(data.known_customers.sum())
    assert sum(entry.customers for entry in found.development) == len(found.customers)
    if found.scores.groups:
        assert sum(entry.customers for entry in found.scores.groups) == int(data.ledger.active(data.cut_off).sum())


@given(ledgers)
def test_statuses_part_the_customers_whose_reachability_is_counted(entries: list[Entry]) -> None:
    data = _dataset(_rows(entries))
    found = reachability(data).addresses

    assert found.everyone is not None
    by_status = [group.reachable.n for group in found.groups if group.kind == "status"]
    assert sum(by_status) == found.everyone.reachable.n == int(data.known_customers.sum())


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_later_rows_change_no_figure(entries: list[Entry], random: Random) -> None:
    rows = _rows(entries)
    data = _dataset(rows)
    expected = [loyal_customers(data).figures(), reachability(data).figures(), deliveries(data).figures()]
    shuffled = list(rows)
    random.shuffle(shuffled)
    later = orders("c3 2026-07-01 10\nc4 2026-07-02 10")
    more = {
        "feedback": [*TABLES["feedback"], {"customer_id": "c2", "date": "2026-07-01", "kind": "survey", "score": "1"}],
        "touchpoints": TABLES["touchpoints"][::-1],
    }
    customers = [*CUSTOMERS, {"customer_id": "zoe", "referred_by": "c5"}]
    changed = dataset([*shuffled, *later], quarter="2026-Q2", customers=customers, tables=more)
    found = [loyal_customers(changed).figures(), reachability(changed).figures(), deliveries(changed).figures()]
    assert found == expected
