"""Rows that hold one cell alone where others are needed: headings of groups, notes below a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import Private, say
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

STRAY_ROW = "stray_row"
_FEWEST_MISSING = 2
"""A row that lacks one needed cell is an incomplete row; one that lacks more, and holds one cell, is none."""
_MOST_NAMED = 5


def without_stray_rows(tables: Mapping[str, SourceTable], log: ProblemLog) -> dict[str, SourceTable]:
    """Return the tables without rows of one cell alone; those are errors, told once a table with what skips them."""
    return {name: _without_stray_rows(table, log) for name, table in tables.items()}


def _without_stray_rows(table: SourceTable, log: ProblemLog) -> SourceTable:
    found = {row: cell for row in _candidates(table).tolist() if (cell := _only_cell(table, row)) is not None}
    if not found:
        return table
    first = min(found)
    heading, text = found[first]
    words = list(dict.fromkeys(word for other, word in found.values() if other == heading))
    message = say(
        "sheets.stray_rows",
        n=len(found),
        text=Private(shown(text)),
        table=table.schema.name,
        cure=Private(f"{shown(heading)} = [{', '.join(map(shown, words[:_MOST_NAMED]))}]"),
    )
    log.error(table.location(first), STRAY_ROW.replace("_", " "), message)
    rows = np.zeros(table.row_count, dtype=np.bool_)
    rows[list(found)] = True
    return table.without(rows, STRAY_ROW)


def _candidates(table: SourceTable) -> npt.NDArray[np.intp]:
    """Return the rows that lack all needed cells but one, and two or more."""
    required = (column.name for column in table.schema.columns if column.required)
    needed = [table.cells[name] for name in required if name in table.cells]
    gaps = [cells.empty for cells in needed if cells.has_empty]
    if len(gaps) < max(_FEWEST_MISSING, len(needed) - 1):
        return np.empty(0, dtype=np.intp)
    missing = np.sum(gaps, axis=0)
    return np.flatnonzero(missing >= max(_FEWEST_MISSING, len(needed) - 1))


def _only_cell(table: SourceTable, row: int) -> tuple[str, str] | None:
    """Return the only filled cell of a row, with its column's name in the file; None where there are more."""
    part = table.part_of(row)
    place = part.rows[row - part.first_row]
    cells = zip(part.grid.header, (str(column[place]).strip() for column in part.grid.columns), strict=True)
    filled = [(heading, text) for heading, text in cells if text]
    return filled[0] if len(filled) == 1 else None
