"""What retention is worth, and what a customer costs to win, to keep, and to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.tables import count_cell, numeric_columns, text_cell, text_columns, unknown_cell
from retention_reports.presentation.view import Cell, Paragraphs, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.measures.economics_results import CostPerCustomer, Estimate, RetentionGain
    from retention_reports.analyses.measures.measure_results import Measures
    from retention_reports.presentation.context import Context

_COMPARED = ("retention", "win_back")
"""Kinds of spending that are often quoted as a ratio to that of acquisition."""


def gain_text(context: Context, gain: RetentionGain | None) -> Paragraphs | None:
    """Work out in sentences what five points more retention would have brought; None where it is unknown."""
    if gain is None or gain.points == 0:
        return None
    say = context.wording.say
    texts = [_gain_sentence(context, gain)]
    years = _years_sentence(context, gain)
    texts.append(f"{say('measures.gain.assumed')} {years}".strip())
    texts.append(say("measures.gain.quoted"))
    title = say("measures.gain.title", points=_points(context, gain), money=_money(context, gain.extra_revenue.value))
    return Paragraphs(tuple(texts), title)


def cost_table(context: Context, found: Measures) -> Table | None:
    """Show own cost per customer and ratio beside the ratios often quoted; None without spending."""
    if not found.cost_per_customer:
        return None
    say = context.wording.say
    acquisition = next((entry.each for entry in found.cost_per_customer if entry.kind == "acquisition"), None)
    columns = (say(f"measures.columns.{name}") for name in ("customers", "each", "ratio", "quoted"))
    return Table(
        identifier="measures-costs",
        title=say("measures.costs.title"),
        subtitle=say("measures.costs.subtitle", currency=context.formats.symbol),
        columns=(*text_columns(say("measures.columns.customer")), *numeric_columns(*columns)),
        rows=tuple(_cost_row(context, entry, acquisition) for entry in found.cost_per_customer),
    )


def _gain_sentence(context: Context, gain: RetentionGain) -> str:
    say, formats = context.wording.say, context.formats
    margin = ""
    if gain.extra_margin is not None:
        margin = say("measures.gain.margin", money=_with_interval(context, gain.extra_margin))
    percent = "" if gain.of_revenue is None else say("measures.gain.percent", percent=formats.percent(gain.of_revenue))
    return say(
        "measures.gain.text",
        points=_points(context, gain),
        customers=formats.number(float(gain.extra_customers), 1),
        n=formats.count(gain.retention.n),
        rate=formats.rate(gain.retention),
        money=_with_interval(context, gain.extra_revenue),
        percent=percent,
        margin=margin,
    )


def _years_sentence(context: Context, gain: RetentionGain) -> str:
    if gain.years_now is None or gain.years_then is None:
        return ""
    number = context.formats.number
    return context.wording.say(
        "measures.gain.years", now=number(float(gain.years_now), 1), then=number(float(gain.years_then), 1)
    )


def _points(context: Context, gain: RetentionGain) -> str:
    points = float(gain.points) * 100
    return context.formats.number(points, 0 if points == int(points) else 1)


def _with_interval(context: Context, estimate: Estimate) -> str:
    return context.wording.say(
        "measures.gain.interval",
        value=_money(context, estimate.value),
        low=_money(context, estimate.low),
        high=_money(context, estimate.high),
    )


def _money(context: Context, amount: int) -> str:
    return context.formats.money_short(amount)


def _cost_row(context: Context, entry: CostPerCustomer, acquisition: float | None) -> tuple[Cell, ...]:
    say, formats = context.wording.say, context.formats
    each = unknown_cell(context)
    if entry.each is not None:
        each = Cell(formats.number(entry.each), sort=str(entry.each))
    ratio = unknown_cell(context)
    if entry.kind in _COMPARED and acquisition is not None and entry.each:
        times = acquisition / entry.each
        ratio = Cell(say("measures.costs.times", times=formats.number(times, 1)), sort=str(times))
    quoted = say(f"measures.costs.quoted.{entry.kind}") if entry.kind in _COMPARED else ""
    return (
        text_cell(say(f"measures.costs.kinds.{entry.kind}")),
        count_cell(context, entry.customers),
        each,
        ratio,
        Cell(quoted, tone=Tone.MUTED),
    )
