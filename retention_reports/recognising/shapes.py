"""Tables made for people: a column a month, headings of groups, notes below, a second header."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_reports.reading.cells import cells_of
from retention_reports.reading.column_words import folded, word_groups
from retention_reports.reading.day_forms import ISO_DAY
from retention_reports.reading.reshaping import months_in
from retention_reports.recognising.contents import MONTH_FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_reports.reading.grid import Grid
    from retention_reports.reading.typed_cells import Cell

_FORMS = (*MONTH_FORMS, ISO_DAY, "%d.%m.%Y")
"""How the headings of a column a month are written; the last two for its first day."""
_FEWEST_MONTHS = 3
_ROWS = 400
"""So many of the first rows tell how a table is made."""
_NOTES_BELOW = 20
_FEWEST_GROUPS = 3
_SAME_AS_HEADER = 0.6
_NET = re.compile(r"netto|umsatz|\bnet\b|revenue|sales|\bht\b|omzet|chiffre", re.IGNORECASE)
_WRITTEN_AMOUNT = re.compile(
    r"[-+]?(?:[0-9]{1,3}(?:[.' ][0-9]{3})+|[0-9]+)(?P<sign>[.,])[0-9]{1,2}(?:\s?(?:€|EUR|CHF|\$))?"
)
"""An amount whose decimal sign is sure."""
_WRITTEN_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.[0-9]{1,2}\.[0-9]{2,4}")
_MONTHS = 12
_DIGIT = re.compile(r"[0-9].*", re.DOTALL)


def month_form(header: Sequence[str]) -> str:
    """Return how the headings are written that are months; nothing where there are not several."""
    counts = {form: len(months_in([heading for heading in header if heading], form)) for form in _FORMS}
    best = max(counts, key=lambda form: counts[form])
    return best if counts[best] >= _FEWEST_MONTHS else ""


def unrolled(header: Sequence[str], about: str) -> dict[str, Any]:
    """Return the settings for a table with a column a month. `about` is what its file and sheet are called."""
    form = month_form(header)
    if not form:
        return {}
    return {"form": form, "day": "Monat", "amount": "Umsatz netto" if _NET.search(about) else "Betrag"}


def group_column(grid: Grid) -> str:
    """Return in which column groups have their headings, each alone in its row; nothing where none have."""
    rows = range(min(len(grid.lines), _ROWS))
    filled = _filled(grid, rows)
    if filled.shape[1] < _FEWEST_GROUPS or len(filled) <= _FEWEST_GROUPS or not grid.header[0]:
        return ""
    totals = word_groups()["totals"]["words"]
    texts = [cells_of(grid.columns[0])[row] for row in rows]
    alone = filled[:, 0] & (filled.sum(axis=1) == 1)
    is_group = alone & np.array([folded(str(text)) not in totals for text in texts])
    is_body = filled.sum(axis=1) > 1
    # Headings stand before rows of their own; what only follows them is a footer.
    leads = is_group[:-1] & is_body[1:]
    return grid.header[0] if is_group[0] and leads.sum() >= _FEWEST_GROUPS else ""


def rows_apart(grid: Grid) -> tuple[npt.NDArray[np.intp], list[str], str]:
    """Return which rows are the table's, the words of notes below it, and the first cell of a second header."""
    kept = np.ones(len(grid.lines), dtype=np.bool_)
    notes = [_note(cells) for fault in grid.faults if fault.is_error for _, cells in fault.rows]
    usual = int(np.median(_filled(grid, range(min(len(kept), _ROWS))).sum(axis=1))) if len(kept) else 0
    for last in range(len(kept) - 1, max(0, len(kept) - _NOTES_BELOW), -1):
        row = [cells_of(column)[last] for column in grid.columns]
        if sum(bool(cell.strip()) for cell in row) > max(1, usual // 3):
            break
        if not _is_total(row):
            notes.append(_note(row))
            kept[last] = False
    second = _second_header(grid)
    if second:
        kept[0] = False
    return np.flatnonzero(kept), list(dict.fromkeys(filter(None, notes))), second


def typing_of(rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """Return the settings by which texts among a sheet's numbers and days are read, where they leave no doubt.

    Days are right as they stand where texts among them could have been taken for days too, and were not, or where days
    stand among them that no program takes for months.
    """
    texts = [cell.strip() for row in rows for cell in row if isinstance(cell, str)]
    written = {match["sign"] for text in texts if (match := _WRITTEN_AMOUNT.fullmatch(text))}
    settings: dict[str, Any] = {"decimal": ","} if written == {","} else {}
    days = [match for text in texts if (match := _WRITTEN_DAY.fullmatch(text))]
    typed = [cell.day for row in rows for cell in row if isinstance(cell, date)]
    if days and typed and (max(typed) > _MONTHS or any(int(match["day"]) <= _MONTHS for match in days)):
        settings["day_cells"] = "right"
    return settings


def _is_total(row: Sequence[str]) -> bool:
    totals = word_groups()["totals"]["words"]
    return any(folded(cell) in totals for cell in row if cell.strip())


def _note(row: Sequence[str]) -> str:
    """Return by what a note is known again: its text up to the first digit."""
    filled = [cell.strip() for cell in row if cell.strip()]
    text = next((cell for cell in filled if cell[0].isalpha() or cell[0] in "(*©–-"), "")
    start = _DIGIT.sub("", text)
    return text if start == text else f"{start}*" if start.strip() else ""


def _second_header(grid: Grid) -> str:
    if not len(grid.lines):
        return ""
    first = [cells_of(column)[0].strip() for column in grid.columns]
    same = sum(cell == heading for cell, heading in zip(first, grid.header, strict=True) if heading)
    return first[0] if first[0] and same >= _SAME_AS_HEADER * len(grid.header) else ""


def _filled(grid: Grid, rows: range) -> npt.NDArray[np.bool_]:
    """Return for each of the rows which of its cells hold something: rows × columns."""
    if not len(rows):
        return np.zeros((0, len(grid.header)), dtype=np.bool_)
    columns = [cells_of(column) for column in grid.columns]
    return np.array([[bool(cells[row].strip()) for cells in columns] for row in rows])
