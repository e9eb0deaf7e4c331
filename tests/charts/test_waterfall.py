from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.style import Effect
from retention_reports.charts.waterfall import Level, Movement, Step, Waterfall, draw_waterfall
from tests.charts.reading_svg import attribute, boxes, marks, shown_texts, zero_line

ROUNDING = 0.02


def drawn(start: float, *changes: tuple[float, Effect]) -> str:
    movements = [
        Movement(f"M{index}", change, f"{change:+g}", effect) for index, (change, effect) in enumerate(changes)
    ]
    end = start + sum(change for change, _ in changes)
    steps: tuple[Step, ...] = (Level("Start", start, f"{start:g}"), *movements, Level("Ende", end, f"{end:g}"))
    return draw_waterfall(Waterfall(identifier="w", title="t", description="d", steps=steps))


def test_start_and_end_stand_on_zero() -> None:
    svg = drawn(216, (9, Effect.GOOD), (-19, Effect.BAD))
    start, *_, end = boxes(svg)
    assert start.bottom == end.bottom == pytest.approx(zero_line(svg), abs=ROUNDING)


def test_movements_are_to_scale_with_the_levels() -> None:
    start, movement, _ = boxes(drawn(200, (50, Effect.GOOD)))
    assert movement.height / start.height == pytest.approx(0.25, abs=0.001)


def test_each_movement_starts_where_the_last_one_ended() -> None:
    _, up, down, _ = boxes(drawn(100, (30, Effect.GOOD), (-50, Effect.BAD)))
    assert up.top == pytest.approx(down.top, abs=ROUNDING)
    assert down.bottom > up.bottom


def test_a_decline_can_be_welcome() -> None:
    svg = drawn(100, (-30, Effect.GOOD))
    assert len(boxes(svg, "c-good")) == 1
    assert "-30" in shown_texts(svg)


@pytest.mark.parametrize(("change", "points_up"), [(10, True), (-10, False)])
def test_a_triangle_shows_the_direction_without_colour(change: float, points_up: bool) -> None:  # noqa: FBT001
    (sign,) = marks(drawn(100, (change, Effect.NEUTRAL)), "path", "c-neutral")
    first, _, tip = sign.attrib["d"].strip("MZ").split("L")
    assert (float(tip.split()[1]) < float(first.split()[1])) is points_up


def test_no_change_has_no_triangle() -> None:
    assert marks(drawn(100, (0, Effect.NEUTRAL)), "path") == []


@given(st.integers(-(10**6), 10**6), st.lists(st.integers(-(10**6), 10**6), max_size=6))
def test_connectors_join_the_running_total(start: int, changes: list[int]) -> None:
    svg = drawn(start, *((change, Effect.NEUTRAL) for change in changes))
    connectors = marks(svg, "line", "s-muted")
    running = list(accumulate([start, *changes]))
    heights = [attribute(line, "y1") for line in connectors]
    assert len(connectors) == len(running)
    for (first, second), (above, below) in zip(pairwise(running), pairwise(heights), strict=True):
        assert first == second or (first > second) == (above < below) or abs(above - below) <= ROUNDING


def test_a_bridge_that_does_not_add_up_is_refused() -> None:
    steps = (Level("Start", 10, "10"), Movement("Neu", 5, "+5", Effect.GOOD), Level("Ende", 16, "16"))
    with pytest.raises(ValueError, match="add up"):
        draw_waterfall(Waterfall(identifier="w", title="t", description="d", steps=steps))


def test_a_bridge_without_a_start_is_refused() -> None:
    steps = (Movement("Neu", 5, "+5", Effect.GOOD),)
    with pytest.raises(ValueError, match="starts with a level"):
        draw_waterfall(Waterfall(identifier="w", title="t", description="d", steps=steps))


def test_no_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one step"):
        draw_waterfall(Waterfall(identifier="w", title="t", description="d", steps=()))
