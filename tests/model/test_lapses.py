"""When customers left and came back."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.client import Client
from retention_reports.model.lapses import first_lapsed_days, lapses
from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.model.quarters import months_before
from tests.support.datasets import Row, dataset, orders


def test_a_lapse_begins_a_year_after_the_last_purchase_and_ends_with_the_next() -> None:
    data = dataset(orders("anna 2023-02-10 10\nanna 2024-05-01 10\nbernd 2024-04-30 10"), quarter="2025-Q2")
    found = lapses(data.ledger, data.cut_off)

    assert [day_of(day) for day in found.left_on] == [date(2024, 2, 10), date(2025, 5, 1), date(2025, 4, 30)]
    assert found.returned_on.tolist() == [day_number(date(2024, 5, 1)), NEVER, NEVER]
    assert found.open_on(date(2024, 4, 30)).tolist() == [True, False, False]
    assert found.returned_between(date(2024, 4, 30), date(2024, 5, 1)).tolist() == [True, False, False]


def test_a_notice_ends_the_relationship_sooner_than_silence() -> None:
    customers: list[Row] = [{"customer_id": "anna", "notice_on": "2025-03-15"}]
    data = dataset(orders("anna 2025-03-01 10"), quarter="2025-Q2", customers=customers)

    assert [day_of(day) for day in lapses(data.ledger, data.cut_off).left_on] == [date(2025, 3, 15)]


def test_a_purchase_on_the_day_of_expiry_is_no_return() -> None:
    data = dataset(orders("anna 2023-05-01 10\nanna 2024-05-01 10"), quarter="2024-Q4")

    assert lapses(data.ledger, data.cut_off).left_on.tolist() == []


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.integers(1, 30))
def test_the_first_lapsed_day_is_the_earliest_whose_window_begins_at_the_purchase(day: date, months: int) -> None:
    number = np.array([day_number(day)], dtype=np.int64)
    lapsed = day_of(first_lapsed_days(number, np.array([months], dtype=np.int64))[0])

    assert months_before(lapsed, months) >= day
    assert months_before(lapsed - timedelta(days=1), months) < day


days = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@given(
    st.lists(st.tuples(st.sampled_from("ab"), days), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from("ab"), days), max_size=3),
    days,
)
def test_who_has_bought_is_either_active_or_in_a_lapse(
    bought: list[tuple[str, date]], notices: list[tuple[str, date]], day: date
) -> None:
    losses: list[Row] = [
        {"customer_id": who, "noticed_on": str(on), "reason": "x", "kind": "notice"} for who, on in notices
    ]
    rows = orders("\n".join(f"{who} {on} 10" for who, on in [("a", date(2022, 1, 1)), *bought]))
    client = Client("test", "Test", history_complete=True, lapse_months=5)
    data = dataset(rows, quarter="2025-Q4", client=client, tables={"losses": losses})
    found = lapses(data.ledger, data.cut_off)

    away = np.zeros(data.ledger.customer_count, dtype=bool)
    away[found.customer[found.open_on(day)]] = True
    assert (data.ledger.bought_by(day) == (data.ledger.active(day) | away)).all()
    assert not (data.ledger.active(day) & away).any()
