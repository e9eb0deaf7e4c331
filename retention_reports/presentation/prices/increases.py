"""Past increases in pictures and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.prices.price_results import Verdict
from retention_reports.charts.dumbbell import Dumbbells, Pair, draw_dumbbells
from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.style import Effect
from retention_reports.model.figures import Missing
from retention_reports.presentation.gate import comparable
from retention_reports.presentation.missing import reason_text
from retention_reports.presentation.tables import (
    count_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Chart, ListItem, PointList, Table

if TYPE_CHECKING:
    from retention_reports.analyses.prices.price_results import BuyerGroup, Increase, IncreaseEffect, Prices
    from retention_reports.presentation.context import Context

_SHOWN = 4
_COMPARED = (Verdict.FELL_MORE, Verdict.ROSE_MORE, Verdict.NO_DIFFERENCE)
_EFFECTS = {Verdict.FELL_MORE: Effect.BAD, Verdict.ROSE_MORE: Effect.GOOD}


def increases_chart(context: Context, prices: Prices) -> Chart | None:
    """Draw how affected and other customers' revenue changed; None where no increase can be judged yet."""
    say = context.wording.say
    shown = [entry for entry in prices.increases if entry.affected and entry.affected.change is not None][:_SHOWN]
    if not shown:
        return None
    pairs = tuple(
        Pair(
            label=increase_name(context, entry.increase),
            first=_change(context, entry.unaffected),
            second=_change(context, entry.affected),
            effect=_EFFECTS.get(entry.verdict, Effect.NEUTRAL),
            missing=say("prices.increases.nothing"),
        )
        for entry in shown
    )
    fell = sum(1 for entry in shown if entry.verdict is Verdict.FELL_MORE)
    compared = any(entry.verdict in _COMPARED for entry in shown)
    title = (
        context.wording.count("prices.increases.title", fell, n=context.formats.count(fell))
        if compared
        else say("prices.increases.title_no_comparison")
    )
    svg = draw_dumbbells(
        Dumbbells(
            identifier="price-increases",
            title=title,
            description=say("prices.increases.description"),
            width=HALF_WIDTH,
            pairs=pairs,
            first_label=say("prices.increases.unaffected"),
            second_label=say("prices.increases.affected"),
        )
    )
    return Chart(title, say("prices.increases.subtitle"), svg)


def increase_points(context: Context, prices: Prices) -> PointList | None:
    """Say for the newest increases what happened; None without increases."""
    if not prices.increases:
        return None
    items = [
        ListItem(f"{increase_name(context, entry.increase)}.", _sentence(context, entry))
        for entry in prices.increases[:_SHOWN]
    ]
    if any(entry.verdict in _COMPARED for entry in prices.increases[:_SHOWN]):
        items.append(ListItem("", context.wording.say("prices.increases.caution")))
    return PointList(context.wording.say("prices.increases.points"), tuple(items))


def effects_table(context: Context, prices: Prices) -> Table | None:
    """Show every increase with both groups' numbers, for the screen."""
    if not prices.increases:
        return None
    say = context.wording.say
    texts = text_columns(say("prices.columns.increase"))
    numbers = numeric_columns(
        *(
            say(f"prices.columns.{name}")
            for name in ("affected", "revenue_change", "quantity_change", "stopped", "unaffected", "revenue_change")
        ),
        *(say(f"prices.columns.{name}") for name in ("quantity_change", "stopped_unaffected", "difference")),
    )
    return Table(
        identifier="price-effects",
        title=say("prices.tables.effects"),
        subtitle=say("prices.tables.effects_subtitle"),
        columns=(*texts, *numbers),
        rows=tuple(_effect_row(context, entry) for entry in prices.increases),
        folded=True,
        on_paper=False,
    )


def increase_name(context: Context, increase: Increase) -> str:
    """Name an increase by day, goods and height."""
    formats = context.formats
    what = increase.product or increase.category or context.wording.say("prices.increases.all")
    decimals = 0 if increase.percent == int(increase.percent) else 1
    percent = formats.percent(increase.percent / 100, decimals)
    return context.wording.say("prices.increases.label", day=formats.month(increase.day), what=what, percent=percent)


def _sentence(context: Context, entry: IncreaseEffect) -> str:
    say, formats = context.wording.say, context.formats
    if entry.reason is not None or entry.affected is None:
        reason = reason_text(context, Missing("increases", entry.reason, "order_lines")) if entry.reason else ""
        return say("prices.increases.unknown", reason=reason)
    if entry.affected.customers == 0:
        return say("prices.increases.no_comparison_nobody")
    low, high = (formats.signed(bound * 100) for bound in entry.interval or (0.0, 0.0))
    main = say(
        f"prices.increases.{entry.verdict}",
        affected=_percent(context, entry.affected),
        unaffected=_percent(context, entry.unaffected),
        points=say("common.points", value=formats.signed((entry.difference or 0.0) * 100)),
        low=low,
        high=high,
    )
    interim = say("prices.increases.interim", days=formats.count(entry.days)) if entry.interim else ""
    return " ".join(part for part in (main, _stopped(context, entry), interim) if part)


def _stopped(context: Context, entry: IncreaseEffect) -> str:
    say, formats = context.wording.say, context.formats
    if entry.affected is None:
        return ""
    affected = formats.k_of_n(entry.affected.stopped)
    if entry.unaffected is None:
        return say("prices.increases.stopped", affected=affected) + "."
    return (
        say("prices.increases.stopped_both", affected=affected, unaffected=formats.k_of_n(entry.unaffected.stopped))
        + "."
    )


def _percent(context: Context, group: BuyerGroup | None) -> str:
    if group is None or group.change is None or not _compares(group):
        return context.wording.say("common.nothing")
    return context.formats.signed_percent(group.change, 0)


def _change(context: Context, group: BuyerGroup | None) -> Value | None:
    if group is None or group.change is None or not _compares(group):
        return None
    return Value(group.change * 100, context.formats.signed_percent(group.change, 0))


def _compares(group: BuyerGroup) -> bool:
    return comparable(group.revenue_after, group.revenue_before)


def _effect_row(context: Context, entry: IncreaseEffect) -> tuple[Cell, ...]:
    return (
        text_cell(increase_name(context, entry.increase)),
        *_group_cells(context, entry.affected),
        *_group_cells(context, entry.unaffected),
        _difference_cell(context, entry),
    )


def _group_cells(context: Context, group: BuyerGroup | None) -> tuple[Cell, ...]:
    if group is None:
        return (unknown_cell(context),) * 4
    return (
        count_cell(context, group.customers),
        _share_cell(context, group.change if _compares(group) else None),
        _share_cell(context, group.quantity_change),
        rate_cell(context, group.stopped),
    )


def _share_cell(context: Context, share: float | None) -> Cell:
    if share is None:
        return unknown_cell(context)
    return Cell(context.formats.signed_percent(share, 0), sort=str(share))


def _difference_cell(context: Context, entry: IncreaseEffect) -> Cell:
    if entry.difference is None or entry.interval is None:
        return unknown_cell(context)
    formats = context.formats
    low, high = (formats.signed(bound * 100) for bound in entry.interval)
    bounds = context.wording.say("common.range", low=low, high=high)
    return Cell(f"{formats.signed(entry.difference * 100)} ({bounds})", sort=str(entry.difference))
