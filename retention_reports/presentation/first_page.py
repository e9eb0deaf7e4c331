"""What the first page of the PDF has room for: its text goes first, pictures take what is left."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from retention_reports.presentation.pillars.pillar_charts import FIRST_PAGE_HEIGHT
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.view import Decision

_LINE = 13.7
"""Pixels from one line of text to the next."""
_WIDE, _NARROW = 120, 80
"""Letters in a line over the page, and beside the columns of the decisions."""
_USUAL_LINES = 14
"""Lines of the decisions with which the page is full, pictures at their usual height."""
_AROUND = 18
"""Pixels around a warning or a note."""
_LOWEST = 85
"""Lower pictures would be all labels."""
_TITLES = 55
"""Pixels of a picture's title and subtitle."""


@record
class FirstPage:
    """The height of the pictures; they and the note may have no room on paper."""

    chart_height: float
    has_charts: bool
    has_note: bool


def first_page(decisions: Sequence[Decision], warnings: Sequence[str], notes_html: str) -> FirstPage:
    """Share out the page: where the text takes too much, the pictures go first, then the note."""
    lines = sum(ceil((len(one.lead) + len(one.text)) / _NARROW) for one in decisions)
    taken = (lines - _USUAL_LINES) * _LINE + sum(_height(text) for text in warnings)
    note = _height(notes_html) + _LINE if notes_html else 0.0
    left = FIRST_PAGE_HEIGHT - taken - note
    has_charts = left >= _LOWEST
    has_note = left + _TITLES >= 0
    if not has_note:
        left, has_charts = FIRST_PAGE_HEIGHT - taken, FIRST_PAGE_HEIGHT - taken >= _LOWEST
    return FirstPage(min(FIRST_PAGE_HEIGHT, left) if has_charts else FIRST_PAGE_HEIGHT, has_charts, has_note)


def _height(text: str) -> float:
    return ceil(len(text) / _WIDE) * _LINE + _AROUND
