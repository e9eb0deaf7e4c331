"""Finds the line that names the columns, where it is not the one it should be."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.grid import line_ends, separator_of
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.model.schema import Table
    from retention_reports.reading.settings import FileSettings

LINES_LOOKED_AT = 30
_ENOUGH = 2
"""So many names of columns make a line the header, even if others are missing there."""
_DATA = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?:[ T].*)?")


@record
class WantedColumns:
    """Under which headings a table looks for its columns: for each column the headings that will do."""

    required: tuple[frozenset[str], ...]
    every: frozenset[str]

    def all_in(self, cells: Sequence[str]) -> bool:
        """Tell whether the cells name every required column."""
        named = frozenset(_plain(cells))
        return bool(self.required) and all(headings & named for headings in self.required)

    def count_in(self, cells: Sequence[str]) -> int:
        """Return how many of the headings stand among the cells."""
        return len(self.every & frozenset(_plain(cells)))


def wanted_columns(schema: Table, settings: FileSettings) -> WantedColumns:
    """Return the headings under which a table's columns are looked for in a file."""
    sources = settings.columns
    by_name = {name: sources[name].headings if name in sources else {name} for name in schema.column_names}
    needed = (column.name for column in schema.columns if column.required and column.name not in settings.constants)
    required = tuple(frozenset(by_name[name]) for name in needed if by_name[name])
    return WantedColumns(required, frozenset().union(*by_name.values()))


def check_header(wanted: WantedColumns, header: Sequence[str], rows: Sequence[Sequence[str]], header_line: int) -> None:
    """Refuse a file whose columns are named elsewhere, or nowhere. `rows` are its first rows, from line 1 on.

    Raises:
        UnreadableFileError: another line names the columns, or the line that should looks like data.
    """
    if wanted.all_in(header):
        return
    line = _line_of_header(wanted, header, rows)
    if line:
        found = next((cell for cell in header if cell.strip()), "")
        key = "headers.elsewhere" if found else "headers.blank_line"
        message = say(key, line=str(line), **({"found": shown(found)} if found else {}))
        raise UnreadableFileError("header elsewhere", message, header_line)
    if not wanted.count_in(header) and any(_DATA.fullmatch(cell.strip()) for cell in header):
        message = say("headers.none", found=shown(next(cell for cell in header if _DATA.fullmatch(cell.strip()))))
        raise UnreadableFileError("no header", message, header_line)


def first_rows(text: bytes, separator: str) -> list[list[str]]:
    """Return the cells of a text's (UTF-8) first lines, each cut as it asks for by itself where nothing is declared."""
    return [_cut(line.decode(), separator) for line in _first_lines(text)]


def _first_lines(text: bytes) -> Iterator[bytes]:
    begin = 0
    for _, (end, next_begin) in zip(range(LINES_LOOKED_AT), line_ends(text), strict=False):
        yield text[begin:end]
        begin = next_begin


def _cut(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator or separator_of(line)), [])
    except csv.Error:
        return [line]


def _line_of_header(wanted: WantedColumns, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the line that names the columns, counted from 1; 0 where none does better than the declared one."""
    for line, row in enumerate(rows[:LINES_LOOKED_AT], start=1):
        if wanted.all_in(row):
            return line
    counts = [wanted.count_in(row) for row in rows[:LINES_LOOKED_AT]]
    most = max(counts, default=0)
    return counts.index(most) + 1 if most >= _ENOUGH > wanted.count_in(header) else 0


def _plain(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.removeprefix("\ufeff").split()) for cell in cells]
