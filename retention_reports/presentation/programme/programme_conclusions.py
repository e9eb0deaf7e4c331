"""What the programme says: the headline, facts, a finding, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.programme.gaps import gaps
from retention_reports.presentation.view import Fact, FactStrip, Finding

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import CategorySales, Programme
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.programme.gaps import Gap


def headline(context: Context, programme: Programme) -> str:
    """Say how few products carry the revenue, and how many nobody bought."""
    formats, pareto = context.formats, programme.pareto
    if pareto is None:
        return context.wording.say("programme.headline.nothing")
    carrying = context.wording.count(
        f"programme.headline.{'lone' if pareto.n == 1 else 'carrying'}",
        pareto.k,
        k=formats.count(pareto.k),
        n=formats.count(pareto.n),
    )
    if programme.on_offer is None:
        return context.wording.say("programme.headline.alone", carrying=carrying)
    unsold = len(programme.not_bought)
    idle = context.wording.count(
        "programme.headline.not_bought", unsold, k=formats.count(unsold), n=formats.count(programme.on_offer)
    )
    return context.wording.say("programme.headline.both", carrying=carrying, not_bought=idle)


def fact_strip(context: Context, programme: Programme) -> FactStrip | None:
    """Show revenue, idle products, new products and breadth in small; None where nothing was sold."""
    if programme.revenue is None:
        return None
    say, formats = context.wording.say, context.formats
    facts = [Fact(say("programme.facts.revenue"), formats.money_short(programme.revenue))]
    if programme.on_offer is not None:
        facts.append(
            Fact(
                say("programme.facts.not_bought"),
                formats.count(len(programme.not_bought)),
                say("programme.facts.on_offer", n=formats.count(programme.on_offer)),
            )
        )
    if not any(entry.key == "new_products" for entry in programme.missing):
        revenue = sum(product.revenue for product in programme.new_products)
        count = len(programme.new_products)
        label = say("programme.facts.new_products")
        facts.append(Fact(label, formats.count(count), formats.money_short(revenue) if count else ""))
    found = gaps(programme)
    if programme.sellers:
        facts.append(Fact(say("programme.facts.gaps"), formats.count(len(found)), say("programme.facts.gaps_note")))
    return FactStrip(tuple(facts))


def findings(context: Context, programme: Programme) -> tuple[Finding, ...]:
    """Return the category that lost the most revenue against the year before, if any did."""
    falling = _falling(programme)
    if falling is None:
        return ()
    lost = (falling.sales.revenue_before or 0) - falling.sales.revenue
    text = context.wording.count(
        "programme.findings.falling",
        falling.sales.customers,
        category=falling.category,
        money=context.formats.money_short(lost),
        customers=context.formats.count(falling.sales.customers),
        before=context.formats.count(falling.sales.customers_before or 0),
    )
    return (Finding(context.wording.say("programme.findings.topic"), text, lost),)


def agenda(context: Context, programme: Programme) -> tuple[str, ...]:
    """Ask about products that nobody bought and about the largest gap."""
    unsold = len(programme.not_bought)
    idle = (
        context.wording.count("programme.agenda.not_bought", unsold, n=context.formats.count(unsold)) if unsold else ""
    )
    left_out = [context.wording.say("programme.agenda.gap", **_gap_words(context, gap)) for gap in gaps(programme)[:1]]
    return (*([idle] if idle else []), *left_out)


def _falling(programme: Programme) -> CategorySales | None:
    known = [
        entry
        for entry in programme.categories
        if entry.category
        and entry.sales.revenue_before is not None
        and entry.sales.revenue < entry.sales.revenue_before
    ]
    return min(known, key=lambda entry: entry.sales.revenue - (entry.sales.revenue_before or 0), default=None)


def _gap_words(context: Context, gap: Gap) -> dict[str, str]:
    return {
        "seller": gap.seller,
        "category": gap.category,
        "own": context.formats.k_of_n(gap.own),
        "best_seller": gap.best_seller,
        "best": context.formats.k_of_n(gap.best),
    }
