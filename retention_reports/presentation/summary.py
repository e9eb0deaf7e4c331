"""The first page: what management must know and decide, drawn from what every section found."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from retention_reports.analyses.pillars.pillar_analysis import Pillars
from retention_reports.analyses.revenue_bridge import RevenueBridge
from retention_reports.model.young_history import young_history
from retention_reports.presentation.first_page import FirstPageText, first_page
from retention_reports.presentation.gate import comparable
from retention_reports.presentation.pillars.pillar_charts import (
    customer_bridge_chart,
    driver_of,
    revenue_chart,
)
from retention_reports.presentation.pillars.pillar_conclusions import headline, short_headline
from retention_reports.presentation.recommendations.dependence import dependence
from retention_reports.presentation.recommendations.recommendation_section import (
    present_decisions,
    present_outcome,
    total_text,
)
from retention_reports.presentation.view import SummaryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Finding, SectionView

_FINDINGS = 3
_KEY_FIGURES = 6
_WHERE_TOLD = "pillars"


def present_summary(context: Context, sections: Sequence[SectionView], notes_html: str) -> SummaryView:
    """Show what is to be decided, choose the key figures, and one finding for each of three topics."""
    pillars = context.result(Pillars)
    decisions, warnings = present_decisions(context, context.register), _warnings(context, pillars)
    title, findings = _headline(context, pillars), (*_dependence(context, sections), *_findings(sections))
    outcome = present_outcome(context, context.register)
    told = tuple(finding.text for finding, _ in findings)
    room = first_page(FirstPageText(title, decisions, told, warnings, notes_html, has_outcome=outcome is not None))
    charts = (
        customer_bridge_chart(context, pillars, height=room.chart_height),
        revenue_chart(context, pillars, identifier="summary-revenue", height=room.chart_height),
    )
    figures = sorted((figure for view in sections for figure in view.key_figures), key=lambda figure: figure.order)
    return SummaryView(
        headline=title,
        decisions=decisions,
        key_figures=tuple(figures[:_KEY_FIGURES]),
        charts=tuple(chart for chart in charts if chart is not None),
        findings=findings,
        warnings=warnings,
        total=total_text(context, context.register),
        outcome=outcome,
        notes_html=notes_html,
        notes_on_first_page=room.has_note,
        charts_on_paper=room.has_charts,
    )


def _headline(context: Context, pillars: Pillars) -> str:
    """Say who came and left, and how revenue stands against the same quarter a year ago.

    Where the data ends early, half a quarter is not held against a whole one; nor is anything against a tiny quarter.
    """
    bridge = context.result(RevenueBridge)
    if pillars.ends_early or bridge.start is None or bridge.end is None or not comparable(bridge.end, bridge.start):
        return headline(context, pillars)
    change = (bridge.end - bridge.start) / bridge.start
    key = "up" if change > 0 else "down" if change < 0 else "same"
    revenue = context.wording.say(
        f"pillars.summary.{key}",
        percent=context.formats.percent(abs(change)),
        driver=driver_of(context, bridge) if change else "",
    )
    return f"{short_headline(context, pillars)} {revenue}"


def _findings(sections: Sequence[SectionView]) -> tuple[tuple[Finding, SectionView], ...]:
    """Return the weightiest finding on each pillar, so that the first page tells of new, loyal, and lost customers.

    Where a pillar has none, the weightiest of the other findings take its place.
    """
    ranked = sorted(
        ((finding, view) for view in sections for finding in view.findings), key=lambda entry: -entry[0].weight
    )
    chosen = [
        next((entry for entry in ranked if entry[0].pillar == pillar), None) for pillar in ("new", "loyal", "lost")
    ]
    found = [entry for entry in chosen if entry is not None]
    topics = {finding.topic for finding, _ in found}
    others = (entry for entry in ranked if entry[0].topic not in topics)
    return (*found, *islice(others, _FINDINGS - len(found)))


def _dependence(context: Context, sections: Sequence[SectionView]) -> tuple[tuple[Finding, SectionView], ...]:
    """Return what hangs on one customer, where it is much: it goes before what concerns all."""
    found = dependence(context)
    told = (view for view in sections if view.key == _WHERE_TOLD)
    return tuple((found, view) for view in told if found is not None)


def _warnings(context: Context, pillars: Pillars) -> tuple[str, ...]:
    told = dict.fromkeys(warning.on_first_page for warning in context.dataset.folder.warnings)
    doubts = [message.said_in(context.wording.language) for message in told if message is not None]
    if pillars.ends_early:
        days = context.days_since(pillars.newest_order)
        doubts.append(
            context.wording.say(
                "pillars.warnings.ends_early",
                day=context.formats.long_day(pillars.newest_order),
                n=context.formats.count(days),
            )
        )
    dataset = context.dataset
    young = young_history(dataset.client, dataset.data_from, dataset.quarter)
    if young is not None and young.hides_customers_in(dataset.quarter):
        day, quarter = context.formats.long_day(young.first_day), context.formats.quarter(young.known_from)
        doubts.append(context.wording.say("pillars.warnings.young_history", day=day, quarter=quarter))
    return tuple(doubts)
