"""What the first page of the PDF has room for: its text goes first, pictures take what is left."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from retention_reports.presentation.pillars.pillar_charts import FIRST_PAGE_HEIGHT
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.view import Decision

_PAGE = 984
"""Pixels from the headline to the foot."""
_FRAME = 240
"""Pixels of what every first page has: six key figures, the titles of its parts, what stands between them."""
_LINE, _HEADLINE = 15.0, 25.0
"""Pixels from one line of text to the next."""
_WIDE, _BESIDE, _NARROW, _LARGE = 112, 84, 60, 44
"""Letters in a line: over the page, beside a topic, beside the columns of the decisions, and in the headline."""
_AROUND, _AROUND_ROW = 18, 7
"""Pixels around a warning or a note, and around a row of a table."""
_LEAST_LINES = 3
"""A decision's money, interval and evidence stand below one another."""
_OUTCOME = 92
"""Pixels of what became of the last decisions."""
_LOWEST = 85
"""Lower pictures would be all labels."""
_TITLES = 70
"""Pixels of the pictures' titles, subtitles and distances."""


@record
class FirstPage:
    """The height of the pictures; they and the note may have no room on paper."""

    chart_height: float
    has_charts: bool
    has_note: bool


@record
class FirstPageText:
    """The texts of the first page: findings without their topics; `has_outcome` where earlier decisions are judged."""

    headline: str
    decisions: Sequence[Decision] = ()
    findings: Sequence[str] = ()
    warnings: Sequence[str] = ()
    notes_html: str = ""
    has_outcome: bool = False


def first_page(text: FirstPageText) -> FirstPage:
    """Share out the page: where the text takes too much, the note goes to the next page, then the pictures go."""
    left = _PAGE - _FRAME - _lines(text.headline, _LARGE) * _HEADLINE - _OUTCOME * text.has_outcome
    for decision in text.decisions:
        lines = max(_LEAST_LINES, _lines(f"{decision.lead} {decision.text}", _NARROW))
        left -= lines * _LINE + _AROUND_ROW
    left -= sum(_lines(finding, _BESIDE) * _LINE + _AROUND_ROW for finding in text.findings)
    left -= sum(_lines(warning, _WIDE) * _LINE + _AROUND for warning in text.warnings)
    note = _lines(text.notes_html, _WIDE) * _LINE + _LINE + _AROUND if text.notes_html else 0.0
    has_note = left - note >= _TITLES + _LOWEST
    height = left - (note if has_note else 0.0) - _TITLES
    has_charts = height >= _LOWEST
    return FirstPage(min(FIRST_PAGE_HEIGHT, height) if has_charts else FIRST_PAGE_HEIGHT, has_charts, has_note)


def _lines(text: str, letters: int) -> int:
    return ceil(len(text) / letters)
