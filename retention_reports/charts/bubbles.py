"""A portfolio: customers by two measures, area by a third, the largest by name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Group, area, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import dot, key, rule, texts
from retention_reports.charts.scales import LinearScale, extent_with_zero, round_step, round_ticks
from retention_reports.charts.style import NORMAL, SMALL, Role
from retention_reports.charts.text import Anchor, Label, Weight, text_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.charts.svg import Element

_LARGEST_RADIUS = 20.0
_SMALLEST_RADIUS = 2.0
_OPACITY = 0.78
_HEAD = 34.0
_FOOT = 36.0
_TICK_COUNT = 5
_LABEL_GAP = 3.0


@dataclass(frozen=True)
class Bubble:
    """A customer; `size` (not negative) is drawn as area, `details` shows on hovering."""

    x: float
    y: float
    size: float
    label: str
    role: Role
    details: str = ""


@dataclass(frozen=True)
class Axis:
    """What an axis measures (with its unit), its labels and a line drawn across at `reference`, with its name."""

    title: str
    format_value: Callable[[float], str]
    reference: float | None = None
    reference_label: str = ""


@dataclass(frozen=True, kw_only=True)
class BubbleChart(Chart):
    """Both axes start at zero; `named` of the largest bubbles get their label where it fits, `groups` is the key."""

    bubbles: tuple[Bubble, ...]
    x_axis: Axis
    y_axis: Axis
    groups: tuple[Group, ...] = ()
    named: int = 10
    height: float = 340


@dataclass(frozen=True)
class _Plot:
    spec: BubbleChart
    x: LinearScale
    y: LinearScale
    largest: float

    def circle(self, bubble: Bubble) -> tuple[float, float, float]:
        share = bubble.size / self.largest if self.largest else 0.0
        return self.x(bubble.x), self.y(bubble.y), max(_LARGEST_RADIUS * math.sqrt(share), _SMALLEST_RADIUS)


def draw_bubbles(spec: BubbleChart) -> str:
    """Return the chart; raises ValueError without bubbles or where a size is negative."""
    require_some(spec.bubbles, "bubble")
    if any(bubble.size < 0 for bubble in spec.bubbles):
        message = "a bubble's size cannot be negative"
        raise ValueError(message)
    plot = _plot(spec)
    ordered = sorted(spec.bubbles, key=lambda bubble: (-bubble.size, bubble.label, bubble.x, bubble.y))
    circles = []
    for bubble in ordered:
        x, y, radius = plot.circle(bubble)
        circles.append(dot((x, y), radius, bubble.role, opacity=_OPACITY, tooltip=bubble.details or bubble.label))
    head = key(spec.groups, SMALL, spec.width)
    return document(spec, spec.height, *head, *_axes(plot), *_references(plot), *circles, *texts(_names(plot, ordered)))


def _plot(spec: BubbleChart) -> _Plot:
    extent_with_zero(bubble.size for bubble in spec.bubbles)
    x_low, x_high = _rounded(extent_with_zero(_with_reference([bubble.x for bubble in spec.bubbles], spec.x_axis)))
    y_low, y_high = _rounded(extent_with_zero(_with_reference([bubble.y for bubble in spec.bubbles], spec.y_axis)))
    ticks = round_ticks(y_low, y_high, _TICK_COUNT)
    left = max(text_width(spec.y_axis.format_value(tick), SMALL) for tick in ticks) + 6
    x = LinearScale(x_low, x_high, left + _LARGEST_RADIUS, spec.width - _LARGEST_RADIUS - 1)
    y = LinearScale(y_low, y_high, spec.height - _FOOT - _LARGEST_RADIUS / 2, _HEAD + _LARGEST_RADIUS)
    return _Plot(spec, x, y, max(bubble.size for bubble in spec.bubbles))


def _with_reference(values: list[float], axis: Axis) -> list[float]:
    return values if axis.reference is None else [*values, axis.reference]


def _rounded(extent: tuple[float, float]) -> tuple[float, float]:
    step = round_step((extent[1] - extent[0]) / _TICK_COUNT)
    return math.floor(extent[0] / step) * step, math.ceil(extent[1] / step) * step


def _axes(plot: _Plot) -> list[Element]:
    spec = plot.spec
    left, bottom = plot.x.start - _LARGEST_RADIUS, spec.height - _FOOT
    marks = [rule((left, bottom), (spec.width, bottom), Role.INK, width=1)]
    labels = [
        Label(left, _HEAD - NORMAL, spec.y_axis.title, role=Role.MUTED).kept_within(0, spec.width),
        Label(spec.width, spec.height - 4, spec.x_axis.title, anchor=Anchor.END, role=Role.MUTED).kept_within(
            0, spec.width
        ),
    ]
    for tick in round_ticks(plot.y.low, plot.y.high, _TICK_COUNT):
        marks.append(rule((left, plot.y(tick)), (spec.width, plot.y(tick)), Role.LINE))
        shown = spec.y_axis.format_value(tick)
        labels.append(Label(left - 5, plot.y(tick) + SMALL * 0.36, shown, anchor=Anchor.END, role=Role.MUTED))
    return [*marks[1:], marks[0], *texts([*labels, *_x_labels(plot, bottom + SMALL + 5)])]


def _x_labels(plot: _Plot, y: float) -> list[Label]:
    axis = plot.spec.x_axis
    ticks = round_ticks(plot.x.low, plot.x.high, _TICK_COUNT)
    labels = [Label(plot.x(tick), y, axis.format_value(tick), anchor=Anchor.MIDDLE, role=Role.MUTED) for tick in ticks]
    return _spread([label.kept_within(0, plot.spec.width) for label in labels])


def _spread(labels: list[Label]) -> list[Label]:
    kept: list[Label] = []
    for label in labels:
        if not kept or label.box.left > kept[-1].box.right + _LABEL_GAP:
            kept.append(label)
    return kept


def _references(plot: _Plot) -> list[Element]:
    spec = plot.spec
    marks: list[Element] = []
    if spec.x_axis.reference is not None:
        x = plot.x(spec.x_axis.reference)
        marks.append(rule((x, _HEAD), (x, spec.height - _FOOT), Role.MUTED))
    if spec.y_axis.reference is not None:
        y = plot.y(spec.y_axis.reference)
        marks.append(rule((plot.x.start - _LARGEST_RADIUS, y), (spec.width, y), Role.MUTED))
    return [*marks, *texts(_reference_names(plot))]


def _reference_names(plot: _Plot) -> list[Label]:
    spec, labels = plot.spec, []
    if spec.x_axis.reference is not None:
        x = plot.x(spec.x_axis.reference) + 4
        labels.append(Label(x, _HEAD + SMALL, spec.x_axis.reference_label, role=Role.MUTED))
    if spec.y_axis.reference is not None:
        y = plot.y(spec.y_axis.reference) - 4
        labels.append(Label(spec.width, y, spec.y_axis.reference_label, anchor=Anchor.END, role=Role.MUTED))
    return [label.kept_within(0, spec.width) for label in labels]


def _names(plot: _Plot, ordered: list[Bubble]) -> list[Label]:
    """Return the names of the largest bubbles, each at the first free place around it."""
    taken = [_box(plot.circle(bubble)) for bubble in ordered]
    taken += [label.box for label in _reference_names(plot)]
    inside = area(plot.spec, plot.spec.height - _FOOT)
    labels = []
    for index, bubble in enumerate(ordered[: plot.spec.named]):
        others = [*taken[:index], *taken[index + 1 :]]
        for label in _candidates(plot.circle(bubble), bubble.label):
            box = label.box
            if box.within(inside) and box.top > _HEAD - NORMAL + _LABEL_GAP and not any(map(box.overlaps, others)):
                labels.append(label)
                taken.append(box)
                break
    return labels


def _candidates(circle: tuple[float, float, float], name: str) -> list[Label]:
    x, y, radius = circle
    middle = y + SMALL * 0.36
    return [
        Label(x + radius + _LABEL_GAP, middle, name),
        Label(x - radius - _LABEL_GAP, middle, name, anchor=Anchor.END),
        Label(x, y - radius - _LABEL_GAP - 1, name, anchor=Anchor.MIDDLE),
        Label(x, y + radius + SMALL, name, anchor=Anchor.MIDDLE, weight=Weight.REGULAR),
    ]


def _box(circle: tuple[float, float, float]) -> Box:
    x, y, radius = circle
    return Box(x - radius, y - radius, x + radius, y + radius)
