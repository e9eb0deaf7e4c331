"""Files to grids: each is decoded and taken apart once for all tables that are read from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.decoding import utf8_of
from retention_reports.reading.file_kinds import check_kind
from retention_reports.reading.grid import split_text
from retention_reports.reading.headers import LINES_LOOKED_AT, check_header, first_rows
from retention_reports.reading.letters import garbled_rows, garbled_words
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.reading.spreadsheets import sheets_to_read, split_sheet
from retention_reports.reading.typed_cells import faults_of, text_of
from retention_reports.reading.workbooks import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retention_reports.model.schema import Column
    from retention_reports.reading.files import FileBytes, FolderFiles
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.headers import WantedColumns
    from retention_reports.reading.letters import GarbledWords
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.settings import FileSettings

    _Key: TypeAlias = tuple[str, ...]

_HEADER_PROBLEMS = frozenset({"missing header", "repeated header"})
"""What may be wrong because the columns are named on another line, or nowhere."""


class GridReader:
    """Reads the files of one client; problems go to the files' log."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._grids: dict[_Key, Grid | UnreadableFileError] = {}
        self._texts: dict[tuple[str, str], bytes] = {}
        self._books: dict[str, Workbook] = {}
        self._read_sheets: dict[str, set[str]] = {}
        self._first_sheet_alone: set[str] = set()

    def read(self, path: str, settings: FileSettings, wanted: WantedColumns) -> list[tuple[str, Grid]]:
        """Return the grids of a file, each under the name that messages call it by; none if it cannot be read."""
        content = self._files.read(path)
        if content is None:
            return []
        try:
            if check_kind(path, content.data):
                return list(self._sheets(content, settings, wanted))
            return [(path, self._text(content, settings, wanted))]
        except UnreadableFileError as problem:
            self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
            return []

    def warn_of_unread_sheets(self) -> None:
        """Name the sheets of each workbook that hold a table which nobody read.

        Where nobody has named the sheets to read, what they hold may be missing, and the report says so.
        """
        for path, read in self._read_sheets.items():
            unread = [name for name in self._books[path].tables if name not in read]
            if unread and read:
                message = say("sheets.unread", n=len(unread), sheets=", ".join(map(shown, unread)))
                page = say("sheets.unread_page", n=len(unread), sheets=", ".join(map(shown, unread)), file=path)
                on_first_page = page if path in self._first_sheet_alone else None
                self._files.log.warning(self._files.location(path), "unread sheet", message, on_first_page)

    def _text(self, content: FileBytes, settings: FileSettings, wanted: WantedColumns) -> Grid:
        source = (content.path, settings.encoding)
        if source not in self._texts:
            self._texts[source] = utf8_of(content.data, settings.encoding)
            self._warn_of_letters(content.path, garbled_words(content.data, self._texts[source], settings.encoding))
        text = self._texts[source]
        key = (*source, settings.separator, str(settings.header_line))
        return self._checked(
            key,
            partial(split_text, text, settings.separator, settings.header_line),
            partial(first_rows, text, settings.separator),
            wanted,
            settings,
        )

    def _sheets(self, content: FileBytes, settings: FileSettings, wanted: WantedColumns) -> Iterator[tuple[str, Grid]]:
        path = content.path
        if path not in self._books:
            self._books[path] = Workbook(content.data)
        book = self._books[path]
        sheets = sheets_to_read(book, settings)
        if not settings.sheet:
            self._first_sheet_alone.add(path)
            _refuse_other_sheet(book, sheets[0], settings, wanted)
        self._read_sheets.setdefault(path, set()).update(sheets)
        for sheet in sheets:
            form = (settings.decimal, str(settings.date_format), settings.day_cells, settings.encoding)
            key = (path, sheet, str(settings.header_line), *form)
            name = path if len(sheets) == 1 else f"{path} [{sheet}]"
            if key not in self._grids:
                self._warn_of_letters(name, garbled_rows(book.rows(sheet), settings.encoding))
            grid = self._checked(
                key,
                partial(split_sheet, book, sheet, settings),
                partial(_first_rows_of, book, sheet, settings),
                wanted,
                settings,
            )
            yield name, grid

    def _warn_of_letters(self, path: str, garbled: GarbledWords | None) -> None:
        if garbled is not None:
            self._files.log.warning(self._files.location(path, garbled.line), "garbled letters", garbled.message)

    def _checked(
        self,
        key: _Key,
        split: Callable[[], Grid],
        rows: Callable[[], list[list[str]]],
        wanted: WantedColumns,
        settings: FileSettings,
    ) -> Grid:
        if key not in self._grids:
            try:
                self._grids[key] = split()
            except UnreadableFileError as problem:
                self._grids[key] = problem
        found = self._grids[key]
        if not isinstance(found, UnreadableFileError):
            if settings.header_line and not wanted.all_in(found.header):
                check_header(wanted, found.header, rows(), settings.header_line)
            return found
        if settings.header_line and found.kind in _HEADER_PROBLEMS:
            first = rows()
            check_header(wanted, next(iter(first[settings.header_line - 1 :]), ()), first, settings.header_line)
        raise found


def check_typing(
    path: str, grid: Grid, columns: Iterable[tuple[Column, int]], settings: FileSettings, log: ProblemLog
) -> bool:
    """Tell what the types of a spreadsheet's cells betray; return whether the table can be read nevertheless.

    `columns` are the table's, each with a column of the grid that it is made of.
    """
    is_readable = True
    for column, position in columns if grid.typed else ():
        for fault in faults_of(column, grid.typed[position], settings):
            location = Location(path, int(grid.lines[fault.place]), grid.header[position])
            if fault.is_error:
                log.error(location, fault.kind, fault.message)
                is_readable = False
            else:
                log.warning(location, fault.kind, fault.message, fault.on_first_page)
    return is_readable


def _refuse_other_sheet(book: Workbook, sheet: str, settings: FileSettings, wanted: WantedColumns) -> None:
    """Refuse the first sheet where another one, and not that, names the columns."""
    others = [name for name in book.filled_sheets if name != sheet]
    if not others or any(map(wanted.all_in, _first_rows_of(book, sheet, settings))):
        return
    for other in others:
        if any(map(wanted.all_in, _first_rows_of(book, other, settings))):
            message = say("sheets.columns_elsewhere", first=shown(sheet), sheet=shown(other))
            raise UnreadableFileError("other sheet", message)


def _first_rows_of(book: Workbook, sheet: str, settings: FileSettings) -> list[list[str]]:
    return [[text_of(cell, settings) for cell in row] for row in book.rows(sheet)[:LINES_LOOKED_AT]]
