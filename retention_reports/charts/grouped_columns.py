"""Columns of actual figures with the previous year and the plan beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.direct_labels import columns_labels, columns_labels_height
from retention_reports.charts.frame import Chart, Group, Value, document, require_some
from retention_reports.charts.geometry import Box, span
from retention_reports.charts.marks import bar, corners, hatched, key, outline, rule, texts
from retention_reports.charts.scales import BandScale, LinearScale, extent_with_zero
from retention_reports.charts.style import NORMAL, SMALL, Role
from retention_reports.charts.text import Anchor, Label, Weight, keep_apart

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_GAP = 0.3
_HEAD = 20.0
_VALUE_SPACE = 15.0
_OVERLAP = 0.35


@dataclass(frozen=True)
class ColumnSet:
    """A period or category; what is None is not drawn. `forecast` stands where there is no actual figure yet."""

    label: str
    actual: Value | None = None
    previous: Value | None = None
    plan: Value | None = None
    forecast: Value | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupedColumns(Chart):
    """Actual figures solid in front, the previous year lighter behind at the left, the plan outlined at the right.

    A forecast is hatched in the place of an actual figure. The labels name the four in the key; an empty one is
    left out of it.
    """

    sets: tuple[ColumnSet, ...]
    actual_label: str
    previous_label: str = ""
    plan_label: str = ""
    forecast_label: str = ""
    role: Role = Role.ACTUAL
    height: float = 240


@dataclass(frozen=True)
class _Plot:
    spec: GroupedColumns
    bands: BandScale
    scale: LinearScale
    bottom: float
    column: float
    shift: float


def draw_grouped_columns(spec: GroupedColumns) -> str:
    """Return the chart; raises ValueError without columns or without any value."""
    require_some([value for columns in spec.sets for value in _values(columns)], "value")
    plot = _plot(spec)
    marks = [mark for index in range(len(spec.sets)) for mark in _columns(plot, index)]
    base = rule((0, plot.scale(0)), (spec.width, plot.scale(0)), Role.INK, width=1)
    below = columns_labels(_labels(spec), plot.bands, plot.bottom)
    head = key(_groups(spec), SMALL, spec.width)
    return document(spec, spec.height, *head, *marks, base, *texts(_value_labels(plot)), *texts(below))


def _plot(spec: GroupedColumns) -> _Plot:
    bands = BandScale(len(spec.sets), 0, spec.width, _GAP)
    bottom = spec.height - columns_labels_height(_labels(spec), bands.step)
    low, high = extent_with_zero(value.value for columns in spec.sets for value in _values(columns))
    scale = LinearScale(low, high, bottom - (_VALUE_SPACE if low < 0 else 2), _HEAD + _VALUE_SPACE)
    sides = any(columns.previous for columns in spec.sets) + any(columns.plan for columns in spec.sets)
    column = bands.width / (1 + sides * _OVERLAP)
    return _Plot(spec, bands, scale, bottom, column, column * _OVERLAP)


def _values(columns: ColumnSet) -> list[Value]:
    return [value for value in (columns.actual, columns.previous, columns.plan, columns.forecast) if value is not None]


def _front_left(plot: _Plot, index: int) -> float:
    has_previous = any(columns.previous for columns in plot.spec.sets)
    return plot.bands.left(index) + (plot.shift if has_previous else 0)


def _box(plot: _Plot, index: int, value: Value, shift: float) -> Box:
    return span(_front_left(plot, index) + shift, plot.scale(0), plot.column, plot.scale(value.value))


def _columns(plot: _Plot, index: int) -> list[Element]:
    spec, columns = plot.spec, plot.spec.sets[index]
    marks: list[Element] = []
    if columns.previous:
        box = _box(plot, index, columns.previous, -plot.shift)
        marks.append(bar(box, Role.PREVIOUS, tooltip=_words(columns, spec.previous_label, columns.previous)))
    if columns.plan:
        box = _box(plot, index, columns.plan, plot.shift)
        marks.append(outline(box, Role.PLAN, tooltip=_words(columns, spec.plan_label, columns.plan)))
    if columns.actual:
        box = _box(plot, index, columns.actual, 0)
        marks.append(bar(box, spec.role, tooltip=_words(columns, spec.actual_label, columns.actual)))
    elif columns.forecast:
        marks += _forecast(plot, index, columns.forecast)
    return marks


def _forecast(plot: _Plot, index: int, value: Value) -> list[Element]:
    box = _box(plot, index, value, 0)
    words = _words(plot.spec.sets[index], plot.spec.forecast_label, value)
    return [
        bar(box, Role.PAPER),
        hatched(f"{plot.spec.identifier}-forecast-{index + 1}", corners(box), Role.FORECAST),
        outline(box, Role.FORECAST, tooltip=words),
    ]


def _words(columns: ColumnSet, name: str, value: Value) -> str:
    return f"{columns.label} {columns.note}".strip() + f" · {name}: {value.text}"


def _value_labels(plot: _Plot) -> list[Label]:
    """Return the texts of the front columns, the last one first where not all fit."""
    labels, boxes = [], []
    for index in range(len(plot.spec.sets) - 1, -1, -1):
        columns = plot.spec.sets[index]
        front = columns.actual or columns.forecast
        boxes += [_box(plot, index, value, 0) for value in _values(columns)]
        if front is None:
            continue
        tops = [plot.scale(value.value) for value in _values(columns)]
        y = max([*tops, plot.scale(0)]) + NORMAL if front.value < 0 else min([*tops, plot.scale(0)]) - 5
        x = _front_left(plot, index) + plot.column / 2
        label = Label(x, y, front.text, SMALL, Anchor.MIDDLE, Weight.SEMIBOLD)
        labels.append(label.kept_within(0, plot.spec.width))
    return keep_apart(labels, [box for box in boxes if box.height])


def _groups(spec: GroupedColumns) -> list[Group]:
    named = [
        (Role.PREVIOUS, spec.previous_label),
        (spec.role, spec.actual_label),
        (Role.PLAN, spec.plan_label),
        (Role.FORECAST, spec.forecast_label),
    ]
    return [Group(role, label) for role, label in named if label]


def _labels(spec: GroupedColumns) -> list[tuple[str, str]]:
    return [(columns.label, columns.note) for columns in spec.sets]
