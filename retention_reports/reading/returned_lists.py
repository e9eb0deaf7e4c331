"""Work lists that came back, filled in: every row of every sheet as text, within the bounds of other spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.cleaning import clean
from retention_reports.reading.decoding import decode
from retention_reports.reading.grid import separator_of
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.returned import returned_content
from retention_reports.reading.settings import FileSettings
from retention_reports.reading.typed_cells import text_of
from retention_reports.reading.workbooks import ENDINGS, Workbook
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from retention_reports.reading.problems import ProblemLog

CSV_ENDINGS = (".csv", ".txt")
LIST_ENDINGS = (*ENDINGS, *CSV_ENDINGS)
NEEDED = ("customer_id", "done_on", "result", "recommendation")
_HEADER_WITHIN = 10
"""Lines above the header that somebody may have put there."""


@record
class ReturnedRow:
    """One row of a list: its cells by key of the column. Of a row that is not `readable`, why was noted."""

    place: Location
    cells: Mapping[str, str]
    readable: bool = True


def read_returned_list(path: Path, headings: Mapping[str, str], log: ProblemLog) -> tuple[ReturnedRow, ...] | None:
    """Return the rows of a work list; None where the file is another one, or cannot be read, which is noted then.

    `headings` gives the key of a column by its heading in small letters. Sheets without these headings are no lists.
    """
    shown = path.as_posix()
    try:
        tables = list(_tables(path))
    except UnreadableFileError as problem:
        log.error(Location(shown, problem.line), problem.kind, problem.message)
        return None
    found: list[ReturnedRow] = []
    is_list = False
    for name, lines in tables:
        place = f"{shown}:{name}" if name else shown
        header = next((at for at, row in enumerate(lines[:_HEADER_WITHIN]) if _is_header(row[1], headings)), None)
        if header is not None:
            is_list = True
            found += _rows(place, lines[header][1], lines[header + 1 :], headings, log)
    return tuple(found) if is_list else None


def _tables(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Yield each sheet (a text file is one without a name): its rows with the line in which they begin."""
    data = returned_content(path)
    if path.suffix.lower() in CSV_ENDINGS:
        yield "", _split(decode(data))
        return
    book, settings = Workbook(data), FileSettings()
    for name in book.sheets:
        rows = [[text_of(cell, settings) for cell in row] for row in book.rows(name)]
        yield name, list(enumerate(rows, start=1))


def _split(text: str) -> list[tuple[int, list[str]]]:
    first_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(first_line), strict=True)
    rows, begin = [], 1
    try:
        for row in reader:
            rows.append((begin, row))
            begin = reader.line_num + 1
    except csv.Error as problem:
        raise UnreadableFileError("broken quotes", say("follow_up.broken_quotes"), begin) from problem
    return rows


def _keys(cells: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    return [headings.get(" ".join(cell.split()).casefold(), "") for cell in cells]


def _is_header(cells: Sequence[str], headings: Mapping[str, str]) -> bool:
    return set(NEEDED) <= set(_keys(cells, headings))


def _rows(
    place: str,
    header: Sequence[str],
    lines: Sequence[tuple[int, list[str]]],
    headings: Mapping[str, str],
    log: ProblemLog,
) -> Iterator[ReturnedRow]:
    keys = _keys(header, headings)
    repeated = sorted({key for key in keys if key and keys.count(key) > 1})
    if repeated:
        name = header[keys.index(repeated[0])]
        log.error(Location(place, 0, name), "repeated column", say("follow_up.column_twice"))
        return
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        own = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
        where = Location(place, line)
        cleaned = clean([own.get(key, "") for key in filter(None, keys)])
        for _, kind, message in cleaned.faults:
            log.error(where, kind, message)
        texts = {key: " ".join(text.split()) for key, text in zip(filter(None, keys), cleaned.cells, strict=True)}
        yield ReturnedRow(where, texts, readable=not cleaned.faults)
