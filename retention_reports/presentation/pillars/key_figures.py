"""The pillars' key figures for the first page, and the strip of figures in the section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW
from retention_reports.model.money import UNIT
from retention_reports.presentation.changes import count_change, money_change, plan_variance, rate_change, sparkline
from retention_reports.presentation.pillars.pillar_conclusions import left_customers
from retention_reports.presentation.view import Fact, FactStrip, KeyFigure

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.analyses.pillars.pillar_analysis import Pillars
    from retention_reports.analyses.pillars.pillar_results import PillarFigures
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Change

_YEAR = 4


def key_figures(context: Context, pillars: Pillars) -> tuple[KeyFigure, ...]:
    """Return active customers, revenue, retention, and the quarter's new and lost customers with their changes."""
    return (
        _active(context, pillars),
        _revenue(context, pillars),
        _rate(context, pillars, 30, "retention_12m", "retention_rate_12m"),
        _rate(context, pillars, 40, "net", "net_revenue_retention_12m"),
        _new(context, pillars),
        _lost(context, pillars),
    )


def fact_strip(context: Context, pillars: Pillars) -> FactStrip:
    """Return the section's own small figures: retention by count and by revenue, order value."""
    current, say = pillars.current, context.wording.say
    facts = [
        _rate_fact(context, "retention", current.retention_rate),
        _rate_fact(context, "net", current.net_revenue_retention_12m),
        _rate_fact(context, "gross", current.gross_revenue_retention_12m),
    ]
    if current.average_order_value is not None and current.orders is not None:
        orders = context.wording.count("pillars.facts.orders", current.orders, n=context.formats.count(current.orders))
        facts.append(Fact(say("pillars.facts.order_value"), context.formats.money(current.average_order_value), orders))
    known = context.knows("pillars", "left_by_notice")
    if known and pillars.left_by_notice is not None and pillars.left_silently is not None:
        facts.append(_ways_fact(context, pillars.left_by_notice, pillars.left_silently))
    return FactStrip(tuple(facts))


def _ways_fact(context: Context, by_notice: int, silently: int) -> Fact:
    parts = [
        context.wording.count(f"pillars.facts.{name}", number, n=context.formats.count(number))
        for name, number in (("notice", by_notice), ("silent", silently))
    ]
    label = context.wording.say("pillars.facts.lost")
    return Fact(label, context.formats.count(by_notice + silently), ", ".join(parts))


def _rate_fact(context: Context, name: str, rate: Rate | None) -> Fact:
    label = context.wording.say(f"pillars.facts.{name}")
    if rate is None or rate.share is None:
        return Fact(label, context.wording.say("common.nothing"), context.wording.say("common.unknown"))
    shown = context.formats.rate(rate)
    base = context.formats.k_of_n(rate)
    return Fact(label, shown, "" if shown == base else base)


def _active(context: Context, pillars: Pillars) -> KeyFigure:
    label = context.wording.say("pillars.key_figures.active")

    def value(entry: PillarFigures) -> int | None:
        return entry.bridge.closing

    current = value(pillars.current)
    return KeyFigure(
        key="pillars.bridge.closing",
        order=10,
        label=label,
        value=_count(context, current),
        changes=_changes(pillars, lambda then, against: count_change(context, current, value(then), against)),
        sparkline=sparkline(context, label, [value(entry) for entry in pillars.history]),
    )


def _revenue(context: Context, pillars: Pillars) -> KeyFigure:
    label = context.wording.say("pillars.key_figures.revenue")
    current = pillars.current.revenue.total
    target = context.client.targets.get("revenue")
    return KeyFigure(
        key="pillars.revenue.total",
        order=20,
        label=label,
        value=_money(context, current),
        changes=_changes(pillars, lambda then, against: money_change(context, current, then.revenue.total, against)),
        plan=_plan(context, current, target, lambda value: context.formats.money_short(value * UNIT), UNIT),
        sparkline=sparkline(context, label, [entry.revenue.total for entry in pillars.history]),
    )


