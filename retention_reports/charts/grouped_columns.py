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
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_GAP = 0.3
_HEAD = 20.0
_VALUE_SPACE = 15.0
_COLUMN_GAP = 1.5
_WIDEST = 180.0


@record
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
    """Actual figures solid, the previous year lighter to the left of it, the plan outlined to the right.

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


@record
class _Plot:
    spec: GroupedColumns
    bands: BandScale
    scale: LinearScale
    bottom: float
    kinds: int
    front: int

    def box(self, index: int, value: Value, place: int) -> Box:
        """Return the column of a value; `place` counts from the actual figure, -1 is left of it."""
        width = self.bands.width / self.kinds
        left = self.bands.left(index) + width * (self.front + place)
        return span(left, self.scale(0), width - _COLUMN_GAP, self.scale(value.value))


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
    bands = BandScale(len(spec.sets), 0, spec.width, _GAP, _WIDEST)
    bottom = spec.height - columns_labels_height(_labels(spec), bands.step)
    low, high = extent_with_zero(value.value for columns in spec.sets for value in _values(columns))
    scale = LinearScale(low, high, bottom - (_VALUE_SPACE if low < 0 else 2), _HEAD + _VALUE_SPACE)
    before = any(columns.previous for columns in spec.sets)
    after = any(columns.plan for columns in spec.sets)
    return _Plot(spec, bands, scale, bottom, 1 + before + after, int(before))


def _values(columns: ColumnSet) -> list[Value]:
    return [value for value in (columns.actual, columns.previous, columns.plan, columns.forecast) if value is not None]


def _columns(plot: _Plot, index: int) -> list[Element]:
    spec, columns = plot.spec, plot.spec.sets[index]
    marks: list[Element] = []
    if columns.previous:
        box = plot.box(index, columns.previous, -1)
        marks.append(bar(box, Role.PREVIOUS, tooltip=_words(columns, spec.previous_label, columns.previous)))
    if columns.plan:
        box = plot.box(index, columns.plan, 1)
        marks.append(outline(box, Role.PLAN, tooltip=_words(columns, spec.plan_label, columns.plan)))
    if columns.actual:
        box = plot.box(index, columns.actual, 0)
        marks.append(bar(box, spec.role, tooltip=_words(columns, spec.actual_label, columns.actual)))
    elif columns.forecast:
        marks += _forecast(plot, index, columns.forecast)
    return marks


def _forecast(plot: _Plot, index: int, value: Value) -> list[Element]:
    box = plot.box(index, value, 0)
    words = _words(plot.spec.sets[index], plot.spec.forecast_label, value)
    return [
        bar(box, Role.PAPER),
        hatched(f"{plot.spec.identifier}-forecast-{index + 1}", corners(box), Role.FORECAST),
        outline(box, Role.FORECAST, tooltip=words),
    ]


def _words(columns: ColumnSet, name: str, value: Value) -> str:
    return f"{columns.label} {columns.note}".strip() + f" · {name}: {value.text}"


def _value_labels(plot: _Plot) -> list[Label]:
    """Return the texts of the columns; where not all fit, actual figures go before plan and previous year."""
    labels, boxes = [], []
    for place in (0, 1, -1):
        for index in range(len(plot.spec.sets) - 1, -1, -1):
            value = _at(plot.spec.sets[index], place)
            if value is None:
                continue
            box = plot.box(index, value, place)
            boxes.append(box)
            labels.append(_value_label(value, box, strong=place == 0).kept_within(0, plot.spec.width))
    return keep_apart(labels, [box for box in boxes if box.height], gap=1)


def _at(columns: ColumnSet, place: int) -> Value | None:
    return {-1: columns.previous, 0: columns.actual or columns.forecast, 1: columns.plan}[place]


def _value_label(value: Value, box: Box, *, strong: bool) -> Label:
    y = box.bottom + NORMAL if value.value < 0 else box.top - 5
    weight, role = (Weight.SEMIBOLD, Role.INK) if strong else (Weight.REGULAR, Role.MUTED)
    return Label((box.left + box.right) / 2, y, value.text, SMALL, Anchor.MIDDLE, weight, role)


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
