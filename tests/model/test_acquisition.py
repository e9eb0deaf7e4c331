"""From which quarter on the data can tell who is new."""

from __future__ import annotations

import numpy as np
import pytest

from retention_reports.model.acquisition import first_known_quarter, known_newcomers, quarter_numbers, unknown_quarters
from retention_reports.model.client import Client
from retention_reports.model.ledger import day_number
from retention_reports.model.quarters import Quarter
from tests.support.datasets import dataset, day, orders

LEDGER = "a 2024-02-10 10\nb 2025-03-31 10\nc 2025-04-01 10"


def test_a_complete_history_knows_every_newcomer() -> None:
    data = dataset(orders(LEDGER), quarter="2025-Q2")

    assert first_known_quarter(data) == Quarter(2024, 1)
    assert known_newcomers(data).tolist() == [True, True, True]
    assert unknown_quarters(data) == ""


def test_otherwise_a_lapse_time_must_lie_before_the_quarter() -> None:
    data = dataset(orders(LEDGER), quarter="2025-Q2", history_complete=False)

    assert first_known_quarter(data) == Quarter(2025, 2)
    assert known_newcomers(data).tolist() == [False, False, True]
    assert unknown_quarters(data) == "2024-Q1..2025-Q1"


def test_a_shorter_lapse_time_needs_less_data() -> None:
    client = Client("test", "Test", lapse_months=3)
    data = dataset(orders(LEDGER), quarter="2025-Q2", client=client)

    assert first_known_quarter(data) == Quarter(2024, 3)


def test_no_quarter_is_known_where_the_data_is_too_young() -> None:
    data = dataset(orders(LEDGER), quarter="2024-Q4", history_complete=False)

    assert first_known_quarter(data) is None
    assert not known_newcomers(data).any()
    assert unknown_quarters(data) == "2024-Q1..2024-Q4"


@pytest.mark.parametrize("start_month", [1, 4, 12])
def test_quarter_numbers_agree_with_quarters(start_month: int) -> None:
    days = [day(text) for text in ("1969-12-31", "2024-02-29", "2026-03-31", "2026-04-01", "2026-12-01")]
    numbers = quarter_numbers(np.array([day_number(entry) for entry in days]), start_month)

    assert numbers.tolist() == [Quarter.of(entry, start_month).ordinal for entry in days]