def _rate(context: Context, pillars: Pillars, order: int, word: str, name: str) -> KeyFigure:
    label = context.wording.say(f"pillars.key_figures.{word}")

    def value(entry: PillarFigures) -> Rate | None:
        rate: Rate | None = getattr(entry, name)
        return rate

    current = value(pillars.current)
    target = context.client.targets.get(name)
    known = current is not None and current.share is not None
    then = pillars.quarters_ago(_YEAR)
    change = rate_change(context, current, value(then), "year") if then is not None else None
    return KeyFigure(
        key=f"pillars.{name}",
        order=order,
        label=label,
        value=context.formats.rate(current) if known and current is not None else context.wording.say("common.nothing"),
        note=_base(context, current),
        changes=(change,) if change is not None else (),
        plan=_rate_plan(context, current, target),
        sparkline=sparkline(
            context, label, [rate.share if (rate := value(entry)) is not None else None for entry in pillars.history]
        ),
    )


def _new(context: Context, pillars: Pillars) -> KeyFigure:
    label = context.wording.say("pillars.key_figures.new")
    current = pillars.current.bridge.new
    target = context.client.targets.get("new_customers")
    return KeyFigure(
        key="pillars.bridge.new",
        order=50,
        label=label,
        value=_count(context, current),
        changes=_changes(pillars, lambda then, against: count_change(context, current, then.bridge.new, against)),
        plan=_plan(context, current, target, context.formats.number),
        sparkline=sparkline(context, label, [entry.bridge.new for entry in pillars.history]),
    )


def _lost(context: Context, pillars: Pillars) -> KeyFigure:
    label = context.wording.say("pillars.key_figures.lost")
    current = pillars.current.bridge.lost
    value = sum(customer.yearly_value for customer in left_customers(pillars))
    note = context.wording.say("pillars.key_figures.lost_note", money=context.formats.money_short(value))
    return KeyFigure(
        key="pillars.bridge.lost",
        order=60,
        label=label,
        value=_count(context, current),
        note=note if current else "",
        changes=_changes(
            pillars,
            lambda then, against: count_change(context, current, then.bridge.lost, against, more_is_better=False),
        ),
        sparkline=sparkline(context, label, [entry.bridge.lost for entry in pillars.history], more_is_better=False),
    )


def _changes(pillars: Pillars, change: Callable[[PillarFigures, str], Change | None]) -> tuple[Change, ...]:
    """Return the changes against the last quarter and the year before, as far as both are known."""
    found = []
    for quarters, against in ((1, "quarter"), (_YEAR, "year")):
        then = pillars.quarters_ago(quarters)
        if then is not None and (known := change(then, against)) is not None:
            found.append(known)
    return tuple(found)


def _count(context: Context, value: int | None) -> str:
    return context.wording.say("common.nothing") if value is None else context.formats.count(value)


def _money(context: Context, value: int | None) -> str:
    return context.wording.say("common.nothing") if value is None else context.formats.money_short(value)


def _plan(
    context: Context, current: int | None, target: float | None, shown: Callable[[float], str], unit: int = 1
) -> Change | None:
    """Hold an amount or a count against its plan; None without a plan."""
    if target is None:
        return None
    difference = None if current is None else round(current / unit - target, 2)
    text = "" if difference is None else f"{'+' if difference > 0 else ''}{shown(difference)}"
    return plan_variance(difference, text, context.wording.say("common.against_plan", value=shown(target)))


def _rate_plan(context: Context, current: Rate | None, target: float | None) -> Change | None:
    """Hold a rate against its plan in points; of fewer than ten cases no difference is told."""
    if target is None:
        return None
    against = context.wording.say("common.against_plan", value=context.formats.percent(target, 0))
    share = None if current is None or (not current.is_money and current.n < TOO_FEW) else current.share
    if share is None:
        return plan_variance(None, "", against)
    return plan_variance(round((share - target) * 100, 1), context.formats.points(share - target), against)


def _base(context: Context, rate: Rate | None) -> str:
    if rate is None or rate.share is None:
        return context.wording.say("common.unknown")
    base = context.formats.k_of_n(rate)
    return "" if base == context.formats.rate(rate) else base
