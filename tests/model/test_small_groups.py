"""Amounts of fewer than five customers are null with a reason, and bands hold what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.money import UNIT, Currency, band
from retention_reports.model.small_groups import without_small_amounts

if TYPE_CHECKING:
    from retention_reports.model.figures import Figure


def _section() -> dict[str, Figure]:
    return {
        "total": Currency(500),
        "chance": 0.25,
        "segments": [
            {"segment": "A", "customers": 4, "revenue": Currency(40), "usual_days": 7.5},
            {"segment": "B", "customers": 5, "revenue": Currency(460), "share": 0.92},
        ],
        "largest": [{"customers": 1, "share": 0.2, "share_k": Currency(100), "share_n": Currency(500)}],
        "list": [{"customer_id": "K1", "effect": {"expected": Currency(9)}, "silent_days": 3}],
        "missing": [{"key": "costs", "reason": "no_file: costs"}],
    }


def test_amounts_of_single_customers_and_small_groups_are_null_and_nothing_else() -> None:
    changed = without_small_amounts(_section())

    assert changed["segments"] == [
        {"segment": "A", "customers": 4, "revenue": None, "usual_days": 7.5},
        {"segment": "B", "customers": 5, "revenue": 460.0, "share": 0.92},
    ]
    assert changed["largest"] == [{"customers": 1, "share": None, "share_k": None, "share_n": None}]
    assert changed["list"] == [{"customer_id": "K1", "effect": {"expected": None}, "silent_days": 3}]
    assert (changed["total"], changed["chance"]) == (500.0, 0.25)


def test_each_has_its_reason() -> None:
    told = without_small_amounts(_section())["missing"]

    assert isinstance(told, list)
    keys = [entry["key"] for entry in told if isinstance(entry, dict)]
    assert keys == [
        "costs",
        "segments.revenue",
        *("largest.share", "largest.share_k", "largest.share_n"),
        "list.effect.expected",
    ]
    assert told[-1] == {"key": "list.effect.expected", "reason": "withheld: amounts of fewer than 5 customers"}


def test_a_section_without_small_groups_stays_as_it_is() -> None:
    section: dict[str, Figure] = {"revenue": Currency(1), "segments": [{"customers": 0, "revenue": Currency(0)}]}

    assert without_small_amounts(section) == section


@pytest.mark.parametrize(
    ("units", "low", "high"),
    [(0, 0, 100), (99, 0, 100), (100, 100, 200), (1999, 1000, 2000), (2000, 2000, 5000), (7300, 5000, 10000)],
)
def test_bands_by_hand(units: int, low: int, high: int) -> None:
    assert band(units * UNIT) == (low * UNIT, high * UNIT)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_an_amount_lies_in_its_band(amount: int) -> None:
    low, high = band(amount)

    assert low <= amount <= high
    assert high - low >= 100 * UNIT
