"""The section on ten errors about retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.ten_errors.ten_errors_results import TenErrors, Verdict
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.ten_errors.sentences import belief_sentence, money_sentence
from retention_reports.presentation.view import Cell, Column, Finding, SectionView, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.ten_errors.ten_errors_results import Belief
    from retention_reports.presentation.context import Context

_METHOD = ("rule", "leaving", "value", "reasons", "work")
_ORDER = (Verdict.REFUTED, Verdict.CONFIRMED, Verdict.UNTOLD)
_TONES = {Verdict.REFUTED: Tone.BAD, Verdict.CONFIRMED: Tone.GOOD, Verdict.UNTOLD: Tone.MUTED}


def present_ten_errors(context: Context) -> SectionView:
    """Hold ten beliefs against the client's own data."""
    errors = context.result(TenErrors)
    known = any(belief.rates for belief in errors.beliefs)
    return SectionView(
        key="ten_errors",
        title=context.wording.say("ten_errors.title"),
        headline=_headline(context, errors),
        rows=rows_of((_table(context, errors),)) if known else (),
        findings=_findings(context, errors),
        method=definitions(context, "ten_errors", _METHOD),
        missing=grouped_missing(context, "ten_errors", errors.missing),
        agenda=_agenda(context, errors),
    )


def _headline(context: Context, errors: TenErrors) -> str:
    parts = {verdict: len(errors.with_verdict(verdict)) for verdict in Verdict}

    def part(verdict: Verdict) -> str:
        number = parts[verdict]
        return context.wording.count(f"ten_errors.headline.{verdict}", number, n=context.formats.count(number))

    refuted = parts[Verdict.REFUTED]
    return context.wording.count(
        "ten_errors.headline.refuted",
        refuted,
        n=context.formats.count(refuted),
        confirmed=part(Verdict.CONFIRMED),
        untold=part(Verdict.UNTOLD),
    )


def _table(context: Context, errors: TenErrors) -> Table:
    say = context.wording.say
    return Table(
        identifier="beliefs",
        title=say("ten_errors.table.title"),
        subtitle=say("ten_errors.table.subtitle", day=context.formats.long_day(context.dataset.cut_off)),
        action=say("ten_errors.table.action"),
        columns=tuple(Column(say(f"ten_errors.table.{name}")) for name in ("belief", "verdict", "data", "consequence")),
        rows=tuple(_row(context, belief) for verdict in _ORDER for belief in errors.with_verdict(verdict)),
    )


def _row(context: Context, belief: Belief) -> tuple[Cell, ...]:
    say = context.wording.say
    follows = belief.key if belief.verdict is Verdict.REFUTED else "none"
    return (
        Cell(say(f"ten_errors.beliefs.{belief.key}")),
        Cell(
            say(f"ten_errors.verdicts.{belief.verdict}"),
            sort=str(_ORDER.index(belief.verdict)),
            tone=_TONES[belief.verdict],
        ),
        Cell(belief_sentence(context, belief)),
        Cell(say(f"ten_errors.consequence.{follows}")),
    )


def _findings(context: Context, errors: TenErrors) -> tuple[Finding, ...]:
    """Return the refuted belief on which the most money rests."""
    costly = [belief for belief in errors.with_verdict(Verdict.REFUTED) if belief.stake]
    if not costly:
        return ()
    worst = max(costly, key=lambda belief: belief.stake)
    return (Finding(context.wording.say("ten_errors.findings.topic"), money_sentence(context, worst), worst.stake),)


def _agenda(context: Context, errors: TenErrors) -> tuple[str, ...]:
    refuted = errors.with_verdict(Verdict.REFUTED)
    if not refuted:
        return ()
    belief = context.wording.say(f"ten_errors.beliefs.{refuted[0].key}")
    return (context.wording.say("ten_errors.agenda.refuted", belief=belief),)
