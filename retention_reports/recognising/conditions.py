"""What the amounts of an export agree with, row by row: which of a preset's cases goes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from retention_reports.recognising.amounts import RATES, number_of
from retention_reports.recognising.contents import Content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_reports.recognising.sheets import Sheet

TERM = re.compile(r"\s+([+\-])\s+")
_TOLERANCE = Decimal("0.02")
_ROWS = 20_000
_NEARLY_ALL = 0.97
_PER_CENT = 100


def goes(case: Mapping[str, Any], sheet: Sheet) -> bool:
    """Tell whether a case goes for a table.

    `equal`: pairs of sums of columns that are the same in every row. `zero`: columns that are absent, empty or 0.
    `rate`: pairs of a tax and what it is a usual rate of. `holds`: columns with no other words than these. `contains`:
    signs that stand in every filled cell of a column.
    """
    return (
        all(_all_equal(sheet, *pair) for pair in case.get("equal", ()))
        and all(_all_zero(sheet, text) for text in case.get("zero", ()))
        and all(_all_rates(sheet, *pair) for pair in case.get("rate", ()))
        and all(_all_contain(sheet, *pair) for pair in case.get("contains", {}).items())
        and all(holds(sheet, heading, words) for heading, words in case.get("holds", {}).items())
    )


def holds(sheet: Sheet, heading: str, words: list[str]) -> bool:
    """Tell whether a table has a column, and nothing but these words in it."""
    if heading not in sheet.header:
        return False
    known = {word.casefold() for word in words}
    found = {word.strip().casefold() for word in sheet.cells(heading).words.tolist()} - {""}
    return bool(found) and found <= known


def _all_contain(sheet: Sheet, heading: str, sign: str) -> bool:
    words = [word for word in sheet.cells(heading).words.tolist() if word.strip()] if heading in sheet.header else []
    return bool(words) and all(sign in word for word in words)


def _all_zero(sheet: Sheet, heading: str) -> bool:
    return heading not in sheet.header or not any(_sums(sheet, heading))


def _all_equal(sheet: Sheet, left: str, right: str) -> bool:
    """Tell whether two sums of columns are the same in every row that has the first column of both."""
    pairs = list(_pairs(sheet, left, right))
    return bool(pairs) and all(abs(one - other) <= _TOLERANCE for one, other in pairs)


def _all_rates(sheet: Sheet, tax: str, base: str) -> bool:
    """Tell whether a tax is a usual rate of what stands beside it in nearly every row that has a tax."""
    pairs = [(part, whole) for part, whole in _pairs(sheet, tax, base) if abs(part) > _TOLERANCE]
    fits = sum(
        any(abs(whole * Decimal(str(rate)) / _PER_CENT - part) <= _TOLERANCE for rate in RATES) for part, whole in pairs
    )
    return bool(pairs) and fits >= _NEARLY_ALL * len(pairs)


def _pairs(sheet: Sheet, left: str, right: str) -> Iterator[tuple[Decimal, Decimal]]:
    for one, other in zip(_sums(sheet, left), _sums(sheet, right), strict=True):
        if one is not None and other is not None:
            yield one, other


def _sums(sheet: Sheet, text: str) -> Iterator[Decimal | None]:
    parts = [text] if text in sheet.header else TERM.split(text)
    if any(part not in sheet.header for part in parts[::2] if part != "0"):
        yield from [None] * min(sheet.row_count, _ROWS)
        return
    cells = [None if part == "0" else sheet.cells(part).texts[:_ROWS].tolist() for part in parts[::2]]
    signs = [1, *(1 if sign == "+" else -1 for sign in parts[1::2])]
    decimals = ["." if part == "0" else Content(sheet.cells(part)).decimal or "." for part in parts[::2]]
    for row in range(min(sheet.row_count, _ROWS)):
        values = [
            Decimal(0) if column is None else number_of(column[row], decimal)
            for column, decimal in zip(cells, decimals, strict=True)
        ]
        first = values[0]
        added = Decimal(0)
        for sign, value in zip(signs, values, strict=True):
            added += sign * (value or Decimal(0))
        yield None if first is None else added
