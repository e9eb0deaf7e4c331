"""What the early warning says: headline, the first page's finding and decision, questions for the staff meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.early_warning.standing import power_of, stake_of
from retention_reports.presentation.view import Finding

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_WEAK = ("no_power", "misleads")


def headline(context: Context, warning: EarlyWarning) -> str:
    """Say in one sentence whom to call first and what is at stake; nothing of it where nothing has proved itself."""
    say, count = context.wording.say, context.formats.count
    if not warning.signals:
        return say("early_warning.headline.unknown", day=context.formats.long_day(context.dataset.data_from))
    if not warning.active:
        return say("early_warning.headline.nobody")
    if warning.calls:
        return _calling(context, warning)
    shown = context.wording.count(
        "early_warning.headline.shown", len(warning.flagged), k=count(len(warning.flagged)), n=count(warning.active)
    )
    if warning.is_proven or not warning.flagged:
        return say("early_warning.headline.alone", shown=shown)
    return say("early_warning.headline.nothing_told_apart", shown=shown)


def _calling(context: Context, warning: EarlyWarning) -> str:
    numbers = {"k": context.formats.count(len(warning.calls)), "n": context.formats.count(warning.active)}
    stake = stake_of(warning.calls)
    if not warning.is_proven:
        return context.wording.count("early_warning.headline.untested", len(warning.calls), **numbers)
    if stake is None:
        return context.wording.count("early_warning.headline.call", len(warning.calls), **numbers)
    money = context.formats.money_short(stake)
    return context.wording.count("early_warning.headline.stake", len(warning.calls), money=money, **numbers)


def lead(context: Context, warning: EarlyWarning) -> str:
    """Say what earlier warnings were worth, and which signs have shown no power; "" where nothing could be tested."""
    say = context.wording.say
    sentences = [_tested(context, warning)]
    weak = [
        say(f"early_warning.signals.{entry.key}") for entry in warning.power if entry.key and _is_weak(entry.verdict)
    ]
    if weak:
        key = "early_warning.lead.weak"
        sentences.append(context.wording.count(key, len(weak), signals=context.formats.listing(weak)))
    return " ".join(filter(None, sentences))


def _tested(context: Context, warning: EarlyWarning) -> str:
    say, review, power = context.wording.say, warning.review, power_of(warning, "")
    if review is not None:
        key = review.rule if review.is_proven else "no_better"
        told = {"hits": review.used.precision, "recency": review.recency.precision, "everyone": review.base}
        if key == "model" and review.called is not None and review.called_by_recency is not None:
            key, told = "listed", {**told, "hits": review.called, "recency": review.called_by_recency}
        quarters = len(review.quarters)
        return context.wording.count(
            f"early_warning.lead.{key}",
            quarters,
            n=context.formats.count(quarters),
            **{name: _told(context, rate) for name, rate in told.items()},
        )
    if power is None:
        return ""
    if not power.flagged.n:
        return say("early_warning.lead.nobody")
    return say(
        "early_warning.lead.then",
        flagged=_told(context, power.flagged),
        rest=_told(context, power.unflagged),
        everyone=_told(context, power.everyone),
    )


def findings(context: Context, warning: EarlyWarning) -> tuple[Finding, ...]:
    """Return those to call as a finding, where warnings have proved themselves and the money at stake is known."""
    stake = stake_of(warning.calls)
    if not warning.calls or stake is None or not warning.is_proven:
        return ()
    text = context.wording.count(
        f"early_warning.findings.{'chance' if warning.by_chance else 'proven'}",
        len(warning.calls),
        n=context.formats.count(len(warning.calls)),
        money=context.formats.money_short(stake),
    )
    return (Finding(context.wording.say("early_warning.findings.topic"), text, stake, "loyal"),)


def agenda(context: Context, warning: EarlyWarning) -> tuple[str, ...]:
    """Return questions on those warned of, and on what regular buyers dropped."""
    dropped = next((entry.customers for entry in warning.signals if entry.key == "category_dropped"), 0)
    numbers = {"warned": len(warning.calls), "dropped": dropped}
    return tuple(
        context.wording.count(f"early_warning.agenda.{name}", number, n=context.formats.count(number))
        for name, number in numbers.items()
        if number
    )


def _is_weak(verdict: str) -> bool:
    return verdict in _WEAK


def _told(context: Context, rate: Rate) -> str:
    base, shown = context.formats.k_of_n(rate), context.formats.rate(rate)
    if base == shown:
        return base
    return context.wording.say("early_warning.lead.rate", base=base, rate=shown)
