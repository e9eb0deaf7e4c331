"""Delimited text to columns of cells that remember their line in the file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.byte_table import table_of
from retention_reports.reading.cells import Cells, cells_of
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.ragged import fit_rows
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from retention_reports.reading.ragged import Fault
    from retention_reports.reading.typed_cells import Cell

    Texts: TypeAlias = Sequence[str] | npt.NDArray[np.object_] | Cells

SEPARATORS = (",", ";", "\t", "|")
"""The last only where the header has none of the others: names may hold it."""
MOST_COLUMNS = 500
LONGEST_CELL = 32_000
LONGEST_NAME = 200
SHORT = 40_000
"""Bytes up to which taking a file apart the plain way takes no longer."""
_LINE_END = re.compile(rb"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(rb'"?sep=([^\r\n\x80-\xff])"?[,;\t ]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""The line by which Excel is told the separator."""
_QUOTED = re.compile(r'"[^"]*"')


@record
class Grid:
    """Cells by column, as text. `lines` holds each row's first line in the file as an editor shows it.

    Rows with faults are not among the columns' cells. `blank_lines` tells where rows of empty cells stand, which are
    left out too; empty lines are no rows. `typed` holds the same cells as a spreadsheet types them; nothing where the
    file is text, whose cells the `separator` parts.
    """

    header: tuple[str, ...]
    columns: tuple[Texts, ...]
    lines: npt.NDArray[np.int64]
    blank_lines: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = field(default_factory=tuple)
    typed: tuple[Sequence[Cell], ...] = ()
    separator: str = ""

    @property
    def blank_rows(self) -> int:
        """How many rows hold nothing."""
        return len(self.blank_lines)


def split_text(data: bytes, separator: str = "", header_line: int = 1) -> Grid:
    """Cut delimited text (UTF-8) into columns. Without a separator, a line `sep=` or the header tells it.

    Where no line is the header (0), columns are called by their position: "1", "2" and so on.

    Raises:
        UnreadableFileError: there is no header or it stands there twice, or quoting is broken, so that no row can be
            trusted.
    """
    told = _SEPARATOR_LINE.match(data)
    if told:
        separator = separator or told[1].decode()
    if not header_line:
        return _split_without_header(data[told.end() :] if told else data, separator, 1 if told else 0)
    if told:
        header_line = max(header_line, 2)
    body = _from_line(data, header_line)
    end = _LINE_END.search(body)
    first_line = body[: end.start()] if end else body
    if not first_line.strip():
        if not body or body.decode().isspace():
            raise UnreadableFileError("empty file", say("rows.empty_file"))
        filled = header_line + len(_LINE_END.findall(body[: len(body) - len(body.lstrip())]))
        raise UnreadableFileError("missing header", say("headers.blank_line", line=str(filled)), header_line)
    used = separator or separator_of(first_line.decode())
    _refuse_repetition(body, first_line, used, header_line)
    grid = _split_plain(body, used, header_line) or _split_quoted(body.decode(), used, header_line)
    return replace(grid, separator=used)


def _split_without_header(body: bytes, separator: str, lines_before: int) -> Grid:
    first_line = next(filter(bytes.strip, (body[begin:end] for begin, end in _lines(body))), b"").decode()
    if not first_line:
        raise UnreadableFileError("empty file", say("headers.no_rows"))
    used = separator or separator_of(first_line)
    cells = next(row for row in csv.reader(io.StringIO(body.decode(), newline=""), delimiter=used) if row)
    named = used.join(names_by_position(len(cells))).encode() + b"\n" + body
    grid = _split_plain(named, used, lines_before) or _split_quoted(named.decode(), used, lines_before)
    return replace(grid, separator=used)


def names_by_position(columns: int) -> list[str]:
    """Return what the columns of a file without a header are called."""
    return [str(position) for position in range(1, columns + 1)]


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    begin = 0
    for end, next_begin in line_ends(data):
        yield begin, end
        begin = next_begin


