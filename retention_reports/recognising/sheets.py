"""Files to tables of text before anyone has said how they are written: encoding, separator, the line of the header."""

from __future__ import annotations

import csv
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from retention_reports.messages import say
from retention_reports.reading.cells import cells_of
from retention_reports.reading.decoding import utf8_of
from retention_reports.reading.file_kinds import check_kind
from retention_reports.reading.grid import SEPARATORS, line_ends, split_text
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.reshaping import reshaped
from retention_reports.reading.row_filters import rows_of
from retention_reports.reading.settings import FileSettings, Unroll
from retention_reports.reading.spreadsheets import split_sheet
from retention_reports.reading.typed_cells import is_filled, text_of
from retention_reports.reading.workbooks import Workbook
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.shapes import group_column, month_form, rows_apart, typing_of, unrolled
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.reading.cells import Cells
    from retention_reports.reading.grid import Grid
    from retention_reports.recognising.incoming import Incoming

_LINES_LOOKED_AT = 60
_DATA = re.compile(r"[-+(]?[€$£]?\s*+[0-9][0-9., ']*+(?:[€$£%)]|EUR)?+-?|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}.*")
_ENOUGH = 0.6
_MANY = 20
_NOTHING: MappingProxyType[str, Any] = MappingProxyType({})


@record
class Sheet:
    """A table of a file: what names its columns, and its cells as text. `sheet` is empty where the file is text.

    `encoding` and `separator` are said where the file's own reader would not find them by itself; `shape` holds the
    settings that make rows of a table that was made for people.
    """

    file: str
    sheet: str
    encoding: str
    separator: str
    header_line: int
    header: tuple[str, ...]
    columns: tuple[Cells, ...]
    row_count: int
    shape: Mapping[str, Any]

    @property
    def shown_as(self) -> str:
        """How messages call it."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def cells(self, heading: str) -> Cells:
        """Return the column of that name."""
        return self.columns[self.header.index(heading)]


def sheets_of(file: Incoming) -> list[Sheet]:
    """Return the tables of a file that have rows.

    Raises:
        RefusedError: it is no file that can be read.
    """
    try:
        if check_kind(file.name, file.data):
            return list(_sheets(file))
        return [_text(file)]
    except UnreadableFileError as problem:
        if problem.kind == "empty file":
            return []
        raise RefusedError(problem.message, file.name) from problem


def _text(file: Incoming) -> Sheet:
    encoding = ""
    if b"\0" in file.data[:1000] and not file.data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        encoding = "utf-16-be" if file.data.startswith(b"\0") else "utf-16-le"
    text = utf8_of(file.data, encoding)
    lines = list(_first_lines(text))
    separator, rows = _cut(lines)
    if separator not in SEPARATORS:
        raise RefusedError(say("new.separator", separator=separator), file.name)
    header_line = _header_line(rows)
    grid = split_text(text, separator, header_line)
    about = " ".join([file.name, *lines[: max(header_line - 1, 0)]])
    return _sheet(grid, about, (file.name, "", encoding, separator, header_line))


def _sheet(
    grid: Grid, about: str, place: tuple[str, str, str, str, int], further: Mapping[str, Any] = _NOTHING
) -> Sheet:
    """Return a table as rows, whatever it was made for. `about` is what its file, sheet and title say."""
    rows, footers, second = rows_apart(grid)
    shape: dict[str, Any] = dict(further)
    if footers:
        shape["footers"] = footers
    if second:
        shape["skip_rows"] = {grid.header[0]: [second]}
    unroll = unrolled(grid.header, about)
    groups = "" if unroll else group_column(grid)
    shape |= {"unroll": unroll} if unroll else {"groups": groups} if groups else {}
    settings = FileSettings(unroll=Unroll(**unroll) if unroll else None, groups=groups)
    shaped, _ = reshaped(rows_of(grid, rows), settings)
    return Sheet(*place, shaped.header, tuple(map(cells_of, shaped.columns)), len(shaped.lines), shape)


def _sheets(file: Incoming) -> Iterator[Sheet]:
    book = Workbook(file.data)
    for name in book.tables:
        rows = [[text_of(cell, FileSettings()) for cell in row] for row in book.rows(name)[:_LINES_LOOKED_AT]]
        header_line = _header_line(rows)
        if header_line and not any(map(is_filled, book.rows(name)[header_line - 1])):
            continue
        typed = typing_of(book.rows(name)[header_line:])
        grid = split_sheet(book, name, FileSettings(header_line=header_line, **typed))
        if len(grid.lines):
            about = " ".join([file.name, name, *(cell for row in rows[: max(header_line - 1, 0)] for cell in row)])
            yield _sheet(grid, about, (file.name, name, "", "", header_line), typed)


def _first_lines(text: bytes) -> Iterator[str]:
    begin = 0
    for _, (end, next_begin) in zip(range(_LINES_LOOKED_AT), line_ends(text), strict=False):
        yield text[begin:end].decode()
        begin = next_begin


def _cut(lines: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Return the separator that cuts most lines into as many cells, and the lines' cells."""
    best: tuple[tuple[int, int], str, list[list[str]]] = ((0, 0), ",", [[line] for line in lines])
    for separator in (*SEPARATORS, "|"):
        rows = [_cells(line, separator) for line in lines]
        widths = [len(row) for row in rows if len(row) > 1]
        if widths:
            usual = max(set(widths), key=lambda width: (widths.count(width), width))
            score = (widths.count(usual), usual)
            if score > best[0]:
                best = (score, separator, rows)
    return best[1], best[2]


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _header_line(rows: Sequence[Sequence[str]]) -> int:
    """Return the line that names the columns, counted from 1; 0 where all rows are data."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    widest = max(map(len, filled), default=0)
    first = [row[0].strip() for row in rows[:2] if row]
    if len(first) > 1 and first[0] and first[0] == first[1] and widest > _MANY:
        # A name stands once: what begins two lines is a kind of record.
        return 0
    for line, cells in enumerate(filled, start=1):
        if len(cells) < max(2, widest * _ENOUGH):
            continue
        if month_form(cells) and not _DATA.fullmatch(cells[0]):
            return line
        names = [cell for cell in cells if not _DATA.fullmatch(cell)]
        return line if len(names) > len(cells) * _ENOUGH and len(set(cells)) > len(cells) * _ENOUGH else 0
    return 1
