"""The sales check's key figure for the first page, and the strip of figures in the section."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.presentation.changes import count_change, plan_variance, sparkline
from retention_reports.presentation.sales_check.words import testable
from retention_reports.presentation.view import Fact, FactStrip, KeyFigure, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.sales_check.sales_check_results import Comparison, QuarterResult, SalesCheck
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Change

ORDER = 35


def key_figures(context: Context, check: SalesCheck) -> tuple[KeyFigure, ...]:
    """Return `3 of 5` with its changes over the same questions; nothing where the check was never filled in."""
    if not check.trend:
        return ()
    current, say = check.current, context.wording.say
    label = say("sales_check.key_figures.label")
    scored = current is not None and current.score is not None
    return (
        KeyFigure(
            key="sales_check.core_yes",
            order=ORDER,
            label=label,
            value=_core(context, current) if scored and current is not None else say("common.nothing"),
            note=_note(context, current),
            changes=_changes(context, check) if scored else (),
            plan=_plan(context, current),
            sparkline=sparkline(context, label, [entry.score for entry in check.trend]),
        ),
    )


def _plan(context: Context, current: QuarterResult | None) -> Change | None:
    """Hold the score against its plan; None without a plan."""
    target = context.client.targets.get("sales_check_score")
    if target is None:
        return None
    against = context.wording.say("sales_check.key_figures.against_plan", value=context.formats.percent(target, 0))
    score = None if current is None else current.score
    if score is None:
        return plan_variance(None, "", against)
    return plan_variance(round((score - target) * 100, 1), context.formats.points(score - target), against)


def fact_strip(context: Context, check: SalesCheck) -> FactStrip | None:
    """Return core questions, score, potentials, open answers and contradictions; None without answers."""
    current = check.current
    if current is None:
        return None
    facts = [_core_fact(context, current), _score_fact(context, current), _potentials_fact(context, check, current)]
    facts.append(_open_fact(context, current))
    tested = len(testable(check))
    if tested:
        contradicted = len(check.contradictions)
        facts.append(
            Fact(
                context.wording.say("sales_check.facts.contradictions"),
                context.formats.count(contradicted),
                context.wording.say("sales_check.facts.contradictions_note", n=context.formats.count(tested)),
                tone=Tone.BAD if contradicted else Tone.NEUTRAL,
            )
        )
    return FactStrip(tuple(facts))


def _core(context: Context, current: QuarterResult) -> str:
    if current.core_n == 0:
        return context.wording.say("common.nothing")
    return context.formats.k_of_n(Rate(current.core_yes, current.core_n))


def _note(context: Context, current: QuarterResult | None) -> str:
    if current is None or current.score is None:
        return context.wording.say("sales_check.key_figures.unanswered")
    return context.wording.say("sales_check.key_figures.note", score=context.formats.percent(current.score, 0))


def _changes(context: Context, check: SalesCheck) -> tuple[Change, ...]:
    """Return the changes of the core questions answered yes, over those that both quarters can be compared by."""
    compared = check.current.comparison if check.current is not None else None
    changes = [_change(context, compared, "quarter"), _change(context, check.year_comparison, "year")]
    if compared is not None and changes[0] is not None and compared.quarter != check.quarter.previous:
        quarter = context.formats.quarter_short(compared.quarter)
        changes[0] = replace(changes[0], against=context.wording.say("sales_check.key_figures.since", quarter=quarter))
    return tuple(change for change in changes if change is not None)


def _change(context: Context, compared: Comparison | None, against: str) -> Change | None:
    if compared is None or compared.core_questions == 0:
        return None
    return count_change(context, compared.core_now, compared.core_before, against)


def _core_fact(context: Context, current: QuarterResult) -> Fact:
    total = sum(question.core for question in context.dataset.folder.questionnaire.questions)
    left = total - current.core_n
    note = context.wording.count("sales_check.facts.core_note", left, n=context.formats.count(left)) if left else ""
    return Fact(context.wording.say("sales_check.facts.core"), _core(context, current), note)


def _score_fact(context: Context, current: QuarterResult) -> Fact:
    label = context.wording.say("sales_check.facts.score")
    if current.score is None:
        return Fact(label, context.wording.say("common.nothing"), context.wording.say("common.unknown"))
    compared, note = current.comparison, ""
    if compared is not None:
        note = context.wording.say(
            "sales_check.facts.score_change",
            change=context.formats.points(compared.change),
            quarter=context.formats.quarter_short(compared.quarter),
        )
    return Fact(label, context.formats.percent(current.score, 0), note)


def _potentials_fact(context: Context, check: SalesCheck, current: QuarterResult) -> Fact:
    note = context.wording.say(
        "sales_check.facts.potentials_note",
        no=context.formats.count(current.count("no")),
        partly=context.formats.count(current.count("partly")),
    )
    return Fact(context.wording.say("sales_check.facts.potentials"), context.formats.count(len(check.potentials)), note)


def _open_fact(context: Context, current: QuarterResult) -> Fact:
    unknown, unanswered = current.count("unknown"), current.count("unanswered")
    notes = []
    if unknown or unanswered:
        notes.append(
            context.wording.say(
                "sales_check.facts.open_note",
                unknown=context.formats.count(unknown),
                unanswered=context.formats.count(unanswered),
            )
        )
    left_out = current.count("not_applicable")
    if left_out:
        notes.append(
            context.wording.count("sales_check.facts.not_applicable", left_out, n=context.formats.count(left_out))
        )
    return Fact(
        context.wording.say("sales_check.facts.open"), context.formats.count(unknown + unanswered), "; ".join(notes)
    )
