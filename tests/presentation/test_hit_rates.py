"""How earlier registers did, in words: nothing is claimed of few, and nothing is better that is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retention_reports.model.figures import Rate
from retention_reports.presentation.recommendations.recommendation_section import present_hit_rate
from retention_reports.recommending.results import HitRate
from tests.support.datasets import amount, dataset, orders
from tests.support.presenting import NOTHING_RECOMMENDED, context, words

if TYPE_CHECKING:
    from retention_reports.presentation.view import SectionView

NONE = Rate(0, 0)
NOTHING = HitRate(8, NONE, NONE, NONE, NONE, NONE, 0, None, None)


def _shown(found: HitRate | None, language: str = "en") -> SectionView | None:
    made = context(dataset(orders("anna 2026-09-10 100"), quarter="2026-Q3"), language=language)
    return present_hit_rate(replace(made, register=replace(NOTHING_RECOMMENDED, hit_rate=found)))


def _said(found: HitRate, language: str = "en") -> str:
    view = _shown(found, language)
    assert view is not None
    return words(view)


def test_where_nothing_can_be_held_against_anything_there_is_no_section() -> None:
    assert _shown(None) is None
    assert _shown(NOTHING) is None


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("number", [1, 2, 9])
def test_of_fewer_than_ten_nothing_is_claimed(number: int, language: str) -> None:
    said = _said(replace(NOTHING, warned=Rate(number, number), others=Rate(0, 100)), language)

    assert ("zu wenige" if language == "de" else "too few") in said
    assert "100 %" not in said


def test_warnings_are_right_only_beyond_chance() -> None:
    right = replace(NOTHING, warned=Rate(40, 50), others=Rate(20, 100))
    wrong = replace(NOTHING, warned=Rate(11, 50), others=Rate(20, 100))

    assert "named the right ones: 40 of 50" in _said(right)
    assert "bought no less often than others: 11 of 50" in _said(wrong)


def test_what_came_stands_beside_what_was_expected() -> None:
    found = replace(NOTHING, forecasts=Rate(7, 8), years=1, expected=amount("21000"), change=amount("-4000"))

    said = _said(found)

    assert "7 of 8" in said
    assert "€21,000 expected of them on top" in said
    assert "−€4,000" in said
