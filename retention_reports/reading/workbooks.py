"""Spreadsheet files (.xlsx, .xlsm, .xlsb, .xls, .ods) to rows of typed cells, sheet by sheet, within bounds."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from retention_reports.messages import say
from retention_reports.reading.files import MEGABYTE
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.repeated_cells import repeated_extents
from retention_reports.reading.sheet_formats import PERCENT, marked_cells, sheet_extents
from retention_reports.reading.typed_cells import CurrencyCell, PercentCell, is_filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.reading.typed_cells import Cell

ENDINGS = (".xlsx", ".ods", ".xlsm", ".xlsb", ".xls")
_LARGEST_UNPACKED = 100 * MEGABYTE
_HIGHEST_RATIO = 200
_MOST_CELLS = 25_000_000
_MOST_SPARSE = 4_000_000
"""More cells must be written down one by one, in a byte each at least: a few bytes can stand for millions."""
_PANIC = "PanicException"
"""What the library raises where it would have gone on with nonsense; it cannot be imported, and is no `Exception`."""


class Workbook:
    """A spreadsheet file; the rows of a sheet are read when asked for, and once."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            UnreadableFileError: it is no spreadsheet, is locked by a password, or holds more than can be read.
        """
        self._archive = _archive(data)
        with _as_unreadable():
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self._rows: dict[str, list[list[Cell]]] = {}

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, in the order of their tabs."""
        return list(self._book.sheet_names)

    @property
    def filled_sheets(self) -> list[str]:
        """The names of the sheets that hold anything."""
        return [name for name in self.sheets if self.rows(name)]

    @property
    def tables(self) -> list[str]:
        """The names of the sheets that hold rows of several cells, and not a title or a note."""
        return [name for name in self.sheets if sum(map(_has_several, self.rows(name))) > 1]

    def rows(self, sheet: str) -> list[list[Cell]]:
        """Return every row of a sheet, from its first line and column on, as wide as the widest; [] of an empty one.

        Raises:
            UnreadableFileError: the sheet cannot be read.
        """
        if sheet not in self._rows:
            with _as_unreadable():
                rows = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            self._rows[sheet] = self._with_marks(sheet, rows) if any(map(_any_filled, rows)) else []
        return self._rows[sheet]

    def _with_marks(self, sheet: str, rows: list[list[Cell]]) -> list[list[Cell]]:
        for row, column, mark in marked_cells(self._archive, sheet) if self._archive else ():
            cell = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
            if isinstance(cell, float):
                rows[row][column] = PercentCell(cell) if mark == PERCENT else CurrencyCell(cell, mark)
        return rows


@contextmanager
def _as_unreadable() -> Iterator[None]:
    """Turn whatever the library raises at a broken file into what the user is told, its panics included.

    Raises:
        UnreadableFileError: it is no spreadsheet, or locked by a password.
    """
    try:
        yield
    except PasswordError as problem:
        raise UnreadableFileError("locked file", say("files.locked")) from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem
    except BaseException as problem:
        if type(problem).__name__ != _PANIC:
            raise
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem


def _any_filled(row: list[Cell]) -> bool:
    return any(map(is_filled, row))


def _has_several(row: list[Cell]) -> bool:
    return sum(map(is_filled, row)) > 1


def _archive(data: bytes) -> zipfile.ZipFile | None:
    """Return the archive that a spreadsheet is, unless it is of the old kind (.xls), which is none.

    Raises:
        UnreadableFileError: it unpacks to too much, or a sheet reaches so far that no computer could hold it.
    """
    if not data.startswith(b"PK"):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as problem:
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if unpacked > _LARGEST_UNPACKED or (unpacked > MEGABYTE and unpacked / packed > _HIGHEST_RATIO):
        raise UnreadableFileError("file too large", say("files.unpacks_to_too_much", bytes=unpacked))
    for rows, columns, written in (*sheet_extents(archive), *repeated_extents(archive)):
        if rows * columns > (_MOST_CELLS if rows * columns <= written else _MOST_SPARSE):
            raise UnreadableFileError("file too large", say("files.reaches_too_far", rows=rows, columns=columns))
    return archive
