"""Spreadsheets (.xlsx, .ods) to text, as if they had been exported as CSV."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from retention_reports.reading.files import MEGABYTE
from retention_reports.reading.grid import grid_of_rows
from retention_reports.reading.problems import UnreadableFileError, suggestion

if TYPE_CHECKING:
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.settings import FileSettings

ENDINGS = (".xlsx", ".ods")
_Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
_LARGEST_UNPACKED = 100 * MEGABYTE
_HIGHEST_RATIO = 200


def split_sheet(data: bytes, settings: FileSettings) -> Grid:
    """Return the cells of the declared sheet, or of the first, as text in the declared form.

    Raises:
        UnreadableFileError: it is no spreadsheet, unpacks to too much, or lacks the sheet or a header.
    """
    _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        sheet = workbook.get_sheet_by_name(settings.sheet or names[0])
    except WorksheetNotFound as problem:
        message = f'has no sheet "{settings.sheet}" ({suggestion(settings.sheet, names)})'
        raise UnreadableFileError("unknown sheet", message) from problem
    except (CalamineError, IndexError, OSError, ValueError) as problem:
        raise UnreadableFileError("not a spreadsheet", "is not a readable spreadsheet (save it again)") from problem
    rows = sheet.to_python(skip_empty_area=False)[settings.header_line - 1 :]
    if not rows or not any(str(cell).strip() for cell in rows[0]):
        message = "the row that must name the columns is empty (write header_line in client.toml)"
        raise UnreadableFileError("missing header", message, settings.header_line)
    texts = [[_text(cell, settings) for cell in row] for row in _without_empty_columns(rows)]
    return grid_of_rows(texts, range(settings.header_line, settings.header_line + len(texts)))


def _check_size(data: bytes) -> None:
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError) as problem:
        raise UnreadableFileError("not a spreadsheet", "is not a readable spreadsheet (save it again)") from problem
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if unpacked > _LARGEST_UNPACKED or (unpacked > MEGABYTE and unpacked / packed > _HIGHEST_RATIO):
        message = f"unpacks to {unpacked:,} bytes, which is too much (save it as CSV)"
        raise UnreadableFileError("file too large", message)


def _without_empty_columns(rows: list[list[_Cell]]) -> list[list[_Cell]]:
    width = max(place for place, cell in enumerate(rows[0], start=1) if str(cell).strip())
    if any(str(cell).strip() for row in rows for cell in row[width:]):
        return rows
    return [row[:width] for row in rows]


def _text(cell: _Cell, settings: FileSettings) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime | date):
        return cell.strftime(settings.date_format or "%Y-%m-%d")
    if isinstance(cell, float):
        plain = str(int(cell)) if cell.is_integer() else repr(cell)
        return plain.replace(".", settings.decimal or ".")
    return str(cell)
