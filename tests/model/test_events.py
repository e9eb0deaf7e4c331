"""Events by customer and day, held against looking through them one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.events import Events
from retention_reports.model.ledger import NEVER

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), max_size=12)
ASKED = st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 14), st.integers(-2, 14)), min_size=1, max_size=8)


def _events(pairs: list[tuple[int, int]]) -> Events:
    customers, days = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Events(customers, days)


@given(PAIRS, ASKED)
def test_last_next_and_between_are_what_looking_through_finds(
    pairs: list[tuple[int, int]], asked: list[tuple[int, int, int]]
) -> None:
    events = _events(pairs)
    customers, after, until = np.array(asked, dtype=np.int64).T

    days = [[day for who, day in pairs if who == customer] for customer, _, _ in asked]
    assert events.last(customers, until, missing=NEVER).tolist() == [
        max((day for day in own if day <= end), default=NEVER) for own, (_, _, end) in zip(days, asked, strict=True)
    ]
    assert events.following(customers, after, missing=NEVER).tolist() == [
        min((day for day in own if day > start), default=NEVER) for own, (_, start, _) in zip(days, asked, strict=True)
    ]
    assert events.between(customers, after, until).tolist() == [
        sum(start < day <= end for day in own) for own, (_, start, end) in zip(days, asked, strict=True)
    ]


@given(PAIRS)
def test_events_come_by_customer_and_day_and_know_where_they_stood(pairs: list[tuple[int, int]]) -> None:
    events = _events(pairs)
    sorted_pairs = list(zip(events.customers.tolist(), events.days.tolist(), strict=True))
    once = events.once_a_day()

    assert sorted_pairs == sorted(pairs) == [pairs[place] for place in events.order]
    assert list(zip(once.customers.tolist(), once.days.tolist(), strict=True)) == sorted(set(pairs))


def test_what_happened_before_all_days_is_nobodys_last() -> None:
    events = _events([(0, 5), (1, 7)])
    asked = np.array([0, 1, 1])

    assert events.last(asked, np.array([NEVER, NEVER, 7]), missing=-1).tolist() == [-1, -1, 7]
    assert events.place_of_last(asked, np.array([5, 6, 8])).tolist() == [0, -1, 1]
