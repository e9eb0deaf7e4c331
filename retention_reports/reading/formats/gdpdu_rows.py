"""The rows of one file of a data carrier: numbers with a decimal point, days as 2026-01-31."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.reading.formats.gdpdu_index import IndexColumn, IndexTable

_PARTS = re.compile(r"D+|M+|Y+")
_CENTURY = 100
_LONG_YEAR = 4


@record
class Rows:
    """A file's cells by column, and each row's line."""

    lines: tuple[int, ...]
    columns: dict[str, tuple[str, ...]]


def read_rows(table: IndexTable, data: bytes) -> Rows:
    """Return a file's rows as `index.xml` describes them; what is not written so stays as it is, to be told.

    Raises:
        UnreadableFileError: the bytes are not in the encoding, a quote is open, or a row has other cells than columns.
    """
    text = decode(data, table.encoding)
    found = list(_fixed(table, text) if table.is_fixed else _separated(table, text))
    if found and [cell.strip() for cell in found[0][1]] == list(table.names):
        # Some programs write the names of the columns though the index does not say so.
        del found[0]
    rows, lines = [cells for _, cells in found], [line for line, _ in found]
    columns = zip(*rows, strict=True) if rows else [() for _ in table.columns]
    plain = {
        column.name: tuple(_plain(cell.strip(), column, table) for cell in cells)
        for column, cells in zip(table.columns, columns, strict=True)
    }
    return Rows(tuple(lines), plain)


def _separated(table: IndexTable, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.separator, quotechar=table.quote)
    before = 0
    try:
        for cells in reader:
            if cells and before + 1 >= table.first_line:
                yield before + 1, _fitted(table, cells, before + 1)
            before = reader.line_num
    except csv.Error as problem:
        raise UnreadableFileError("broken quotes", say("rows.open_quote"), before + 1) from problem


def _fixed(table: IndexTable, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number: rows of a told length follow each other, others stand on lines of their own."""
    plain = text.replace("\r\n", "\n")
    rows = plain.split("\n")
    if table.length and len(rows) <= 1 + plain.endswith("\n"):
        rows = [plain[start : start + table.length] for start in range(0, len(plain), table.length)]
    for line, row in enumerate(rows, start=1):
        if row.strip() and line >= table.first_line:
            yield line, [row[column.span or slice(0)] for column in table.columns]


def _fitted(table: IndexTable, cells: list[str], line: int) -> list[str]:
    more = len(cells) - len(table.columns)
    if (more and any(cells[len(table.columns) :])) or more < 0:
        message = say("gdpdu.other_width", cells=len(cells), columns=len(table.columns))
        raise UnreadableFileError("other columns", message, line)
    return cells[: len(table.columns)]


def _plain(cell: str, column: IndexColumn, table: IndexTable) -> str:
    if column.words:
        return column.words.get(cell, cell)
    if column.day_form:
        return _day(cell, column.day_form, table.epoch)
    return _number(cell, column.implied, table) if column.is_number else cell


def _number(cell: str, implied: int, table: IndexTable) -> str:
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(table.grouping)}[0-9]{{3}})+"
    form = rf"([-+]?)((?:[0-9]+|{grouped}))(?:{re.escape(table.decimal)}([0-9]+))?(-?)"
    found = re.fullmatch(form, cell)
    if found is None:
        return cell
    whole, fraction = found[2].replace(table.grouping, ""), found[3] or ""
    if implied and not fraction:
        digits = whole.zfill(implied + 1)
        whole, fraction = digits[:-implied], digits[-implied:]
    sign = "-" if "-" in (found[1], found[4]) else ""
    # Three digits behind a point might be taken for thousands.
    fraction += "0" if len(fraction) == len("000") else ""
    return f"{sign}{whole}{'.' if fraction else ''}{fraction}"


def _day(cell: str, form: str, epoch: int) -> str:
    """Return a day as 2026-01-31; years of two digits below the epoch are of this century."""
    pattern = _PARTS.sub(lambda part: f"(?P<{part[0][0]}>[0-9]{{{len(part[0])}}})", re.escape(form.upper()))
    found = re.match(pattern, cell)
    if found is None or {"D", "M", "Y"} - found.groupdict().keys():
        return cell
    year = int(found["Y"])
    if len(found["Y"]) < _LONG_YEAR:
        year += 20 * _CENTURY if year < epoch else 19 * _CENTURY
    return f"{year:04d}-{int(found['M']):02d}-{int(found['D']):02d}"
