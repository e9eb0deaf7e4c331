"""Decisions as the first page shows them: what, why, who, until when, and what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.analyses.sales_check.sales_check_results import SalesCheck
from retention_reports.model.figures import Rate
from retention_reports.model.small_groups import is_small
from retention_reports.presentation.lost_customers.reasons import department_name
from retention_reports.presentation.recommendations.departments import department
from retention_reports.presentation.recommendations.titles import decision_title, list_anchor
from retention_reports.presentation.story import DECIDED_IN
from retention_reports.presentation.tables import customer_cell
from retention_reports.presentation.view import Decision as Shown
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.recommending.effects import Effect
    from retention_reports.recommending.results import Decision, Entry, Register

_NAMED = 3


def present_decisions(context: Context, register: Register) -> tuple[Shown, ...]:
    """Return the decisions in the register's order, their amounts in one unit."""
    effects = [one.effect for one in register.decisions if one.effect is not None]
    texts = context.formats.money_rough([amount for effect in effects for amount in _amounts(effect)])
    amounts = {id(effect): texts[3 * place : 3 * place + 3] for place, effect in enumerate(effects)}
    if context.formats.in_bands:
        few = [one for one in register.decisions if one.effect is not None and is_small(len(one.customers))]
        amounts |= {id(one.effect): _bands(context, one) for one in few}
    names = dict(zip(context.dataset.customers["customer_id"], context.dataset.customers["name"], strict=True))
    return tuple(_shown(context, one, amounts.get(id(one.effect), []), names) for one in register.decisions)


def _bands(context: Context, decision: Decision) -> list[str]:
    number, effect = len(decision.customers), decision.effect
    return [] if effect is None else [context.formats.money_of(number, amount) for amount in _amounts(effect)]


def total_text(context: Context, register: Register) -> str:
    """Return what all decisions bring together; "" where no money can be named."""
    effect = register.total_effect
    if effect is None:
        return ""
    expected, low, high = context.formats.money_rough(_amounts(effect))
    unit = "margin" if register.is_margin else "revenue"
    return context.wording.say(f"recommendations.total_{unit}", expected=expected, low=low, high=high)


def _amounts(effect: Effect) -> tuple[int, int, int]:
    return effect.expected, effect.low, effect.high


def _shown(context: Context, decision: Decision, amounts: Sequence[str], names: Mapping[str, str]) -> Shown:
    say = context.wording.say
    words = dict(zip(("expected", "low", "high"), amounts, strict=False))
    same = decision.effect is not None and decision.effect.low == decision.effect.high
    key = "certain" if same else "between"
    return Shown(
        lead=decision_title(context, decision),
        text=_reason(context, decision, names),
        who=owner_of(context, decision),
        by_when=say("common.decisions.by", day=context.formats.day(decision.due_on)),
        money=words.get("expected", ""),
        interval=say(f"recommendations.{key}", **words) if words else "",
        evidence=say(f"recommendations.evidence.{decision.evidence}"),
        pinned=decision.pinned,
        work_list=list_anchor(decision.entries[0].kind) if decision.customers else "",
        named=tuple(customer_cell(names[name], name) for name in decision.customers[:_NAMED]),
        section=DECIDED_IN.get(decision.kind, ""),
    )


def owner_of(context: Context, decision: Decision) -> str:
    """Return who sees to a decision: a person, else a department."""
    if decision.kind is Kind.REMOVE_CAUSE and decision.owner:
        return _capitalised(department_name(context, decision.owner))
    return decision.owner or department(context, decision.kind)


def _reason(context: Context, decision: Decision, names: Mapping[str, str]) -> str:
    """Say in a sentence or two what the decision rests on, in the consultant's own words where there are any."""
    if decision.reason:
        return decision.reason
    if decision.kind is Kind.REMOVE_CAUSE:
        return _cause(context, decision.entries[0])
    if decision.kind is Kind.STOP_MEASURE:
        return _test(context, "stop_measure", decision.subject)
    if decision.kind is Kind.CHANGE_PRACTICE:
        return _practice(context, decision)
    whom = _customers(context, decision, names)
    if decision.kind is Kind.EXTEND_MEASURE:
        number = len(decision.entries)
        again = context.wording.count("recommendations.extended_to", number, n=context.formats.count(number))
        told = [_test(context, "extend_measure", decision.subject), "" if decision.out_of > number else again, whom]
        return " ".join(filter(None, told))
    return whom


def _customers(context: Context, decision: Decision, names: Mapping[str, str]) -> str:
    """Name the first customers, and say where there are more than the decision is about."""
    number, count = len(decision.entries), context.formats.count
    first = context.formats.listing([names[name] for name in decision.customers[:_NAMED]])
    if decision.out_of > number:
        key = "recommendations.first_of_more"
        return context.wording.count(key, number, n=count(number), all=count(decision.out_of), names=first)
    return context.wording.count("recommendations.first", number, names=first)


def _cause(context: Context, entry: Entry) -> str:
    formats, why = context.formats, entry.why
    number, amount, known = (int(str(why[name])) for name in ("customers", "amount_year", "amount_known"))
    return context.wording.count(
        "recommendations.cause",
        number,
        n=formats.count(number),
        amount=formats.money_short(amount),
        share=formats.percent(amount / known, 0),
    )


def _test(context: Context, key: str, measure_id: str) -> str:
    """Hold a measure's targets against those it did not reach."""
    found = (one for one in context.result(Measures).results if one.measure_id == measure_id)
    result = next(found)
    return context.wording.say(
        f"recommendations.{key}",
        target=context.formats.k_of_n(result.target or Rate(0, 0)),
        control=context.formats.k_of_n(result.control or Rate(0, 0)),
        against=context.wording.say(f"recommendations.against.{result.compared_with}"),
    )


def _practice(context: Context, decision: Decision) -> str:
    entries = context.result(SalesCheck).questions
    entry = next(one for one in entries if one.question.identifier == decision.subject)
    if entry.overstated and entry.measurement is not None:
        base = context.formats.k_of_n(entry.measurement.rate)
        return context.wording.say("recommendations.practice_overstated", base=base)
    return context.wording.say("recommendations.practice_declared")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
