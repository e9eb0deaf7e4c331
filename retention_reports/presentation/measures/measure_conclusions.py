"""What the measures say: headline, small figures, the first page's findings and decisions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.model.money import share
from retention_reports.presentation.view import Fact, FactStrip, Finding, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.measures.measure_results import MeasureResult, Measures, SecondLife
    from retention_reports.presentation.context import Context

_WORKS, _DOES_NOT = "works", "does_not"


def headline(context: Context, found: Measures) -> str:
    """Say how many of the judged measures work and what they bring; else what there is to say before a verdict."""
    say, wording, formats = context.wording.say, context.wording, context.formats
    judged, working = _with_verdict(found, _WORKS, _DOES_NOT), _with_verdict(found, _WORKS)
    if judged:
        key = "only" if len(judged) == 1 else "judged"
        sentence = wording.count(
            f"measures.headline.{key}", len(working), k=formats.count(len(working)), n=formats.count(len(judged))
        )
        profits = [result.profit for result in working if result.profit is not None]
        rest = sum(profits) - sum(result.cost or 0 for result in judged if result not in working)
        if not working or len(profits) < len(working) or rest <= 0:
            return f"{sentence}."
        return say("measures.headline.with_profit", sentence=sentence, money=formats.money_short(rest))
    if found.status:
        return wording.count("measures.headline.open", len(found.plan), n=formats.count(len(found.plan)))
    gain = found.retention_gain
    if gain is None or gain.points == 0:
        return say("measures.headline.none")
    return say("measures.headline.gain", money=formats.money_short(gain.extra_revenue.value))


def lead(context: Context, found: Measures) -> str:
    """Say how many measures are in which state, and what became of those that last quarter's report followed."""
    if not found.status:
        return ""
    counts = Counter(entry.state or "none" for entry in found.status)
    states = ("running", "planned", "done", "dropped", "none")
    parts = [
        context.wording.count(f"measures.lead.{state}", counts[state], n=context.formats.count(counts[state]))
        for state in states
        if counts[state]
    ]
    total = len(found.status)
    said = context.wording.count(
        "measures.lead.states", total, n=context.formats.count(total), states=context.formats.listing(parts)
    )
    followed = found.last_quarters
    closed = sum(not entry.is_open for entry in followed)
    late = sum(entry.overdue for entry in followed)
    then = context.wording.count(
        "measures.lead.followed",
        len(followed),
        n=context.formats.count(len(followed)),
        closed=context.formats.count(closed),
        late=context.formats.count(late),
    )
    return f"{said} {then}"


def fact_strip(context: Context, found: Measures) -> FactStrip | None:
    """Return regain rate, profit, second life, and those lost again; None where nobody was to be won back."""
    judged = [result for result in found.results if result.kind == "win_back" and result.verdict != "too_early"]
    facts = [*_regain_facts(context, judged), *_second_life_facts(context, found.second_life)]
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, found: Measures) -> tuple[Finding, ...]:
    """Return the measure that brings most, and the one without effect that costs most."""
    topic, say = context.wording.say("measures.findings.topic"), context.wording.say
    texts = []
    best, worst = _best(found), _worst(found)
    for key, result, weight in ((_WORKS, best, _gain_of(best)), (_DOES_NOT, worst, worst.cost if worst else None)):
        if result is None or result.target is None or result.control is None:
            continue
        text = say(
            f"measures.findings.{key}",
            title=result.title,
            success=say(f"measures.findings.success.{result.success}"),
            target=context.formats.k_of_n(result.target),
            control=context.formats.k_of_n(result.control),
            money=context.formats.money_short(weight or 0),
        )
        texts.append(Finding(topic, text, weight or 0))
    return tuple(texts)


def _with_verdict(found: Measures, *verdicts: str) -> list[MeasureResult]:
    return [result for result in found.results if result.verdict in verdicts]


def _best(found: Measures) -> MeasureResult | None:
    return max(_with_verdict(found, _WORKS), key=lambda result: _gain_of(result) or 0, default=None)


def _worst(found: Measures) -> MeasureResult | None:
    return max(_with_verdict(found, _DOES_NOT), key=lambda result: result.cost or 0, default=None)


def _gain_of(result: MeasureResult | None) -> int | None:
    """Return the profit, or the added revenue where the margin is unknown."""
    if result is None:
        return None
    if result.profit is None and result.added_revenue is not None:
        return result.added_revenue.value
    return result.profit


def _regain_facts(context: Context, judged: list[MeasureResult]) -> list[Fact]:
    targets, controls = (
        [rate for rate in rates if rate is not None]
        for rates in ([result.target for result in judged], [result.control for result in judged])
    )
    if not targets:
        return []
    say, formats = context.wording.say, context.formats
    target, control = (Rate(sum(one.k for one in rates), sum(one.n for one in rates)) for rates in (targets, controls))
    note = say("measures.facts.regained_note", control=formats.rate_in_table(control)) if control.n else ""
    return [Fact(say("measures.facts.regained"), formats.rate_in_table(target), note), _profit_fact(context, judged)]


def _profit_fact(context: Context, judged: list[MeasureResult]) -> Fact:
    say, formats = context.wording.say, context.formats
    label = say("measures.facts.profit")
    spent = sum(result.cost or 0 for result in judged)
    working = [result for result in judged if result.verdict == _WORKS and result.profit is not None]
    brought = [result for result in judged if result.verdict == _WORKS]
    if all(result.cost is None for result in judged) or (brought and not working):
        return Fact(label, say("common.unknown"))
    if not working:
        cost = say("measures.facts.no_profit_note", money=formats.money_short(spent))
        return Fact(label, say("common.nothing"), cost)
    profit, cost_of_working = (
        sum(values) for values in ([result.profit or 0 for result in working], [result.cost or 0 for result in working])
    )
    times = share(profit, cost_of_working)
    money = formats.money_short(spent)
    note = (
        say("measures.facts.spent_note", money=money)
        if times is None
        else say("measures.facts.return_note", times=formats.number(times, 1), money=money)
    )
    return Fact(label, formats.money_short(profit), note, Tone.GOOD if profit > 0 else Tone.BAD)


def _second_life_facts(context: Context, life: SecondLife | None) -> list[Fact]:
    if life is None:
        return []
    say, formats = context.wording.say, context.formats
    facts = []
    if life.first_month is not None and life.second_month is not None:
        note = context.wording.count(
            "measures.facts.second_note",
            life.customers,
            n=formats.count(life.customers),
            before=formats.money_short(life.first_month),
        )
        facts.append(Fact(say("measures.facts.second"), formats.money_short(life.second_month), note))
    return [
        *facts,
        Fact(say("measures.facts.again"), formats.k_of_n(life.lost_again), say("measures.facts.again_note")),
    ]
