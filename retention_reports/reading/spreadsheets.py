"""The sheets of a workbook that a table is read from, as grids of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.grid import grid_of_rows, names_by_position
from retention_reports.reading.problems import UnreadableFileError, shown, suggestion
from retention_reports.reading.typed_cells import is_filled, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.settings import FileSettings
    from retention_reports.reading.typed_cells import Cell
    from retention_reports.reading.workbooks import Workbook

EVERY_SHEET = "*"


def sheets_to_read(book: Workbook, settings: FileSettings) -> list[str]:
    """Return the names of the declared sheets; undeclared, of the first one that holds anything.

    Raises:
        UnreadableFileError: a declared sheet is not there, all are empty, or, undeclared, others have the same columns.
    """
    if settings.sheet == EVERY_SHEET:
        return book.filled_sheets or _refuse_empty()
    if settings.sheet:
        declared = [settings.sheet] if isinstance(settings.sheet, str) else list(settings.sheet)
        for name in declared:
            if name not in book.sheets:
                message = say("sheets.unknown", sheet=shown(name), hint=suggestion(name, book.sheets))
                raise UnreadableFileError("unknown sheet", message)
        return declared
    filled = book.filled_sheets or _refuse_empty()
    first, *others = filled
    names = _names_of_columns(book.rows(first), settings)
    alike = [first, *(name for name in others if names and _names_of_columns(book.rows(name), settings) == names)]
    if len(alike) > 1:
        raise UnreadableFileError("several sheets", _several(alike, every=len(alike) == len(filled)))
    return [first]


def split_sheet(book: Workbook, sheet: str, settings: FileSettings) -> Grid:
    """Return the cells of a sheet as text.

    Raises:
        UnreadableFileError: the sheet lacks a header, or repeats it.
    """
    rows = book.rows(sheet)[max(settings.header_line - 1, 0) :]
    if not settings.header_line and rows:
        rows = [[*names_by_position(len(rows[0]))], *rows]
    if not rows or not any(map(is_filled, rows[0])):
        raise UnreadableFileError("missing header", say("sheets.missing_header"), settings.header_line)
    kept = _without_empty_columns(rows)
    texts = [[text_of(cell, settings) for cell in row] for row in kept]
    is_header = sum(map(is_filled, kept[0])) > 1
    repeated = [place for place, row in enumerate(texts) if place and row == texts[0]] if is_header else ()
    if repeated:
        message = say("headers.repeated", n=len(repeated))
        raise UnreadableFileError("repeated header", message, settings.header_line + repeated[0])
    return grid_of_rows(texts, range(settings.header_line, settings.header_line + len(texts)), kept)


def _several(alike: Sequence[str], *, every: bool) -> Message:
    names = ", ".join(map(shown, alike))
    return say("sheets.several", sheets=names, first=shown(alike[0]), all=shown(EVERY_SHEET) if every else f"[{names}]")


def _names_of_columns(rows: Sequence[Sequence[Cell]], settings: FileSettings) -> frozenset[str]:
    header = rows[settings.header_line - 1] if len(rows) >= settings.header_line > 0 else ()
    return frozenset(" ".join(cell.split()) for cell in header if isinstance(cell, str) and cell.strip())


def _without_empty_columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max(place for place, cell in enumerate(rows[0], start=1) if is_filled(cell))
    if any(is_filled(cell) for row in rows for cell in row[width:]):
        return rows
    return [row[:width] for row in rows]


def _refuse_empty() -> list[str]:
    raise UnreadableFileError("empty file", say("sheets.empty"))
