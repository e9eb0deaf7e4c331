"""The agenda of the staff meeting: the first question that each section draws from its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.story import Chapter
from retention_reports.presentation.view import ListItem, PointList, Row, SectionView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.context import Context

_PLACE = "measures"
_EACH = 1
"""Questions a section: a meeting gets through a dozen."""
_OWN_WORK = ("contacts", "prices", "expectations", "sales_check", "ten_errors", _PLACE)
"""Sections about what we do; the others are about customers and what they buy."""


def with_agenda(context: Context, sections: Sequence[SectionView]) -> tuple[SectionView, ...]:
    """Return the sections with the agenda at the end of the measures, else as a section of its own, last."""
    lists = _lists(context, sections)
    if not lists:
        return tuple(sections)
    row = Row(lists, kept=True)
    if any(view.key == _PLACE for view in sections):
        return tuple(replace(view, rows=(*view.rows, row)) if view.key == _PLACE else view for view in sections)
    say = context.wording.say
    title, headline = say("report.agenda.title"), say("report.agenda.headline")
    own = SectionView("agenda", title, headline, (row,), chapter=Chapter.MEASURES, leading=True)
    return (*sections, own)


def _lists(context: Context, sections: Sequence[SectionView]) -> tuple[PointList, ...]:
    """Return the questions about customers and those about our own work, side by side."""
    groups = {
        "customers": [view for view in sections if view.key not in _OWN_WORK],
        "work": [view for view in sections if view.key in _OWN_WORK],
    }
    return tuple(
        PointList(context.wording.say(f"report.agenda.{name}"), items)
        for name, views in groups.items()
        if (items := tuple(ListItem(f"{view.title}:", question) for view in views for question in view.agenda[:_EACH]))
    )
