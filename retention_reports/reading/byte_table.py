"""Cuts delimited bytes into columns without making a text of every single cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.byte_columns import WIDEST, ByteColumn
from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.reading.byte_columns import Numbers, Signs

    Flags: TypeAlias = npt.NDArray[np.bool_]

_BREAK = ord("\n")
_RETURN = ord("\r")
_QUOTE = ord('"')
_FIRST_PRINTABLE = ord(" ")
_PRINTABLE = ord("~") - _FIRST_PRINTABLE + 1


@record
class ByteTable:
    """Bytes, where each of their cells ends, `count` to a row, and each row's line, counted from 0.

    A cell begins behind the end of the one before. The first row holds the names of the columns. `has_blanks` tells
    whether there is any blank at all.
    """

    signs: Signs
    ends: Numbers
    count: int
    lines: Numbers
    has_blanks: bool

    @property
    def header(self) -> list[str]:
        """The cells of the first row."""
        ends = self.ends[: self.count]
        return ByteColumn(self.signs, np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1]), ends).texts()

    def columns(self) -> tuple[ByteCells, ...]:
        """Return the cells of all rows but the first."""
        ends = np.ascontiguousarray(self.ends.reshape(-1, self.count).T)
        ends_before = [ends[-1, :-1], *ends[:-1, 1:]]
        special = self._special()
        return tuple(
            ByteCells(
                ByteColumn(self.signs, before + 1, column_ends),
                plain=place not in special,
                has_blanks=self.has_blanks,
            )
            for place, (before, column_ends) in enumerate(zip(ends_before, ends[:, 1:], strict=True))
        )

    def _special(self) -> frozenset[int]:
        """Return the columns with signs (the name's aside) that are no printable ASCII ones."""
        others = self.signs - np.uint8(_FIRST_PRINTABLE)
        is_other = np.greater_equal(others, _PRINTABLE, out=others.view(np.bool_))
        is_other[self.ends] = False
        first, last = self.ends[self.count - 1], self.ends[-1]
        places = np.searchsorted(self.ends, np.flatnonzero(is_other[first:last]) + first)
        return frozenset(np.unique(places % self.count).tolist())


def table_of(data: bytes, separator: str, longest: int) -> ByteTable | None:
    r"""Return the table that the bytes (UTF-8) hold, or None where it takes a parser to say what they hold.

    Quotes, if any, enclose whole cells of at most `longest` bytes, and stand twice inside them; line breaks are `\n` or
    `\r\n`, the latter outside quotes only; every line has as many cells as the first, and more than one.
    """
    is_quoted = b'"' in data
    if not is_quoted and b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if b"\0" in data or (not is_quoted and b"\r" in data):
        return None
    size = len(data)
    while size and data[size - 1] in b"\r\n":
        size -= 1
    signs = np.frombuffer(b"".join((memoryview(data)[:size], b"\n", bytes(WIDEST))), dtype=np.uint8)
    is_break = signs == _BREAK
    is_end = signs == ord(separator)
    is_end |= is_break
    if is_quoted:
        return _unquoted(signs, is_end, is_break, longest)
    ends = np.flatnonzero(is_end)
    count = _cells_to_a_row(is_break, ends)
    lines = np.arange(len(ends) // count)
    return ByteTable(signs, ends, count, lines, has_blanks=b" " in data) if count > 1 else None


def _unquoted(signs: Signs, is_end: Flags, is_break: Flags, longest: int) -> ByteTable | None:
    is_quote = signs == _QUOTE
    quotes = np.flatnonzero(is_quote)
    inside = (np.cumsum(is_quote, dtype=np.uint8) & 1).view(np.bool_)
    is_outer_end = is_end & ~inside
    syntax = None if len(quotes) % 2 else _syntax(signs, quotes, inside, is_outer_end)
    if syntax is None:
        return None
    kept = np.ones(len(signs), dtype=np.bool_)
    kept[syntax] = False
    is_outer_break = is_break & ~inside
    ends = np.flatnonzero(is_outer_end[kept])
    count = _cells_to_a_row(is_outer_break[kept], ends)
    if count == 1 or int(np.diff(ends, prepend=-1).max()) > longest:
        return None
    breaks_before = np.searchsorted(np.flatnonzero(is_break), np.flatnonzero(is_outer_break), side="right")
    lines = np.concatenate([np.zeros(1, dtype=np.int64), breaks_before[:-1]])
    return ByteTable(signs[kept], ends, count, lines, has_blanks=True)


def _syntax(signs: Signs, quotes: Numbers, inside: Flags, is_outer_end: Flags) -> Numbers | None:
    """Return the signs that belong to no cell: enclosing quotes, one of each two inside, returns before line breaks."""
    returns = np.flatnonzero(signs == _RETURN)
    opening, closing = quotes[0::2], quotes[1::2]
    is_doubled = opening[1:] == closing[:-1] + 1
    first, last = opening[np.append(True, ~is_doubled)], closing[np.append(~is_doubled, True)]
    begins = (first == 0) | is_outer_end[first - 1]
    finishes = is_outer_end[last + 1] | (signs[last + 1] == _RETURN)
    is_plain = not inside[returns].any() and bool((signs[returns + 1] == _BREAK).all())
    return np.concatenate([first, closing, returns]) if is_plain and begins.all() and finishes.all() else None


def _cells_to_a_row(is_break: Flags, ends: Numbers) -> int:
    """Return how many cells each row has; 1 where rows differ or have one each."""
    count = int(np.searchsorted(ends, is_break.argmax())) + 1
    row_ends = ends[count - 1 :: count]
    is_regular = len(row_ends) * count == len(ends) and len(row_ends) == np.count_nonzero(is_break)
    return count if is_regular and is_break[row_ends].all() else 1
