"""What the loyal customers' figures say: headline, small figures, finding, decisions, key figure, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.gate import enough, worth_naming
from retention_reports.presentation.loyal_customers.care import late_matters
from retention_reports.presentation.view import Fact, FactStrip, Finding, KeyFigure

if TYPE_CHECKING:
    from retention_reports.analyses.deliveries import Deliveries
    from retention_reports.analyses.loyal_customers.loyal_customer_results import CustomerProfile, LoyalCustomers
    from retention_reports.analyses.reachability.reachability_analysis import Reachability
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_ORDER = 80
_TOP = "A"


def headline(context: Context, loyal: LoyalCustomers) -> str:
    """Say how few customers carry most of the revenue and how many of them were lost from that class."""
    say, formats = context.wording.say, context.formats
    classes = loyal.concentration.classes
    if not classes:
        return say("loyal_customers.headline.unknown", day=formats.long_day(context.dataset.data_from))
    total, everyone = sum(entry.revenue for entry in classes), sum(entry.customers for entry in classes)
    if not total:
        return say("loyal_customers.headline.no_revenue")
    if not enough(everyone):
        return context.wording.count("loyal_customers.headline.few", everyone, n=formats.count(everyone))
    top = classes[0]
    carried = context.wording.count(
        "loyal_customers.headline.carried",
        top.customers,
        n=formats.count(top.customers),
        all=formats.count(everyone),
        share=formats.percent(top.revenue / total, 0),
    )
    if not any(movement.before == _TOP for movement in loyal.concentration.movements):
        return say("loyal_customers.headline.carried_only", carried=carried)
    fallen = len(fallen_customers(loyal))
    rest = context.wording.count("loyal_customers.headline.fallen", fallen, n=formats.count(fallen))
    return say("loyal_customers.headline.both", carried=carried, fallen=rest)


def fallen_customers(loyal: LoyalCustomers) -> list[CustomerProfile]:
    """Return last year's A customers who are not A any more, largest decrease first."""
    fallen = [entry for entry in loyal.customers if entry.value_class_before == _TOP and entry.value_class != _TOP]
    return sorted(fallen, key=lambda entry: (-_decrease(entry), entry.customer_id))


def fact_strip(context: Context, loyal: LoyalCustomers, reach: Reachability) -> FactStrip | None:
    """Return breadth, ambassadors, complaints, and giving; None where nothing of it is known."""
    say, formats = context.wording.say, context.formats
    facts = []
    if loyal.breadth is not None:
        facts.append(_rate_fact(context, "single", loyal.breadth.single))
    if loyal.referrals is not None:
        number = len(loyal.referrals.ambassadors)
        note = context.wording.count(
            "loyal_customers.facts.referred",
            loyal.referrals.referred,
            n=formats.count(loyal.referrals.referred),
            money=formats.money_short(loyal.referrals.revenue_year),
        )
        facts.append(Fact(say("loyal_customers.facts.ambassadors"), formats.count(number), note))
    if loyal.complaints is not None and loyal.complaints.settled.n:
        days = loyal.complaints.median_days
        note = "" if days is None else context.wording.count("loyal_customers.facts.days", days, n=formats.count(days))
        facts.append(_rate_fact(context, "settled", loyal.complaints.settled, note))
    if reach.giving is not None and reach.giving.active:
        facts.append(_rate_fact(context, "only_business", reach.giving.only_business))
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, loyal: LoyalCustomers) -> tuple[Finding, ...]:
    """Return the A customers of last year who are no longer."""
    fallen = fallen_customers(loyal)
    loss = sum(_decrease(entry) for entry in fallen)
    if not worth_naming(loss):
        return ()
    text = context.wording.count(
        "loyal_customers.findings.fallen",
        len(fallen),
        n=context.formats.count(len(fallen)),
        money=context.formats.money_short(loss),
    )
    return (Finding(context.wording.say("loyal_customers.findings.topic"), text, loss, "loyal"),)


def key_figures(context: Context, loyal: LoyalCustomers) -> tuple[KeyFigure, ...]:
    """Return the part of revenue that the largest customers bring."""
    if not loyal.concentration.largest:
        return ()
    number, rate = loyal.concentration.largest[-1]
    label = context.wording.count("loyal_customers.key_figures.largest", number, n=context.formats.count(number))
    note = context.formats.k_of_n(rate)
    share = context.formats.percent(rate.share or 0.0)
    return (KeyFigure(_ORDER, label, share, note=note, key="loyal_customers.largest.share"),)


def agenda(context: Context, loyal: LoyalCustomers, delivered: Deliveries) -> tuple[str, ...]:
    """Return questions on late deliveries, open complaints, and recommendations."""
    questions = []
    if late_matters(delivered):
        rate = context.formats.rate(delivered.late)
        questions.append(context.wording.say("loyal_customers.agenda.late", rate=rate))
    if loyal.complaints is not None and loyal.complaints.settled.k < loyal.complaints.settled.n:
        still_open = loyal.complaints.settled.n - loyal.complaints.settled.k
        questions.append(
            context.wording.count("loyal_customers.agenda.complaints", still_open, n=context.formats.count(still_open))
        )
    if loyal.satisfied_not_asked:
        number = len(loyal.satisfied_not_asked)
        questions.append(
            context.wording.count("loyal_customers.agenda.satisfied", number, n=context.formats.count(number))
        )
    return tuple(questions)


def _decrease(entry: CustomerProfile) -> int:
    return (entry.revenue_before or 0) - entry.revenue


def _rate_fact(context: Context, name: str, rate: Rate, note: str = "") -> Fact:
    shown, base = context.formats.rate(rate), context.formats.k_of_n(rate)
    parts = [part for part in ("" if shown == base else base, note) if part]
    return Fact(context.wording.say(f"loyal_customers.facts.{name}"), shown, "; ".join(parts))
