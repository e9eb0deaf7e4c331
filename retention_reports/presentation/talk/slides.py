"""The report as a talk of at most twelve slides, with one message each."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from retention_reports.presentation.talk.view import Slide, SlidesView
from retention_reports.presentation.view import Chart, FactStrip, ListItem, PointList, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_reports.presentation.view import Block, ReportView, SectionView

Kind = TypeVar("Kind", bound="Block")

MOST_SLIDES = 12
_FRAME = 3
"""The opening, the decisions, and the agenda."""
_BOXES = 2
_QUESTIONS = 8


def present_slides(report: ReportView) -> SlidesView:
    """Choose the sections that always lead and those with most money in them, in the order of the report."""
    shown = [view for view in report.sections if any(_can_be_shown(block) for block in _blocks(view))]
    others = sorted((view for view in shown if not view.leading), key=lambda view: view.rank, reverse=True)
    leading = [view for view in shown if view.leading]
    chosen = {view.key for view in [*leading, *others][: MOST_SLIDES - _FRAME]}
    sections = (_section(report, view) for view in shown if view.key in chosen)
    return SlidesView(
        language=report.language,
        title=report.title,
        client_name=report.client_name,
        period=f"{report.words['document']} · {report.period} · {report.as_of}",
        footer=report.footer,
        logo_data_url=report.logo_data_url,
        colour=report.colour,
        slides=tuple(chain(_opening(report), sections, _agenda(report))),
        words=report.words,
    )


def _opening(report: ReportView) -> Iterator[Slide]:
    summary = report.summary
    yield Slide(report.period, summary.headline, key_figures=summary.key_figures)
    if summary.decisions:
        yield Slide(report.words["decisions"], summary.total or report.words["decisions"], decisions=summary.decisions)


def _section(report: ReportView, view: SectionView) -> Slide:
    """Show the first picture of a section, else its first figures, else its first table."""
    blocks = _blocks(view)
    chart = _first(Chart, blocks)
    strip = None if chart else _first(FactStrip, blocks)
    tables = (block for block in blocks if isinstance(block, Table))
    boxes = tuple(one for one in report.summary.decisions if one.section == view.key)[:_BOXES]
    return Slide(
        kicker=view.title,
        headline=view.headline,
        chart=chart,
        strip=strip,
        table=None if chart or strip else next(tables, None),
        boxes=boxes,
        question=view.agenda[0] if view.agenda and not boxes else "",
    )


def _blocks(view: SectionView) -> list[Block]:
    """Return what paper shows of a section."""
    blocks = (block for row in view.rows if row.on_paper for block in row.blocks)
    return [block for block in blocks if not isinstance(block, Table) or block.on_paper]


def _can_be_shown(block: Block) -> bool:
    """Whether a slide can be made of it; the agenda, a list of points, has one of its own."""
    return isinstance(block, Chart | FactStrip | Table)


def _agenda(report: ReportView) -> Iterator[Slide]:
    """Yield what to talk about in the team, which closes the measures."""
    kept = [block for view in report.sections for row in view.rows if row.kept for block in row.blocks]
    points: list[ListItem] = [item for block in kept if isinstance(block, PointList) for item in block.items]
    if points:
        yield Slide(report.words["agenda"], report.words["agenda_headline"], points=tuple(points[:_QUESTIONS]))


def _first(kind: type[Kind], blocks: Iterable[Block]) -> Kind | None:
    return next((block for block in blocks if isinstance(block, kind)), None)
