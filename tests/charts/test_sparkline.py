from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.sparkline import Sparkline, draw_sparkline
from retention_reports.charts.style import Effect
from tests.charts.reading_svg import attribute, marks, parsed


def test_the_end_dot_shows_the_effect() -> None:
    svg = draw_sparkline(Sparkline((1, 2, 3), Effect.BAD))
    assert len(marks(svg, "circle", "c-bad")) == 1


def test_without_a_title_it_is_silent_and_with_one_an_image() -> None:
    silent, named = parsed(draw_sparkline(Sparkline((1, 2)))), parsed(draw_sparkline(Sparkline((1, 2), title="steigt")))
    assert (silent.get("aria-hidden"), silent.get("role")) == ("true", None)
    assert (named.get("aria-hidden"), named.get("role"), named[0].text) == (None, "img", "steigt")


def test_a_gap_interrupts_the_line() -> None:
    (line,) = marks(draw_sparkline(Sparkline((1, 2, None, 3, 4))), "path")
    assert line.attrib["d"].count("M") == 2


def test_a_single_value_is_a_dot() -> None:
    assert marks(draw_sparkline(Sparkline((None, 2))), "path") == []


def test_it_is_cheap() -> None:
    assert len(draw_sparkline(Sparkline((1, 2, 3, 4, 5, 6, 7, 8)))) < 350


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), min_size=1).filter(
        lambda values: any(v is not None for v in values)
    )
)
def test_the_end_dot_lies_wholly_inside(values: list[float | None]) -> None:
    (dot,) = marks(draw_sparkline(Sparkline(tuple(values))), "circle")
    x, y, radius = (attribute(dot, name) for name in ("cx", "cy", "r"))
    assert radius <= x <= 60 - radius
    assert radius <= y <= 18 - radius


def test_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        draw_sparkline(Sparkline((None, None)))
