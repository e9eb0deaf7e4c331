"""The answers to how many and what it cost, as a strip of small figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.changes import money_change
from retention_reports.presentation.gate import enough
from retention_reports.presentation.view import Fact, FactStrip

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers, LostYear
    from retention_reports.presentation.context import Context


def fact_strip(context: Context, lost: LostCustomers) -> FactStrip | None:
    """Return how many left, how, and what a year and a lifetime of them is worth; None where nobody can know."""
    if lost.now.lost is None:
        return None
    facts = (_number(context, lost), _ways(context, lost.now), _year(context, lost), _lifetime(context, lost.now))
    return FactStrip(tuple(fact for fact in (*facts, _margin(context, lost.now)) if fact is not None))


def _number(context: Context, lost: LostCustomers) -> Fact | None:
    rate, say, formats = lost.now.lost, context.wording.say, context.formats
    if rate is None:
        return None
    shown, base = formats.rate(rate), formats.k_of_n(rate)
    note = [text for text in dict.fromkeys((base, shown)) if rate.n]
    if lost.before.lost is not None:
        note.append(say("lost_customers.facts.before", number=formats.count(lost.before.lost.k)))
    return Fact(say("lost_customers.facts.lost"), formats.count(rate.k), "; ".join(note))


def _ways(context: Context, year: LostYear) -> Fact | None:
    if not context.knows("lost_customers", "lost_12m.by_notice"):
        return None
    if year.by_notice is None or year.silently is None or not (year.by_notice + year.silently):
        return None
    note = context.wording.count("lost_customers.facts.silent", year.silently, n=context.formats.count(year.silently))
    return Fact(context.wording.say("lost_customers.facts.notice"), context.formats.count(year.by_notice), note)


def _year(context: Context, lost: LostCustomers) -> Fact | None:
    if lost.now.revenue_year is None:
        return None
    say = context.wording.say
    change = money_change(context, lost.now.revenue_year, lost.before.revenue_year, "year", more_is_better=False)
    note = f"{change.text} {change.against}" if change else say("lost_customers.facts.year_note")
    return Fact(say("lost_customers.facts.year"), context.formats.money_short(lost.now.revenue_year), note)


def _lifetime(context: Context, year: LostYear) -> Fact | None:
    if year.lifetime_value is None:
        return None
    if not year.years_assumed and year.retention is not None and not enough(year.retention.n - year.retention.k):
        return None
    say, formats = context.wording.say, context.formats
    years = formats.number(float(year.remaining_years), 1)
    if year.years_assumed or year.retention is None:
        note = say("lost_customers.facts.years_assumed", years=years)
    else:
        note = say("lost_customers.facts.years", years=years, rate=formats.k_of_n(year.retention))
    return Fact(say("lost_customers.facts.lifetime"), formats.money_short(year.lifetime_value), note)


def _margin(context: Context, year: LostYear) -> Fact | None:
    if year.margin_year is None or year.lifetime_margin is None or year.margin_known is None:
        return None
    say, formats = context.wording.say, context.formats
    note = say("lost_customers.facts.margin_note", money=formats.money_short(year.lifetime_margin))
    if year.margin_known.k < year.margin_known.n:
        share = formats.percent(year.margin_known.share or 0.0, 0)
        note = f"{note}; {say('lost_customers.facts.margin_known', share=share)}"
    return Fact(say("lost_customers.facts.margin"), formats.money_short(year.margin_year), note)
