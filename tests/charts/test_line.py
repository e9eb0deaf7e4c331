from __future__ import annotations

import pytest

from retention_reports.charts.line import Line, LineChart, LinePoint, draw_line_chart
from retention_reports.charts.style import Role
from tests.charts.reading_svg import attribute, ids, marks, shown_texts, zero_line

HISTORY = (LinePoint(0, 50), LinePoint(1, 100))
FORECAST = (LinePoint(2, 90, low=80, high=100, forecast=True), LinePoint(3, 90, low=70, high=110, forecast=True))


def drawn(*lines: Line, steps: bool = False) -> str:
    return draw_line_chart(
        LineChart(
            identifier="l",
            title="t",
            description="d",
            lines=lines,
            x_labels=((0, "Q1"), (1, "Q2"), (9, "nie")),
            steps=steps,
        )
    )


def test_heights_are_proportional_to_values_from_zero() -> None:
    svg = drawn(Line("Umsatz", HISTORY, Role.LOYAL, "100 T€"))
    half, full = (zero_line(svg) - attribute(mark, "cy") for mark in marks(svg, "circle"))
    assert full == pytest.approx(2 * half, abs=0.02)


def test_a_forecast_is_dashed_hollow_and_hatched() -> None:
    svg = drawn(Line("Umsatz", (*HISTORY, *FORECAST), Role.LOYAL))
    assert len([mark for mark in marks(svg, "path") if mark.get("stroke-dasharray")]) == 1
    assert len(marks(svg, "circle", "c-paper")) == 2
    assert "l-forecast-1" in ids(svg)


def test_the_dashed_line_continues_the_history() -> None:
    svg = drawn(Line("Umsatz", (*HISTORY, *FORECAST), Role.LOYAL))
    solid, dashed = (mark.attrib["d"] for mark in marks(svg, "path") if mark.get("stroke-linejoin"))
    assert solid.rpartition("L")[2] == dashed.removeprefix("M").split("L")[0]


def test_an_interval_of_the_history_is_a_tinted_area() -> None:
    points = tuple(LinePoint(x, 50, low=40, high=60) for x in range(3))
    (band,) = marks(drawn(Line("Umsatz", points, Role.LOYAL)), "path", "c-loyal")
    assert float(band.attrib["fill-opacity"]) < 0.3


def test_steps_hold_a_value_until_the_next() -> None:
    (line,) = marks(drawn(Line("Bleiben", HISTORY), steps=True), "path")
    start, corner, end = (point.split() for point in line.attrib["d"].strip("M").split("L"))
    assert start[1] == corner[1]
    assert corner[0] == end[0]


def test_lines_are_named_at_their_end_and_labels_beyond_the_data_left_out() -> None:
    texts = shown_texts(drawn(Line("Umsatz", HISTORY, Role.LOYAL, "100 T€")))
    assert {"Umsatz", "100 T€", "Q1", "Q2"} <= set(texts)
    assert "nie" not in texts


def test_points_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rising order"):
        drawn(Line("Umsatz", (LinePoint(1, 1), LinePoint(1, 2))))


def test_a_line_without_points_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        drawn(Line("Umsatz", ()))
