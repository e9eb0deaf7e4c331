"""Amounts as sums and differences of columns, such as `Total - Taxes - Shipping`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPERATOR = re.compile(r"\s+([+\-−])\s+")
_SIGNS: dict[str, Literal[1, -1]] = {"+": 1, "-": -1, "−": -1}


@record
class Term:
    """A column of a sum: its position in the file, counted from 0, and whether it is added or subtracted."""

    position: int
    sign: Literal[1, -1] = 1


def parse_terms(text: str, header: Sequence[str]) -> tuple[Term, ...]:
    """Return the terms of a sum of at least two columns of the header; none where the text is no such sum.

    Columns stand as they are called or in brackets, `[Net - EUR] - [Freight]`, and signs between blanks: `Net-Total` is
    no difference. Of two names that fit at one place, the longer one is meant.
    """
    positions = {heading: place for place, heading in reversed(list(enumerate(header))) if heading}
    by_length = sorted(positions, key=len, reverse=True)
    terms = _terms_from(text.strip(), 1, by_length, positions)
    return terms if len(terms) > 1 else ()


def unknown_term(text: str, header: Sequence[str]) -> str:
    """Return the first part of what looks like a sum that is no column of the header; nothing where it is no sum."""
    parts = possible_terms(text)
    known = any(part in header for part in parts)
    return next((part for part in parts if part not in header), "") if known and len(parts) > 1 else ""


def possible_terms(text: str) -> list[str]:
    """Return the columns of a sum as they are called where no name holds a sign itself."""
    return [part.strip().removeprefix("[").removesuffix("]") for part in _OPERATOR.split(text)[::2]]


def _terms_from(
    text: str, sign: Literal[1, -1], headings: Sequence[str], positions: dict[str, int]
) -> tuple[Term, ...]:
    for heading, length in _begins_with(text, headings):
        term = Term(positions[heading], sign)
        rest = text[length:]
        if not rest.strip():
            return (term,)
        operator = _OPERATOR.match(rest)
        others = operator and _terms_from(rest[operator.end() :], _SIGNS[operator[1]], headings, positions)
        if others:
            return (term, *others)
    return ()


def _begins_with(text: str, headings: Sequence[str]) -> Iterator[tuple[str, int]]:
    for heading in headings:
        if text.startswith(f"[{heading}]"):
            yield heading, len(heading) + 2
        elif text.startswith(heading):
            yield heading, len(heading)
