"""Rows by columns in shades, each cell with its figure: cohorts by age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Value, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import bar, texts
from retention_reports.charts.style import NORMAL, SMALL, Role, heat
from retention_reports.charts.text import Anchor, Label, Weight, ellipsized, text_width, wrapped
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_ROW_HEIGHT = 22.0
_HEAD_HEIGHT = 18.0
_LINE = 11.0
_CELL_GAP = 1.0
_COLUMN_GAP = 10.0
_WIDEST_NAME_SHARE = 0.3
_WIDEST_CELL = 72.0


@record
class HeatRow:
    """A row: its name, a note beside it (its size, say) and one cell a column; None leaves the cell empty."""

    label: str
    cells: tuple[Value | None, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatMap(Chart):
    """Shades run from `low` (palest) to `high` (deepest); the height follows from the number of rows."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    low: float = 0
    high: float = 1
    heading: str = ""
    note_heading: str = ""


@record
class _Grid:
    spec: HeatMap
    note_right: float
    left: float
    cell: float
    head: float


def draw_heat_map(spec: HeatMap) -> str:
    """Return the chart; raises ValueError without rows or columns, or where a row's cells do not match the columns."""
    require_some(spec.rows, "row")
    require_some(spec.columns, "column")
    if any(len(row.cells) != len(spec.columns) for row in spec.rows) or spec.high <= spec.low:
        message = "every row needs one cell a column, and the scale an extent"
        raise ValueError(message)
    grid = _grid(spec)
    height = grid.head + len(spec.rows) * _ROW_HEIGHT
    marks = [mark for index in range(len(spec.rows)) for mark in _row(grid, index)]
    return document(spec, height, *texts(_headings(grid)), *marks)


def _grid(spec: HeatMap) -> _Grid:
    names = _widest([spec.heading, *(row.label for row in spec.rows)], spec.width * _WIDEST_NAME_SHARE)
    notes = _widest([spec.note_heading, *(row.note for row in spec.rows)], spec.width * _WIDEST_NAME_SHARE / 2)
    note_right = names + (_COLUMN_GAP + notes if notes else 0)
    left = note_right + _COLUMN_GAP
    cell = min((spec.width - left) / len(spec.columns), _WIDEST_CELL)
    most_lines = max(len(wrapped(name, cell - 2, SMALL)) for name in spec.columns)
    return _Grid(spec, note_right, left, cell, _HEAD_HEIGHT + (most_lines - 1) * _LINE)


def _widest(texts_of_column: list[str], limit: float) -> float:
    return min(max(text_width(words, NORMAL, Weight.SEMIBOLD) for words in texts_of_column), limit)


def _headings(grid: _Grid) -> list[Label]:
    spec, y = grid.spec, grid.head - _HEAD_HEIGHT + SMALL + 1
    first = Label(0, y, ellipsized(spec.heading, spec.width * _WIDEST_NAME_SHARE, SMALL), role=Role.MUTED)
    shown_note = ellipsized(spec.note_heading, spec.width * _WIDEST_NAME_SHARE / 2, SMALL)
    note = Label(grid.note_right, y, shown_note, anchor=Anchor.END, role=Role.MUTED)
    columns = [
        Label(grid.left + (index + 0.5) * grid.cell, y - below * _LINE, line, anchor=Anchor.MIDDLE, role=Role.MUTED)
        for index, name in enumerate(spec.columns)
        for below, line in enumerate(reversed(wrapped(name, grid.cell - 2, SMALL)))
    ]
    return [first, note, *columns]


def _row(grid: _Grid, index: int) -> list[Element]:
    row = grid.spec.rows[index]
    top = grid.head + index * _ROW_HEIGHT
    y = top + _ROW_HEIGHT / 2 + SMALL * 0.36
    room = grid.spec.width * _WIDEST_NAME_SHARE
    labels = [
        Label(0, y, ellipsized(row.label, room, SMALL), SMALL),
        Label(grid.note_right, y, ellipsized(row.note, room / 2, SMALL), anchor=Anchor.END, role=Role.MUTED),
    ]
    cells = [mark for column in range(len(row.cells)) for mark in _cell(grid, index, column, y)]
    return [*texts(labels), *cells]


def _cell(grid: _Grid, row_index: int, column_index: int, baseline: float) -> list[Element]:
    spec = grid.spec
    row = spec.rows[row_index]
    value = row.cells[column_index]
    if value is None:
        return []
    fill, ink = heat((value.value - spec.low) / (spec.high - spec.low))
    left, top = grid.left + column_index * grid.cell, grid.head + row_index * _ROW_HEIGHT
    box = Box(left, top, left + grid.cell - _CELL_GAP, top + _ROW_HEIGHT - _CELL_GAP)
    shown = ellipsized(value.text, box.width - 2, SMALL)
    label = Label((box.left + box.right) / 2, baseline - _CELL_GAP / 2, shown, anchor=Anchor.MIDDLE, role=ink)
    return [bar(box, fill, tooltip=f"{row.label} · {spec.columns[column_index]}: {value.text}"), *texts([label])]
