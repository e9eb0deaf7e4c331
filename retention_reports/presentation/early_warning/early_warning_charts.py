"""The picture of the early warning: what is at stake by sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning, SignalSummary
    from retention_reports.presentation.context import Context


def stakes_chart(context: Context, warning: EarlyWarning) -> Chart | None:
    """Rank the proven signs by what is at stake with those who show them; None where nobody does."""
    shown = [entry for entry in warning.signals if entry.customers and entry.at_stake is not None]
    if not shown:
        return None
    say = context.wording.say
    ranked = sorted(shown, key=lambda entry: -(entry.at_stake or 0))
    title = say("early_warning.stakes.title", signal=say(f"early_warning.signals.{ranked[0].key}"))
    svg = draw_ranked_bars(
        RankedBars(
            identifier="early-warning-stakes",
            title=title,
            description=say("early_warning.stakes.description", n=context.formats.count(len(ranked))),
            width=HALF_WIDTH,
            bars=tuple(_bar(context, entry) for entry in ranked),
            share_heading=say("early_warning.columns.customers"),
        )
    )
    subtitle = say("early_warning.stakes.subtitle", unit=context.formats.thousands_unit)
    return Chart(title, subtitle, svg, note=say("early_warning.stakes.note"))


def _bar(context: Context, entry: SignalSummary) -> RankedBar:
    stake = entry.at_stake or 0
    return RankedBar(
        context.wording.say(f"early_warning.signals.{entry.key}"),
        Value(stake / THOUSAND, context.formats.bare_thousands(stake)),
        share=context.formats.count(entry.customers),
        role=Role.LOST,
    )
