"""Activity asked for many days at once is the ledger's activity, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.activity import active_on_each
from retention_reports.model.client import Client
from retention_reports.model.ledger import day_number
from tests.support.datasets import Row, dataset

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 500)


@given(
    purchases=st.lists(st.tuples(st.sampled_from("abc"), DAYS), min_size=1, max_size=12),
    notices=st.lists(st.tuples(st.sampled_from("abc"), DAYS), max_size=3),
    asked=st.lists(st.tuples(st.integers(0, 2), st.integers(-10, 520)), min_size=1, max_size=10),
)
def test_each_pair_is_answered_as_the_ledger_answers_its_day(
    purchases: list[tuple[str, int]], notices: list[tuple[str, int]], asked: list[tuple[int, int]]
) -> None:
    rows: list[Row] = [
        {"order_id": str(number), "customer_id": who, "ordered_on": FIRST + timedelta(days), "amount": "10",
         "status": "completed"}
        for number, (who, days) in enumerate(purchases)
    ]  # fmt: skip
    losses: list[Row] = [
        {"customer_id": who, "noticed_on": FIRST + timedelta(days), "reason": "price", "kind": "notice"}
        for who, days in notices
    ]
    client = Client("test", "Test", history_complete=True, segment_lapse_months={"short": 2})
    customers: list[Row] = [
        {"customer_id": "a"},
        {"customer_id": "b", "segment": "short"},
        {"customer_id": "c"},
    ]
    ledger = dataset(rows, quarter="2026-Q4", client=client, customers=customers, tables={"losses": losses}).ledger

    who = np.array([customer for customer, _ in asked], dtype=np.int64)
    days = np.array([day_number(FIRST + timedelta(days)) for _, days in asked], dtype=np.int64)
    expected = [ledger.active(FIRST + timedelta(day))[customer] for customer, day in asked]

    assert active_on_each(ledger, who, days).tolist() == expected
