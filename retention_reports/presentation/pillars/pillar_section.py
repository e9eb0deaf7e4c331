"""The section on the three pillars: where customers and revenue were won and lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.pillars.pillar_analysis import Pillars
from retention_reports.analyses.revenue_bridge import RevenueBridge
from retention_reports.analyses.spending import Spending
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.pillars.key_figures import fact_strip, key_figures
from retention_reports.presentation.pillars.pillar_charts import movements_chart, revenue_bridge_chart, revenue_chart
from retention_reports.presentation.pillars.pillar_conclusions import findings, headline
from retention_reports.presentation.pillars.pillar_tables import (
    all_customers_table,
    came_table,
    history_table,
    left_table,
    movers_table,
    segments_table,
)
from retention_reports.presentation.pillars.spending import spending_chart, spending_finding
from retention_reports.presentation.view import Definition, Row, SectionView

if TYPE_CHECKING:
    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Block

_METHOD = ("status", "bridge", "revenue", "retention", "net", "revenue_bridge", "spending")


def present_pillars(context: Context) -> SectionView:
    """Tell the three pillars of the quarter."""
    pillars = context.result(Pillars)
    bridge = context.result(RevenueBridge)
    spending = context.result(Spending)
    say = context.wording.say
    rows = [
        Row(_present(movements_chart(context, pillars), revenue_chart(context, pillars))),
        Row((fact_strip(context, pillars),)),
        Row(_present(spending_chart(context, spending))),
        Row(_present(revenue_bridge_chart(context, bridge))),
        Row(_present(movers_table(context, bridge))),
        Row(_present(segments_table(context, pillars))),
        Row(_present(left_table(context, pillars))),
        Row(_present(came_table(context, pillars))),
        Row((history_table(context, pillars),)),
        Row((all_customers_table(context, pillars),)),
    ]
    return SectionView(
        key="pillars",
        title=say("pillars.title"),
        headline=headline(context, pillars),
        rows=tuple(row for row in rows if row.blocks),
        findings=(*findings(context, pillars), *filter(None, [spending_finding(context, spending)])),
        key_figures=key_figures(context, pillars),
        method=(_active_definition(context), *(_definition(context, name) for name in _METHOD)),
        missing=grouped_missing(
            context, "pillars", [*pillars.current.missing, *_bridge_missing(bridge), *_spending_missing(spending)]
        ),
        agenda=_agenda(context, pillars),
    )


def _present(*blocks: Block | None) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block is not None)


def _definition(context: Context, name: str) -> Definition:
    return Definition(
        context.wording.say(f"pillars.method.{name}.term"), context.wording.say(f"pillars.method.{name}.text")
    )


def _active_definition(context: Context) -> Definition:
    client = context.client

    def months(number: int) -> str:
        return context.wording.count("pillars.method.months", number, n=context.formats.count(number))

    default = months(client.lapse_months)
    exceptions = [
        context.wording.say("pillars.method.active_segments", segment=segment, months=months(number))
        for segment, number in sorted(client.segment_lapse_months.items())
    ]
    listed = f"{default} ({'; '.join(exceptions)})" if exceptions else default
    return Definition(
        context.wording.say("pillars.method.active.term"),
        context.wording.say("pillars.method.active.text", months=listed),
    )


def _bridge_missing(bridge: RevenueBridge) -> list[Missing]:
    return [entry for entry in bridge.missing if entry.key == "start"]


def _spending_missing(spending: Spending) -> list[Missing]:
    return [entry for entry in spending.missing if entry.key.startswith("spent")]


def _agenda(context: Context, pillars: Pillars) -> tuple[str, ...]:
    lost = pillars.current.bridge.lost
    if not lost:
        return ()
    return (context.wording.count("pillars.agenda.left", lost, n=context.formats.count(lost)),)
