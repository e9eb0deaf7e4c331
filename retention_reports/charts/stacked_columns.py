"""Columns stacked by group over periods: what a total consists of, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.direct_labels import (
    GAP,
    EndLabel,
    columns_labels,
    columns_labels_height,
    end_labels,
    end_labels_width,
)
from retention_reports.charts.frame import Chart, Group, Value, document, require_some
from retention_reports.charts.geometry import Box, span
from retention_reports.charts.marks import bar, rule, texts
from retention_reports.charts.scales import BandScale, LinearScale, extent_with_zero
from retention_reports.charts.style import BAR_GAP, EARLIER_OPACITY, NORMAL, SMALL, Role
from retention_reports.charts.text import Anchor, Label, Weight, keep_apart
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_TOTAL_SPACE = 16.0
_SEGMENT_GAP = 1.0


@record
class StackedColumn:
    """A period: one value for each of the chart's groups in their order, and the total as text.

    `note` stands below `label` (the year below a quarter).
    """

    label: str
    values: tuple[Value, ...]
    total: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StackedColumns(Chart):
    """Groups from the bottom upwards; negative values hang below the zero line. The last column is emphasised."""

    groups: tuple[Group, ...]
    columns: tuple[StackedColumn, ...]
    height: float = 250
    emphasise_last: bool = True


@record
class _Plot:
    spec: StackedColumns
    bands: BandScale
    scale: LinearScale
    right: float
    bottom: float


def draw_stacked_columns(spec: StackedColumns) -> str:
    """Return the chart; raises ValueError without columns or groups, or where a column's values do not match them."""
    require_some(spec.columns, "column")
    require_some(spec.groups, "group")
    if any(len(column.values) != len(spec.groups) for column in spec.columns):
        message = "every column needs one value for each group"
        raise ValueError(message)
    plot = _plot(spec)
    boxes = [_segments(plot, index) for index in range(len(spec.columns))]
    bars = [mark for index in range(len(spec.columns)) for mark in _column_marks(plot, index, boxes[index])]
    zero = plot.scale(0)
    base = rule((0, zero), (plot.right, zero), Role.INK, width=1)
    totals = _totals(plot, boxes)
    below = columns_labels(_labels(spec), plot.bands, plot.bottom, strong=_strong(spec))
    names = end_labels(_end_labels(spec, boxes[-1]), plot.right + GAP, spec.width, 0, plot.bottom)
    return document(spec, spec.height, *bars, base, *texts(totals), *texts(below), *texts(names))


def _plot(spec: StackedColumns) -> _Plot:
    right = spec.width - end_labels_width(_end_labels(spec, []), spec.width)
    bands = BandScale(len(spec.columns), 0, right, BAR_GAP)
    bottom = spec.height - columns_labels_height(_labels(spec), bands.step, _strong(spec))
    sums = [_stack_ends([value.value for value in column.values]) for column in spec.columns]
    low, high = extent_with_zero(end for ends in sums for end in ends)
    below = _TOTAL_SPACE if low < 0 else 2
    return _Plot(spec, bands, LinearScale(low, high, bottom - below, _TOTAL_SPACE), right, bottom)


def _stack_ends(values: list[float]) -> tuple[float, float]:
    return sum(value for value in values if value < 0), sum(value for value in values if value > 0)


def _segments(plot: _Plot, index: int) -> list[Box]:
    """Return one box a group; positive values upwards from zero, negative ones downwards."""
    above = below = 0.0
    boxes = []
    for value in plot.spec.columns[index].values:
        start = above if value.value >= 0 else below
        end = start + value.value
        boxes.append(span(plot.bands.left(index), plot.scale(start), plot.bands.width, plot.scale(end)))
        above, below = (end, below) if value.value >= 0 else (above, end)
    return boxes


def _column_marks(plot: _Plot, index: int, boxes: list[Box]) -> list[Element]:
    spec = plot.spec
    last = index == len(spec.columns) - 1
    opacity = 1 if last or not spec.emphasise_last else EARLIER_OPACITY
    column = spec.columns[index]
    period = f"{column.label} {column.note}".strip()
    return [
        bar(_with_gap(box), group.role, opacity=opacity, tooltip=f"{period} · {group.label}: {value.text}")
        for box, group, value in zip(boxes, spec.groups, column.values, strict=True)
        if value.value
    ]


def _with_gap(box: Box) -> Box:
    """Return the box a little lower at its top, so that neighbours stay apart in print without colours."""
    return Box(box.left, box.top + min(_SEGMENT_GAP, box.height / 4), box.right, box.bottom)


def _totals(plot: _Plot, boxes: list[list[Box]]) -> list[Label]:
    last = len(boxes) - 1
    labels = []
    for index in range(last, -1, -1):
        strong = index == last and plot.spec.emphasise_last
        weight = Weight.SEMIBOLD if strong else Weight.REGULAR
        y = _total_baseline(plot, index, boxes[index])
        label = Label(plot.bands.centre(index), y, plot.spec.columns[index].total, SMALL, Anchor.MIDDLE, weight)
        labels.append(label.kept_within(0, plot.right))
    return keep_apart(labels, [box for column in boxes for box in column if box.height])


def _total_baseline(plot: _Plot, index: int, boxes: list[Box]) -> float:
    values = [value.value for value in plot.spec.columns[index].values]
    if any(value < 0 for value in values) and not any(value > 0 for value in values):
        return max(box.bottom for box in boxes) + NORMAL
    return min(box.top for box in boxes) - 5


def _end_labels(spec: StackedColumns, boxes: list[Box]) -> list[EndLabel]:
    centres = [(box.top + box.bottom) / 2 for box in boxes] or [0.0] * len(spec.groups)
    shown = reversed(list(zip(spec.groups, spec.columns[-1].values, centres, strict=True)))
    return [EndLabel(y, group.label, value.text, group.role) for group, value, y in shown]


def _labels(spec: StackedColumns) -> list[tuple[str, str]]:
    return [(column.label, column.note) for column in spec.columns]


def _strong(spec: StackedColumns) -> frozenset[int]:
    return frozenset({len(spec.columns) - 1}) if spec.emphasise_last else frozenset()
