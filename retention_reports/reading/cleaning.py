"""Makes cells comparable (trimmed, NFC, without invisible signs) and finds those that no report could print."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.grid import LONGEST_CELL
from retention_reports.reading.signs import is_plain
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message

_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_APOSTROPHE = "'"
SOFT_HYPHEN = "\u00ad"
MOST_MARKS = 8
"""Combining marks on one base letter; no language stacks more, and thousands take a page renderer seconds."""


@record
class CleanColumn:
    """Cells after cleaning, what is wrong with some of them, and which rows lost invisible signs."""

    cells: Sequence[str]
    faults: tuple[tuple[int, str, Message], ...] = ()
    """Row, kind and message of each cell that cannot be used."""
    stripped_rows: tuple[int, ...] = field(default_factory=tuple)


def is_wrapped(cell: str) -> bool:
    """Tell whether a cell is written so that a spreadsheet takes it for text: `="0012"` or `'0012`."""
    return cell.startswith((_APOSTROPHE, '="'))


def unwrapped(cells: Sequence[str]) -> list[str]:
    """Return the cells of a column as they were meant to stand in a spreadsheet, or inside the quotes of a database.

    Apostrophes are taken away only where every filled cell begins with one.
    """
    plain = [match[1] if (match := _TEXT_FORMULA.fullmatch(cell.strip())) else cell for cell in cells]
    if all(cell.startswith(_APOSTROPHE) for cell in plain if cell):
        plain = [cell[1:].removesuffix(_APOSTROPHE) for cell in plain]
    return plain


def clean(cells: Sequence[str], longest: int = LONGEST_CELL, *, of_numbers: bool = False) -> CleanColumn:
    """Trim every cell and bring it into one form; a cell with a fault becomes empty.

    `of_numbers`: the column holds numbers or days, in which a soft hyphen is a hyphen that is meant.
    """
    if of_numbers:
        cells = [cell.replace(SOFT_HYPHEN, "-") for cell in cells]
    joined = "".join(cells)
    plain = is_plain(joined)
    trimmed = list(map(str.strip, cells)) if not plain or " " in joined else list(cells)
    if plain and max(map(len, trimmed), default=0) <= longest:
        return CleanColumn(trimmed)
    return _clean_each(trimmed, longest)


def _clean_each(cells: list[str], longest: int) -> CleanColumn:
    known: dict[str, tuple[str, str, Message | None]] = {}
    faults: list[tuple[int, str, Message]] = []
    stripped = []
    for row, cell in enumerate(cells):
        if len(cell) <= longest and is_plain(cell):
            continue
        if cell not in known:
            known[cell] = _clean_cell(cell, longest)
        cells[row], kind, message = known[cell]
        if message is not None:
            faults.append((row, kind, message))
        elif kind:
            stripped.append(row)
    return CleanColumn(cells, tuple(faults), tuple(stripped))


def _clean_cell(cell: str, longest: int) -> tuple[str, str, Message | None]:
    """Return the clean cell, a kind of fault and its message (a kind alone: invisible signs were dropped)."""
    if len(cell) > longest:
        return "", "cell too long", say("cells.too_long", count=len(cell), limit=longest)
    signs = []
    dropped = False
    for sign in cell:
        category = unicodedata.category(sign)
        if category == "Cf":
            dropped = True
        elif sign.isspace():
            signs.append(" ")
        elif category == "Cc":
            return "", "control character", say("cells.control_character", sign=f"U+{ord(sign):04X}")
        else:
            signs.append(sign)
    plain = unicodedata.normalize("NFC", "".join(signs)).strip()
    if _most_marks(plain) > MOST_MARKS:
        return "", "combining marks", say("cells.combining_marks", limit=MOST_MARKS)
    return plain, "invisible characters" if dropped else "", None


def _most_marks(text: str) -> int:
    most = run = 0
    for sign in text:
        run = run + 1 if unicodedata.category(sign).startswith("M") else 0
        most = max(most, run)
    return most
