"""A portfolio: customers by two measures, area by a third, the largest by name."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Group, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import dot, key, rule, texts
from retention_reports.charts.scales import LinearScale, extent_with_zero, round_ticks
from retention_reports.charts.style import SMALL, Role
from retention_reports.charts.text import Anchor, Label, keep_apart, text_width
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.charts.svg import Element

_LARGEST_RADIUS = 20.0
_SMALLEST_RADIUS = 2.0
_OPACITY = 0.78
_HEAD = 36.0
_FOOT = 36.0
_TICK_COUNT = 5
_REFERENCE_PLACES = 12
_LABEL_GAP = 3.0
_NEAR = 1.5
_DISTANCES = (_NEAR, 14.0, 26.0, 40.0)
_DIAGONAL = math.sqrt(0.5)
_DIRECTIONS = (
    (1.0, 0.0, Anchor.START),
    (-1.0, 0.0, Anchor.END),
    (0.0, -1.0, Anchor.MIDDLE),
    (0.0, 1.0, Anchor.MIDDLE),
    (_DIAGONAL, -_DIAGONAL, Anchor.START),
    (_DIAGONAL, _DIAGONAL, Anchor.START),
    (-_DIAGONAL, -_DIAGONAL, Anchor.END),
    (-_DIAGONAL, _DIAGONAL, Anchor.END),
)


@record
class Bubble:
    """A customer; `size` (not negative) is drawn as area, `details` shows on hovering."""

    x: float
    y: float
    size: float
    label: str
    role: Role
    details: str = ""


@record
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


@record
class _Plot:
    spec: BubbleChart
    x: LinearScale
    y: LinearScale
    largest: float

    def circle(self, bubble: Bubble) -> tuple[float, float, float]:
        share = bubble.size / self.largest if self.largest else 0.0
        return self.x(bubble.x), self.y(bubble.y), max(_LARGEST_RADIUS * math.sqrt(share), _SMALLEST_RADIUS)


@record
class _Name:
    """A placed name, with the line to its bubble where it stands apart."""

    label: Label
    leader: tuple[tuple[float, float], tuple[float, float]] | None

    @property
    def covered(self) -> Box:
        """Return the area of the line, of the label without one."""
        if self.leader is None:
            return self.label.box
        (x1, y1), (x2, y2) = self.leader
        return Box(min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1)


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
    names = _names(plot, ordered)
    leaders = [rule(*name.leader, Role.MUTED) for name in names if name.leader]
    words = texts([*_reference_names(plot), *(name.label for name in names)])
    return document(spec, spec.height, *head, *_axes(plot), *_references(plot), *circles, *leaders, *words)


def _plot(spec: BubbleChart) -> _Plot:
    extent_with_zero(bubble.size for bubble in spec.bubbles)
    x_low, x_high = extent_with_zero(_with_reference([bubble.x for bubble in spec.bubbles], spec.x_axis))
    y_low, y_high = extent_with_zero(_with_reference([bubble.y for bubble in spec.bubbles], spec.y_axis))
    ticks = round_ticks(y_low, y_high, _TICK_COUNT)
    left = max(text_width(spec.y_axis.format_value(tick), SMALL) for tick in ticks) + 6
    x = LinearScale(x_low, x_high, left + _LARGEST_RADIUS, spec.width - _LARGEST_RADIUS - 1)
    y = LinearScale(y_low, y_high, spec.height - _FOOT - _LARGEST_RADIUS / 2, _HEAD + _LARGEST_RADIUS)
    return _Plot(spec, x, y, max(bubble.size for bubble in spec.bubbles))


def _with_reference(values: list[float], axis: Axis) -> list[float]:
    return values if axis.reference is None else [*values, axis.reference]


def _axes(plot: _Plot) -> list[Element]:
    spec = plot.spec
    left, bottom = plot.x.start - _LARGEST_RADIUS, spec.height - _FOOT
    marks = [rule((left, bottom), (spec.width, bottom), Role.INK, width=1)]
    labels = [
        Label(0, _HEAD - 4, spec.y_axis.title, role=Role.MUTED).kept_within(0, spec.width),
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
    return marks


def _reference_names(plot: _Plot) -> list[Label]:
    """Return the names of the reference lines, each at the place along its line where the fewest bubbles lie."""
    spec, candidates = plot.spec, []
    left, right = plot.x.start - _LARGEST_RADIUS + 4, spec.width
    if spec.x_axis.reference is not None:
        x = plot.x(spec.x_axis.reference)
        first = Label(x + 4, _HEAD + SMALL, spec.x_axis.reference_label, role=Role.MUTED)
        candidates.append([first, replace(first, x=x - 4, anchor=Anchor.END)])
    if spec.y_axis.reference is not None:
        y = plot.y(spec.y_axis.reference) - 4
        first = Label(right, y, spec.y_axis.reference_label, anchor=Anchor.END, role=Role.MUTED)
        places = [right - (right - left) * index / _REFERENCE_PLACES for index in range(_REFERENCE_PLACES + 1)]
        candidates.append([replace(first, x=place) for place in places])
    circles = [_box(plot.circle(bubble)) for bubble in spec.bubbles]
    placed = [[label.kept_within(left, right) for label in labels] for labels in candidates]
    return keep_apart([min(labels, key=lambda label: sum(map(label.box.overlaps, circles))) for labels in placed])


def _names(plot: _Plot, ordered: list[Bubble]) -> list[_Name]:
    """Return the names of the largest bubbles, each at the first free place around it, near ones first."""
    taken = [_box(plot.circle(bubble)) for bubble in ordered]
    fixed = [label.box for label in _reference_names(plot)]
    inside = Box(plot.x.start - _LARGEST_RADIUS, _HEAD, plot.spec.width, plot.spec.height - _FOOT)
    names: list[_Name] = []
    for index, bubble in enumerate(ordered[: plot.spec.named]):
        others = [*taken[:index], *taken[index + 1 :], *fixed]
        for name in _candidates(plot.circle(bubble), bubble.label):
            box = name.label.box
            covered = name.covered
            if box.within(inside) and not _collide(box, others) and not _collide(covered, fixed):
                names.append(name)
                fixed += [box, covered]
                break
    return names


def _collide(box: Box, others: list[Box]) -> bool:
    return any(box.overlaps(other) for other in others)


def _candidates(circle: tuple[float, float, float], words: str) -> list[_Name]:
    x, y, radius = circle
    names = []
    for distance in _DISTANCES:
        for right, down, anchor in _DIRECTIONS:
            reach = radius + distance
            end = (x + right * reach, y + down * reach)
            baseline = end[1] + SMALL * (0.36 + 0.45 * down)
            label = Label(end[0] + (_NEAR if right > 0 else -_NEAR if right < 0 else 0), baseline, words, anchor=anchor)
            leader = None if distance == _NEAR else ((x + right * radius, y + down * radius), end)
            names.append(_Name(label, leader))
    return names


def _box(circle: tuple[float, float, float]) -> Box:
    x, y, radius = circle
    return Box(x - radius, y - radius, x + radius, y + radius)
