"""Rows that have not as many cells as the header: read where it is sure what they mean, else told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.messages import say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message

    _Row: TypeAlias = tuple[Sequence[str], int]

_COMMENT = "#"
_ROW_COUNT = re.compile(
    r"\W*[0-9]+ (?:rows?|row\(s\)|records?|Zeilen?|Zeile\(n\)|Datens[aä]tze?)(?: [\w() ]+)?\W*", re.IGNORECASE
)
"""By which database tools end what they list: `(2 rows affected)`."""


@record
class Fault:
    """What is wrong with rows that are left out: the (first) line, a stable kind, what to do; each row by its line."""

    line: int
    kind: str
    message: Message
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_error: bool = True


@record
class FittedRows:
    """Rows with as many cells as the header, each with its line, and what is wrong with the others, or blank."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    faults: tuple[Fault, ...] = ()
    blank_lines: tuple[int, ...] = ()


def fit_rows(header: tuple[str, ...], rows: Sequence[Sequence[str]], lines: Sequence[int]) -> FittedRows:
    """Return the rows that fit the header; a separator at the end of every row, or of the header alone, is no cell."""
    width = len(header)
    if all(len(row) == width for row in rows):
        return FittedRows(header, rows, lines)
    filled = [(row, line) for row, line in zip(rows, lines, strict=True) if any(cell.strip() for cell in row)]
    blank = tuple(line for row, line in zip(rows, lines, strict=True) if not any(cell.strip() for cell in row))
    comments = [(row, line) for row, line in filled if len(row) != width and _is_comment(row, header)]
    footer = [filled[-1]] if filled and _is_row_count(filled[-1][0], width) else []
    told = {line for _, line in (*comments, *footer)}
    filled = [(row, line) for row, line in filled if line not in told]
    faults = (*_comment_lines(comments), *_footer(footer))
    if not header[-1] and all(len(row) == width - 1 for row, _ in filled):
        header, width = header[:-1], width - 1
    if all(len(row) > width and not any(cell.strip() for cell in row[width:]) for row, _ in filled):
        filled = [(row[:width], line) for row, line in filled]
    fitting = [(row, line) for row, line in filled if len(row) == width]
    faults += _faults([(row, line) for row, line in filled if len(row) != width], width)
    return FittedRows(header, [row for row, _ in fitting], [line for _, line in fitting], faults, blank)


def _is_comment(row: Sequence[str], header: Sequence[str]) -> bool:
    return row[0].lstrip().startswith(_COMMENT) and not header[0].startswith(_COMMENT)


def _comment_lines(comments: Sequence[_Row]) -> tuple[Fault, ...]:
    if not comments:
        return ()
    message = say("headers.comment_lines", n=len(comments))
    return (Fault(comments[0][1], "comment line", message, _as_read(comments), is_error=False),)


def _is_row_count(row: Sequence[str], width: int) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return width > 1 and len(row) < width and len(cells) == 1 and _ROW_COUNT.fullmatch(cells[0].strip()) is not None


def _footer(footer: Sequence[_Row]) -> tuple[Fault, ...]:
    if not footer:
        return ()
    return (Fault(footer[0][1], "row count", say("headers.row_count"), _as_read(footer), is_error=False),)


def _faults(ragged: Sequence[_Row], width: int) -> tuple[Fault, ...]:
    trailing = [
        (row, line) for row, line in ragged if len(row) > width and not any(cell.strip() for cell in row[width:])
    ]
    if trailing:
        message = say("headers.trailing_separators", n=len(trailing))
        told = Fault(trailing[0][1], "trailing separator", message, _as_read(trailing))
        rest = {line for _, line in trailing}
        return (told, *(_ragged(row, line, width) for row, line in ragged if line not in rest))
    return tuple(_ragged(row, line, width) for row, line in ragged)


def _ragged(row: Sequence[str], line: int, expected: int) -> Fault:
    message = say("rows.ragged", cells=len(row), columns=expected)
    return Fault(line, "ragged row", message, _as_read([(row, line)]))


def _as_read(rows: Sequence[_Row]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((line, tuple(row)) for row, line in rows)
