"""What segments say: headline, small figures, finding, decision, question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.segments.segment_results import WISH_FROM
from retention_reports.presentation.gate import enough, tells, worth_naming
from retention_reports.presentation.view import Fact, FactStrip, Finding

if TYPE_CHECKING:
    from retention_reports.analyses.segments.segment_results import (
        PortfolioPoint,
        Relationships,
        Segments,
        Services,
        Usage,
    )
    from retention_reports.presentation.context import Context


def headline(context: Context, segments: Segments) -> str:
    """Say the section's finding; "" where there is nothing to say at all."""
    say, formats = context.wording.say, context.formats
    if any(group.name for group in segments.by_fit):
        wish = sum(group.customers for group in segments.wish)
        total = sum(group.revenue for group in segments.by_fit)
        part = sum(group.revenue for group in segments.wish) / total if total > 0 else 0.0
        everyone = sum(group.customers for group in segments.by_fit)
        return context.wording.count(
            f"segments.headline.{'wish' if enough(everyone) and total > 0 else 'wish_few'}",
            wish,
            n=formats.count(wish),
            all=formats.count(everyone),
            share=formats.percent(part, 0),
        )
    usage = segments.usage
    if usage and not enough(usage.customers):
        return context.wording.count("segments.headline.few", usage.customers, n=formats.count(usage.customers))
    if usage and tells(usage.revenue):
        share = formats.percent(usage.revenue.share or 0.0, 0)
        return say(
            "segments.headline.heavy", n=formats.count(usage.heavy), all=formats.count(usage.customers), share=share
        )
    told = any(
        entries and context.knows("segments", f"{key}.cancellation_rate")
        for key, entries in (("by_sales_rep", segments.by_sales_rep), ("by_channel", segments.by_channel))
    )
    return say("segments.headline.plain") if told else ""


def fact_strip(context: Context, segments: Segments) -> FactStrip | None:
    """Return heavy users, services, their retention, and costly relationships, as far as known."""
    facts = [
        *(_usage_facts(context, segments.usage) if segments.usage else ()),
        *(_service_facts(context, segments.services) if segments.services else ()),
        *(_costly_facts(context, segments.relationships) if segments.relationships else ()),
    ]
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, segments: Segments) -> tuple[Finding, ...]:
    """Return what wish customers leave open."""
    wish = _open_wishes(segments)
    money = sum(point.open_potential for point in wish)
    if not worth_naming(money):
        return ()
    text = context.wording.count(
        "segments.findings.open",
        len(wish),
        n=context.formats.count(len(wish)),
        money=context.formats.money_short(money),
    )
    return (Finding(context.wording.say("segments.findings.topic"), text, money),)


def agenda(context: Context, segments: Segments) -> tuple[str, ...]:
    """Ask what to do about relationships that cost more than they bring, and services that do."""
    number = len(segments.relationships.customers) if segments.relationships else 0
    uncovered = segments.services.uncovered if segments.services else ()
    asked = []
    if number:
        asked.append(context.wording.count("segments.agenda.costly", number, n=context.formats.count(number)))
    if uncovered:
        names = context.formats.listing([one.name for one in uncovered])
        asked.append(context.wording.count("segments.agenda.uncovered", len(uncovered), names=names))
    return tuple(asked)


def _open_wishes(segments: Segments) -> list[PortfolioPoint]:
    return [point for point in segments.portfolio if point.open_potential and (point.fit or 0) >= WISH_FROM]


def _usage_facts(context: Context, usage: Usage) -> tuple[Fact, ...]:
    say, formats = context.wording.say, context.formats
    if not (tells(usage.revenue) and enough(usage.customers)):
        return ()
    value = say("segments.facts.heavy_value", share=formats.percent(usage.revenue.share or 0.0, 0))
    note = say("segments.facts.heavy_note", orders=formats.percent(usage.orders.share or 0.0, 0))
    return (Fact(say("segments.facts.heavy"), value, note),)


def _service_facts(context: Context, services: Services) -> tuple[Fact, ...]:
    say, formats = context.wording.say, context.formats
    note = say(
        "segments.facts.services_note",
        rate=formats.k_of_n(services.users),
        beside=formats.rate_in_table(services.beside_goods),
    )
    facts = [Fact(say("segments.facts.services"), formats.money_short(services.revenue), note)]
    kept, others = services.users_kept, services.others_kept
    if kept is not None and others is not None and kept.n and others.n:
        rate = formats.rate_in_table(others)
        note = say("segments.facts.others_note_short", rate=rate)
        if services.interval:
            low, high = (formats.signed(bound * 100) for bound in services.interval)
            note = say("segments.facts.others_note", rate=rate, low=low, high=high)
        facts.append(Fact(say("segments.facts.users_kept"), formats.rate_in_table(kept), note))
    return tuple(facts)


def _costly_facts(context: Context, relationships: Relationships) -> tuple[Fact, ...]:
    say, formats = context.wording.say, context.formats
    if relationships.judged is None or relationships.cost_per_contact is None:
        return ()
    note = say("segments.facts.costly_note", money=formats.money(relationships.cost_per_contact, 2))
    return (Fact(say("segments.facts.costly"), formats.k_of_n(relationships.judged), note),)
