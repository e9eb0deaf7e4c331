"""What customers' voices say: headline, small figures, finding, decision, question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.expectations.expectation_results import Expectation
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Fact, FactStrip, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.analyses.expectations.expectation_results import (
        Expectations,
        FarewellScores,
        OpenComplaint,
        Resolution,
        Scores,
    )
    from retention_reports.presentation.context import Context

_DIRECTIONS = {1: "up", 0: "same", -1: "down"}


def headline(context: Context, found: Expectations) -> str:
    """Say how satisfaction moved and how many complaints are open; of what is unknown, nothing."""
    say, formats = context.wording.say, context.formats
    if not context.knows("expectations", "satisfaction"):
        return _complaints_alone(context, found)
    unsettled = say("expectations.headline.open_unknown")
    if found.resolution is not None:
        number = found.resolution.unsettled
        unsettled = context.wording.count("expectations.headline.open", number, n=formats.count(number))
    return say("expectations.headline.both", satisfaction=_satisfaction(context, found), open=unsettled)


def fact_strip(context: Context, found: Expectations) -> FactStrip | None:
    """Return settlement, kept promises, and the leavers' scores, as far as known."""
    facts = []
    if found.resolution is not None and found.resolution.in_time.n:
        facts.append(_settlement_fact(context, found.resolution))
    if found.farewell is not None and found.farewell.leavers.number:
        facts += _farewell_facts(context, found.farewell)
    if found.promises is not None:
        note = context.wording.say("expectations.facts.promises_note")
        label = context.wording.say("expectations.facts.promises")
        facts.append(Fact(label, context.formats.rate_in_table(found.promises), note))
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, found: Expectations) -> tuple[Finding, ...]:
    """Return the customers with an open complaint."""
    revenue = _revenue_by_customer(found.open_complaints)
    money = sum(revenue.values())
    if not worth_naming(money):
        return ()
    text = context.wording.count(
        "expectations.findings.open",
        len(revenue),
        n=context.formats.count(len(revenue)),
        money=context.formats.money_short(money),
    )
    return (Finding(context.wording.say("expectations.findings.topic"), text, money),)


def agenda(context: Context, found: Expectations) -> tuple[str, ...]:
    """Ask what must change about the unmet topic with the most complaints."""
    unmet = [topic for topic in found.topics if topic.expectation is Expectation.UNMET and topic.name]
    return (context.wording.say("expectations.agenda.unmet", topic=unmet[0].name),) if unmet else ()


def score_text(context: Context, scores: Scores) -> str:
    """Return a mean with its base, or a dash."""
    if scores.mean is None:
        return context.wording.say("common.nothing")
    return context.wording.say(
        "expectations.columns.score_of_n",
        mean=context.formats.number(scores.mean, 1),
        n=context.formats.count(scores.number),
    )


def _complaints_alone(context: Context, found: Expectations) -> str:
    said = context.wording.say("expectations.headline.open_unknown")
    if found.resolution is not None:
        number = found.resolution.unsettled
        said = context.wording.count("expectations.headline.open", number, n=context.formats.count(number))
    return f"{said[0].upper()}{said[1:]}."


def _satisfaction(context: Context, found: Expectations) -> str:
    change = found.satisfaction
    if change is None or change.now.mean is None:
        return context.wording.say("expectations.headline.nobody")
    key = _DIRECTIONS[change.direction] if change.comparable else "alone"
    return context.wording.say(
        f"expectations.headline.{key}",
        now=context.formats.number(change.now.mean, 1),
        before=context.formats.number(change.before.mean or 0.0, 1),
    )


def _settlement_fact(context: Context, resolution: Resolution) -> Fact:
    say, formats = context.wording.say, context.formats
    note = say("expectations.facts.in_time_note_none")
    if resolution.median_days is not None:
        note = say("expectations.facts.in_time_note", days=formats.number(resolution.median_days))
    return Fact(say("expectations.facts.in_time"), formats.rate_in_table(resolution.in_time), note)


def _farewell_facts(context: Context, farewell: FarewellScores) -> list[Fact]:
    say, formats = context.wording.say, context.formats
    stayers = score_text(context, farewell.stayers)
    note = say("expectations.facts.farewell_note_few", stayers=stayers)
    if farewell.interval is not None:
        low, high = (formats.signed(bound, 1) for bound in farewell.interval)
        note = say("expectations.facts.farewell_note", stayers=stayers, low=low, high=high)
    rate = formats.rate_in_table(farewell.stayers_dissatisfied)
    return [
        Fact(say("expectations.facts.farewell"), score_text(context, farewell.leavers), note),
        Fact(
            say("expectations.facts.dissatisfied"),
            formats.rate_in_table(farewell.leavers_dissatisfied),
            say("expectations.facts.dissatisfied_note", rate=rate),
        ),
    ]


def _revenue_by_customer(complaints: Iterable[OpenComplaint]) -> dict[str, int]:
    return {entry.customer.customer_id: entry.customer.revenue for entry in complaints}
