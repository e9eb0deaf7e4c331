"""From when on customers can be told apart, worked by hand: twelve months without a purchase, then lost."""

from __future__ import annotations

from datetime import date

import pytest

from retention_reports.model.client import Client
from retention_reports.model.quarters import Quarter
from retention_reports.model.young_history import young_history

CLIENT = Client("acme", "Acme", lapse_months=12)


@pytest.mark.parametrize(
    ("first", "known_from"),
    [
        # Who was active on 31 December 2025 bought from 1 January 2025 on.
        (date(2025, 1, 1), "2026-Q1"),
        (date(2025, 1, 2), "2026-Q2"),
        (date(2025, 4, 1), "2026-Q2"),
        (date(2025, 6, 15), "2026-Q3"),
    ],
)
def test_customers_are_known_twelve_months_after_the_first_order(first: date, known_from: str) -> None:
    young = young_history(CLIENT, first, Quarter(2026, 1))

    assert young is not None
    assert str(young.known_from) == known_from
    assert young.hides_customers_in(Quarter(2026, 1)) == (known_from != "2026-Q1")


def test_old_data_is_not_young_to_the_day() -> None:
    # Retention since 31 March 2025 needs who was active then: whoever bought from 1 April 2024 on.
    assert young_history(CLIENT, date(2024, 4, 1), Quarter(2026, 1)) is None
    assert young_history(CLIENT, date(2024, 4, 2), Quarter(2026, 1)) is not None


def test_what_the_client_says_of_its_data_settles_it() -> None:
    first, quarter = date(2025, 12, 1), Quarter(2026, 1)

    assert young_history(Client("a", "A", history_complete=True), first, quarter) is None
    assert young_history(Client("a", "A", data_from=first), first, quarter) is None


def test_the_longest_lapse_of_any_segment_counts() -> None:
    slow = Client("a", "A", lapse_months=6, segment_lapse_months={"seasonal": 24})

    young = young_history(slow, date(2024, 1, 1), Quarter(2026, 1))

    assert young is not None
    assert str(young.known_from) == "2026-Q1"
