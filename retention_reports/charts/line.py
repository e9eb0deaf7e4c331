"""Lines over time or age, with a hatched forecast band; survival curves are lines in steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from retention_reports.charts.direct_labels import GAP, EndLabel, end_labels, end_labels_width
from retention_reports.charts.frame import Chart, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import dot, hatched, polygon, polyline, ring, rule, texts
from retention_reports.charts.scales import LinearScale, extent_with_zero, round_step, round_ticks
from retention_reports.charts.style import BAND_OPACITY, HAIRLINE, SMALL, Role, text_role
from retention_reports.charts.text import Anchor, Label, Weight, keep_apart, text_width
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from retention_reports.charts.svg import Element

_TOP_SPACE = 18.0
_BOTTOM_SPACE = 20.0
_SIDE_SPACE = 5.0
_DOT_RADIUS = 2.75
_MANY_POINTS = 16
_TICK_COUNT = 5
_LABEL_GAP = 5.0


@record
class LinePoint:
    """A point, its interval where it has one, and the text above it where it should be labelled."""

    x: float
    y: float
    text: str = ""
    low: float | None = None
    high: float | None = None
    forecast: bool = False


@record
class Line:
    """A series with points in rising x; `label` and `text` (its last value) stand at its end.

    Forecast points come last; the dashed line starts at the last point of the history.
    """

    label: str
    points: tuple[LinePoint, ...]
    role: Role = Role.ACTUAL
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """Series on one scale from zero (or the lowest value).

    `x_labels` pairs a position with its finished label; `format_value` draws a light axis with round values,
    None leaves the axis out. `steps` holds each value until the next point (survival curves). `top` fixes the upper
    end of the scale, 1 for shares.
    """

    lines: tuple[Line, ...]
    x_labels: tuple[tuple[float, str], ...]
    format_value: Callable[[float], str] | None = None
    height: float = 230
    steps: bool = False
    top: float | None = None


@record
class _Plot:
    spec: LineChart
    x: LinearScale
    y: LinearScale

    @property
    def right(self) -> float:
        return self.x.end + _SIDE_SPACE

    def place(self, point: LinePoint) -> tuple[float, float]:
        return self.x(point.x), self.y(point.y)


def draw_line_chart(spec: LineChart) -> str:
    """Return the chart; raises ValueError without lines or points, or where x does not rise."""
    require_some(spec.lines, "line")
    for line in spec.lines:
        require_some(line.points, "point")
        if any(second.x <= first.x for first, second in pairwise(line.points)):
            message = f"the points of {line.label!r} are not in rising order"
            raise ValueError(message)
    plot = _plot(spec)
    axis = _axis(plot)
    bands = [mark for index, line in enumerate(spec.lines) for mark in _bands(plot, line, index)]
    lines = [mark for line in spec.lines for mark in (*_strokes(plot, line), *_dots(plot, line))]
    names = end_labels(_end_labels(spec, plot.y), plot.right + GAP - _SIDE_SPACE, spec.width, 0, plot.y.start)
    labels = [*_point_labels(plot, names), *_x_labels(plot), *names]
    return document(spec, spec.height, *axis, *bands, *lines, *texts(labels))


def _plot(spec: LineChart) -> _Plot:
    points = [point for line in spec.lines for point in line.points]
    low, high = extent_with_zero(end for point in points for end in (point.y, *_interval(point)))
    high = max(high, spec.top) if spec.top is not None else high
    left = _SIDE_SPACE
    if spec.format_value is not None:
        low, high = _rounded_extent(low, high)
        ticks = round_ticks(low, high, _TICK_COUNT)
        left += max(text_width(spec.format_value(tick), SMALL) for tick in ticks) + GAP
    margin = end_labels_width(_end_labels(spec, None), spec.width)
    x = LinearScale(
        min(point.x for point in points),
        max(point.x for point in points),
        left,
        max(spec.width - margin - _SIDE_SPACE, left + 1),
    )
    return _Plot(spec, x, LinearScale(low, high, spec.height - _BOTTOM_SPACE, _TOP_SPACE))


def _rounded_extent(low: float, high: float) -> tuple[float, float]:
    step = round_step((high - low) / _TICK_COUNT)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def _interval(point: LinePoint) -> tuple[float, ...]:
    return (point.low, point.high) if point.low is not None and point.high is not None else ()


def _axis(plot: _Plot) -> list[Element]:
    base = rule((plot.x.start - _SIDE_SPACE, plot.y(0)), (plot.right, plot.y(0)), Role.INK, width=1)
    if plot.spec.format_value is None:
        return [base]
    ticks = round_ticks(plot.y.low, plot.y.high, _TICK_COUNT)
    left = plot.x.start - _SIDE_SPACE
    lines = [rule((left, plot.y(tick)), (plot.right, plot.y(tick)), Role.LINE) for tick in ticks if tick]
    labels = [
        Label(left - 4, plot.y(tick) + SMALL * 0.36, plot.spec.format_value(tick), anchor=Anchor.END, role=Role.MUTED)
        for tick in ticks
    ]
    return [*lines, base, *texts(labels)]


def _bands(plot: _Plot, line: Line, index: int) -> list[Element]:
    """Return the shaded interval of the history and the hatched one of the forecast."""
    history = [point for point in line.points if not point.forecast]
    forecast = [point for point in line.points if point.forecast]
    marks = []
    if _has_interval(history):
        marks.append(polygon(_outline(plot, history), line.role, opacity=BAND_OPACITY))
    if _has_interval(forecast):
        start = history[-1:]
        area = _outline(plot, [*start, *forecast])
        marks.append(hatched(f"{plot.spec.identifier}-forecast-{index + 1}", area, text_role(line.role)))
    return marks


def _has_interval(points: list[LinePoint]) -> bool:
    return len(points) > 0 and all(_interval(point) for point in points)


def _outline(plot: _Plot, points: list[LinePoint]) -> list[tuple[float, float]]:
    upper = [(plot.x(point.x), plot.y(point.y if point.high is None else point.high)) for point in points]
    lower = [(plot.x(point.x), plot.y(point.y if point.low is None else point.low)) for point in points]
    if plot.spec.steps:
        upper, lower = _stepped(upper), _stepped(lower)
    return [*upper, *reversed(lower)]


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    corners = [corner for first, second in pairwise(points) for corner in (first, (second[0], first[1]))]
    return [*corners, points[-1]]


def _strokes(plot: _Plot, line: Line) -> list[Element]:
    history = [plot.place(point) for point in line.points if not point.forecast]
    forecast = [plot.place(point) for point in line.points if point.forecast]
    pieces = [(history, ""), ([*history[-1:], *forecast] if forecast else [], "4 3")]
    return [
        polyline(_stepped(points) if plot.spec.steps else points, line.role, dash=dash)
        for points, dash in pieces
        if len(points) > 1
    ]


def _dots(plot: _Plot, line: Line) -> list[Element]:
    """Return every point of a short line, the last one alone of a long line or a line in steps."""
    few = len(line.points) <= _MANY_POINTS and not plot.spec.steps
    shown: Iterable[LinePoint] = line.points if few else line.points[-1:]
    positions = dict(plot.spec.x_labels)
    marks = []
    for point in shown:
        words = f"{positions.get(point.x, '')} · {line.label}: {point.text}".lstrip(" ·") if point.text else ""
        draw = ring if point.forecast else dot
        marks.append(draw(plot.place(point), _DOT_RADIUS, line.role, tooltip=words))
    return marks


def _point_labels(plot: _Plot, names: list[Label]) -> list[Label]:
    labels: list[Label] = []
    taken: list[Box] = [label.box for label in names]
    for line in plot.spec.lines:
        for point in reversed(line.points):
            x, y = plot.place(point)
            taken.append(Box(x - HAIRLINE, y - HAIRLINE, x + HAIRLINE, y + HAIRLINE))
            label = Label(x, y - 7, point.text, SMALL, Anchor.MIDDLE, Weight.REGULAR, text_role(line.role))
            if point.text:
                labels.append(label.kept_within(plot.x.start - _SIDE_SPACE, plot.right + GAP / 2))
    return keep_apart([label for label in labels if label.box.top >= 0], taken)


def _x_labels(plot: _Plot) -> list[Label]:
    y = plot.spec.height - 5
    labels = [
        Label(plot.x(position), y, words, anchor=Anchor.MIDDLE, role=Role.MUTED).kept_within(0, plot.spec.width)
        for position, words in plot.spec.x_labels
        if plot.x.low <= position <= plot.x.high
    ]
    last_first = [*labels[-1:], *labels[:-1]]
    return keep_apart(last_first, gap=_LABEL_GAP)


def _end_labels(spec: LineChart, scale: LinearScale | None) -> list[EndLabel]:
    return [
        EndLabel(scale(line.points[-1].y) if scale else 0, line.label, line.text, line.role)
        for line in spec.lines
        if line.label or line.text
    ]
