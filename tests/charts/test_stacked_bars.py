from __future__ import annotations

import pytest

from retention_reports.charts.frame import Value
from retention_reports.charts.stacked_bars import Part, StackedBar, StackedBars, draw_stacked_bars
from retention_reports.charts.style import Role
from tests.charts.reading_svg import boxes, shown_texts, tooltips

ROUNDING = 0.02
GAP = 1.5


ROLES = (Role.NEW, Role.LOYAL, Role.WON_BACK)
NAMES = ("acquisition", "retention of all", "win")


def drawn(*wholes: tuple[float, ...], width: float = 680) -> str:
    bars = tuple(
        StackedBar(
            f"Whole {index}",
            f"{sum(whole):g} k",
            tuple(
                Part(role, name, Value(value, f"{value:g} %"))
                for role, name, value in zip(ROLES, NAMES, whole, strict=False)
            ),
        )
        for index, whole in enumerate(wholes)
    )
    return draw_stacked_bars(StackedBars(identifier="s", title="t", description="d", bars=bars, width=width))


def test_parts_lie_beside_one_another_by_their_share_of_their_own_whole() -> None:
    svg = drawn((75, 25), (1, 3))
    (first_new, second_new), (first_loyal, second_loyal) = boxes(svg, "c-new"), boxes(svg, "c-loyal")

    assert first_new.width + GAP == pytest.approx(3 * (first_loyal.width + GAP), abs=ROUNDING)
    assert second_loyal.width + GAP == pytest.approx(3 * (second_new.width + GAP), abs=ROUNDING)
    assert first_loyal.right == pytest.approx(second_loyal.right, abs=ROUNDING)
    assert first_loyal.left == pytest.approx(first_new.right + GAP, abs=ROUNDING)


def test_a_part_too_small_for_its_name_shows_its_value_and_its_name_on_touch() -> None:
    svg = drawn((70, 6, 24), width=330)

    assert "6 %" in shown_texts(svg)
    assert "retention of all 6 %" in tooltips(svg)


def test_nothing_is_drawn_or_named_for_a_part_that_is_nought() -> None:
    svg = drawn((0, 10))

    assert boxes(svg, "c-new") == []
    assert "0 %" not in shown_texts(svg)


@pytest.mark.parametrize("whole", [(-1, 5), (0, 0)])
def test_what_is_no_whole_is_refused(whole: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        drawn(whole)


def test_no_bars_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one bar"):
        drawn()
