"""Rows that have not as many cells as the header: read where it is sure what they mean, else told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message

_COMMENT = "#"


@record
class Fault:
    """What is wrong with rows that are left out: the (first) line, a stable kind, and what to do."""

    line: int
    kind: str
    message: str | Message
    is_error: bool = True


@record
class FittedRows:
    """Rows with as many cells as the header, each with its line, and what is wrong with the others."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    faults: tuple[Fault, ...] = ()


def fit_rows(header: tuple[str, ...], rows: Sequence[Sequence[str]], lines: Sequence[int]) -> FittedRows:
    """Return the rows that fit the header; a separator at the end of every row, or of the header alone, is no cell."""
    width = len(header)
    if all(len(row) == width for row in rows):
        return FittedRows(header, rows, lines)
    filled = [(row, line) for row, line in zip(rows, lines, strict=True) if any(cell.strip() for cell in row)]
    comments = [line for row, line in filled if len(row) != width and _is_comment(row, header)]
    told = set(comments)
    filled = [(row, line) for row, line in filled if line not in told]
    faults = _comment_lines(comments)
    if not header[-1] and all(len(row) == width - 1 for row, _ in filled):
        header, width = header[:-1], width - 1
    if all(len(row) > width and not any(cell.strip() for cell in row[width:]) for row, _ in filled):
        filled = [(row[:width], line) for row, line in filled]
    fitting = [(row, line) for row, line in filled if len(row) == width]
    faults += _faults([(row, line) for row, line in filled if len(row) != width], width)
    return FittedRows(header, [row for row, _ in fitting], [line for _, line in fitting], faults)


def _is_comment(row: Sequence[str], header: Sequence[str]) -> bool:
    return row[0].lstrip().startswith(_COMMENT) and not header[0].startswith(_COMMENT)


def _comment_lines(lines: Sequence[int]) -> tuple[Fault, ...]:
    if not lines:
        return ()
    return (Fault(lines[0], "comment line", say("headers.comment_lines", n=len(lines)), is_error=False),)


def _faults(ragged: Sequence[tuple[Sequence[str], int]], width: int) -> tuple[Fault, ...]:
    trailing = [line for row, line in ragged if len(row) > width and not any(cell.strip() for cell in row[width:])]
    if trailing:
        told = Fault(trailing[0], "trailing separator", say("headers.trailing_separators", n=len(trailing)))
        rest = set(trailing)
        return (told, *(_ragged(line, len(row), width) for row, line in ragged if line not in rest))
    return tuple(_ragged(line, len(row), width) for row, line in ragged)


def _ragged(line: int, cells: int, expected: int) -> Fault:
    message = f"the row has {cells} cells, the header has {expected} (quote a cell that holds the separator)"
    return Fault(line, "ragged row", message)
