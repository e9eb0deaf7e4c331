"""What the contacts say: headline, small figures, the first page's finding and decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Fact, FactStrip, Finding

if TYPE_CHECKING:
    from retention_reports.analyses.contacts.contact_results import ContactClass, ContactWork
    from retention_reports.presentation.context import Context

_MOST_IMPORTANT = "A"


def headline(context: Context, work: ContactWork) -> str:
    """Say the section's finding; "" where there is nothing to say at all."""
    say, count = context.wording.say, context.formats.count
    classed = sum(entry.on_time.n for entry in work.classes)
    if classed:
        return _late_headline(context, work, classed)
    if work.visits and work.visits.with_order.n and context.knows("contacts", "visits.orders_per_visit"):
        return say("contacts.headline.visits", k=count(work.visits.with_order.k), n=count(work.visits.with_order.n))
    if work.people and work.people.one.n:
        return say("contacts.headline.people", k=count(work.people.one.k), n=count(work.people.one.n))
    number = len(work.decisions)
    return context.wording.count("contacts.headline.coming", number, n=count(number)) if number else ""


def fact_strip(context: Context, work: ContactWork) -> FactStrip | None:
    """Return contact persons, decisions, birthdays, and faults; None without any of these files."""
    say, formats = context.wording.say, context.formats
    facts = []
    if work.people is not None and work.people.one_in_a.n:
        note = context.wording.count("contacts.facts.one_note", work.people.none, n=formats.count(work.people.none))
        facts.append(Fact(say("contacts.facts.one_in_a"), formats.k_of_n(work.people.one_in_a), note))
    gone = {entry.key for entry in work.missing}
    if "decisions" not in gone:
        money = formats.money_short(sum(entry.amount for entry in work.decisions))
        note = say("contacts.facts.offers_note", money=money) if work.decisions else ""
        facts.append(Fact(say("contacts.facts.decisions"), formats.count(len(work.decisions)), note))
    if "birthdays" not in gone:
        note = say("contacts.facts.people_note")
        facts.append(Fact(say("contacts.facts.birthdays"), formats.count(len(work.birthdays)), note))
    if context.knows("contacts", "address_faults.no_salutation"):
        note = say("contacts.facts.faults_note")
        facts.append(Fact(say("contacts.facts.faults"), formats.count(len(work.faults)), note))
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, work: ContactWork) -> tuple[Finding, ...]:
    """Return the overdue A customers as a finding."""
    late = _late_important(work)
    if late is None or not worth_naming(late.overdue_revenue):
        return ()
    number = late.on_time.n - late.on_time.k
    text = context.wording.count(
        "contacts.findings.late",
        number,
        n=context.formats.count(number),
        money=context.formats.money_short(late.overdue_revenue),
        days=context.formats.count(late.cadence_days),
    )
    return (Finding(context.wording.say("contacts.findings.topic"), text, late.overdue_revenue),)


def agenda(context: Context, work: ContactWork) -> tuple[str, ...]:
    """Return questions on fruitless visits and on A customers with a single contact person."""
    ordered = context.knows("contacts", "visits.never_order_on_visits")
    numbers = {
        "never_order": len(work.visits.never_order) if work.visits and ordered else 0,
        "single": work.people.one_in_a.k if work.people else 0,
    }
    return tuple(
        context.wording.count(f"contacts.agenda.{name}", number, n=context.formats.count(number))
        for name, number in numbers.items()
        if number
    )


def _late_headline(context: Context, work: ContactWork, classed: int) -> str:
    formats = context.formats
    late = sum(entry.on_time.n - entry.on_time.k for entry in work.classes)
    if late == 0:
        return context.wording.count("contacts.headline.none_late", classed, n=formats.count(classed))
    important = _late_important(work)
    priced = important is not None and worth_naming(important.overdue_revenue)
    number = important.on_time.n - important.on_time.k if important and priced else 0
    money = formats.money_short(important.overdue_revenue if important else 0)
    part = context.wording.count("contacts.headline.important", number, n=formats.count(number), money=money)
    return context.wording.count("contacts.headline.late", late, n=formats.count(late), important=part)


def _late_important(work: ContactWork) -> ContactClass | None:
    return next(
        (entry for entry in work.classes if entry.name == _MOST_IMPORTANT and entry.on_time.k < entry.on_time.n), None
    )
