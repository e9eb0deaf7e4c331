from __future__ import annotations

import pytest

from retention_reports.charts.bubbles import Axis, Bubble, BubbleChart, draw_bubbles
from retention_reports.charts.style import Role
from tests.charts.reading_svg import attribute, marks, shown_texts, tooltips

AXIS = Axis("Tage", lambda value: f"{value:g}")


def drawn(*bubbles: Bubble, named: int = 10) -> str:
    return draw_bubbles(
        BubbleChart(identifier="b", title="t", description="d", bubbles=bubbles, x_axis=AXIS, y_axis=AXIS, named=named)
    )


def test_size_is_shown_as_area() -> None:
    svg = drawn(Bubble(1, 1, 400, "A", Role.LOYAL), Bubble(9, 9, 100, "B", Role.NEW))
    large, small = (attribute(mark, "r") for mark in marks(svg, "circle"))
    assert large == pytest.approx(2 * small)


def test_small_bubbles_are_drawn_above_large_ones() -> None:
    svg = drawn(Bubble(1, 1, 1, "klein", Role.LOYAL), Bubble(1, 1, 100, "groß", Role.NEW))
    assert tooltips(svg) == ["groß", "klein"]


def test_only_the_largest_are_named() -> None:
    items = [Bubble(index, index, 10 - index, f"Kunde {index}", Role.LOYAL) for index in range(10)]
    names = [text for text in shown_texts(drawn(*items, named=3)) if text.startswith("Kunde")]
    assert sorted(names) == ["Kunde 0", "Kunde 1", "Kunde 2"]


def test_a_larger_value_lies_further_up_and_right() -> None:
    svg = drawn(Bubble(1, 1, 2, "A", Role.LOYAL), Bubble(9, 9, 1, "B", Role.NEW))
    low, high = marks(svg, "circle")
    assert attribute(low, "cx") < attribute(high, "cx")
    assert attribute(low, "cy") > attribute(high, "cy")


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        drawn(Bubble(1, 1, -1, "A", Role.LOYAL))


def test_no_bubbles_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one bubble"):
        drawn()