def line_ends(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each line ends, without and with its line break."""
    for match in _LINE_END.finditer(data):
        yield match.span()
    yield len(data), len(data)


def grid_of_rows(
    rows: Sequence[Sequence[str]], lines: Sequence[int], typed_rows: Sequence[Sequence[Cell]] = ()
) -> Grid:
    """Return the grid of rows of cells, the first of which names the columns; all of one width where they are typed.

    Raises:
        UnreadableFileError: the header has too many columns.
    """
    fitted = fit_rows(_checked_header(rows[0]), rows[1:], lines[1:])
    kept = fitted.rows
    columns: tuple[Texts, ...] = tuple(zip(*kept, strict=True)) if kept else tuple(() for _ in fitted.header)
    typed = tuple(zip(*typed_rows[1:], strict=True))
    kept_lines = np.array(fitted.lines, dtype=np.int64)
    return _without_blank_rows(Grid(fitted.header, columns, kept_lines, fitted.blank_lines, fitted.faults, typed))


def separator_of(header: str) -> str:
    """Return the separator that a header without a declared one tells by itself."""
    outside_quotes = _QUOTED.sub("", header)
    usual = max(SEPARATORS[:-1], key=outside_quotes.count)
    return usual if usual in outside_quotes or SEPARATORS[-1] not in outside_quotes else SEPARATORS[-1]


def _from_line(data: bytes, header_line: int) -> bytes:
    ends = (match.end() for match in _LINE_END.finditer(data))
    begin = 0
    for _ in range(header_line - 1):
        begin = next(ends, len(data))
    return data[begin:]


def _refuse_repetition(body: bytes, header: bytes, separator: str, header_line: int) -> None:
    """Refuse a file that was put together from several, each with its header."""
    if separator.encode() not in header or body.lower().find(header.lower(), len(header)) < 0:
        return
    repeated = re.compile(rb"[\r\n](?:\xef\xbb\xbf)?" + re.escape(header) + rb"(?=[\r\n]|$)", re.IGNORECASE)
    found = [match.start() + 1 for match in repeated.finditer(body)]
    if found:
        line = header_line + len(_LINE_END.findall(body[: found[0]]))
        raise UnreadableFileError("repeated header", say("headers.repeated", n=len(found)), line)


def _split_plain(body: bytes, separator: str, header_line: int) -> Grid | None:
    # With the same number of cells in every line, cutting at every separator outside quotes is the same as parsing and
    # many times faster. Anything else is left to the parser.
    if len(body) < SHORT:
        return _split_short(body.decode().replace("\r\n", "\n").rstrip("\n"), separator, header_line)
    table = table_of(body, separator, LONGEST_CELL)
    if table is None:
        return None
    header = _checked_header(table.header)
    return _without_blank_rows(Grid(header, table.columns(), table.lines[1:] + header_line))


def _split_short(text: str, separator: str, header_line: int) -> Grid | None:
    rows = [line.split(separator) for line in text.split("\n")]
    if '"' in text or "\r" in text or len(rows[0]) == 1 or any(len(row) != len(rows[0]) for row in rows):
        return None
    return grid_of_rows(rows, range(header_line, header_line + len(rows)))


def _split_quoted(body: str, separator: str, header_line: int) -> Grid:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    before = header_line - 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(before + 1)
            before = header_line - 1 + reader.line_num
    except csv.Error as problem:
        raise _broken_row(str(problem), before + 1) from problem
    return grid_of_rows(rows, lines)


def _broken_row(reason: str, line: int) -> UnreadableFileError:
    if "field limit" in reason:
        message = say("rows.long_cell", limit=LONGEST_CELL)
        return UnreadableFileError("cell too long", message, line)
    return UnreadableFileError("broken quotes", say("rows.open_quote"), line)


def _checked_header(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        message = say("rows.too_many_columns", count=len(cells), limit=MOST_COLUMNS)
        raise UnreadableFileError("too many columns", message)
    return tuple(" ".join(cell.split()) for cell in cells)


def _without_blank_rows(grid: Grid) -> Grid:
    first = grid.columns[0]
    if isinstance(first, Cells) and first.needs_no_cleaning(LONGEST_CELL) and not first.has_empty:
        return grid
    suspects = [row for row, cell in enumerate(first) if not cell.strip()]
    blank = [row for row in suspects if not any(column[row].strip() for column in grid.columns)]
    if not blank:
        return grid
    kept = np.delete(np.arange(len(grid.lines)), blank)
    columns = tuple(cells_of(column).at(kept) for column in grid.columns)
    typed = tuple(tuple(cells[row] for row in kept.tolist()) for cells in grid.typed)
    lines = (*grid.blank_lines, *grid.lines[blank].tolist())
    return replace(grid, columns=columns, lines=grid.lines[kept], blank_lines=lines, typed=typed)
