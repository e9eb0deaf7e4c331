"""What the early warning says: headline, the first page's finding and decision, questions for the staff meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.early_warning.standing import (
    power_of,
    stake_of,
    warned_customers,
)
from retention_reports.presentation.view import Finding

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.results import EarlyWarning
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_WEAK = ("no_power", "misleads")


def headline(context: Context, warning: EarlyWarning) -> str:
    """Say in one sentence how many active customers show a sign, and what is at stake."""
    say, count = context.wording.say, context.formats.count
    if not warning.signals:
        return say("early_warning.headline.unknown", day=context.formats.long_day(context.dataset.data_from))
    if not warning.active:
        return say("early_warning.headline.nobody")
    shown = context.wording.count(
        "early_warning.headline.shown", len(warning.flagged), k=count(len(warning.flagged)), n=count(warning.active)
    )
    if not warning.flagged:
        return say("early_warning.headline.alone", shown=shown)
    warned = warned_customers(warning)
    parts = [shown]
    if warning.proven_signals:
        parts.append(context.wording.count("early_warning.headline.proven", len(warned), n=count(len(warned))))
    stake = stake_of(warned)
    if stake is None or not warned:
        return say("early_warning.headline.alone", shown=", ".join(parts))
    return say("early_warning.headline.stake", shown=", ".join(parts), money=context.formats.money_short(stake))


def lead(context: Context, warning: EarlyWarning) -> str:
    """Say what earlier warnings were worth, and which signs have shown no power; "" where nothing could be tested."""
    power = power_of(warning, "")
    if power is None:
        return ""
    say = context.wording.say
    sentences = [
        say("early_warning.lead.then", flagged=_told(context, power.flagged), rest=_told(context, power.unflagged))
        if power.flagged.n
        else say("early_warning.lead.nobody"),
    ]
    weak = [
        say(f"early_warning.signals.{entry.key}") for entry in warning.power if entry.key and _is_weak(entry.verdict)
    ]
    if weak:
        key = "early_warning.lead.weak"
        sentences.append(context.wording.count(key, len(weak), signals=context.formats.listing(weak)))
    return " ".join(sentences)


def findings(context: Context, warning: EarlyWarning) -> tuple[Finding, ...]:
    """Return the customers warned of as a finding, where the money at stake is known."""
    warned = warned_customers(warning)
    stake = stake_of(warned)
    if not warned or stake is None:
        return ()
    text = context.wording.count(
        f"early_warning.findings.{_basis(warning)}",
        len(warned),
        n=context.formats.count(len(warned)),
        money=context.formats.money_short(stake),
    )
    return (Finding(context.wording.say("early_warning.findings.topic"), text, stake, "loyal"),)


def agenda(context: Context, warning: EarlyWarning) -> tuple[str, ...]:
    """Return questions on those warned of, and on what regular buyers dropped."""
    dropped = next((entry.customers for entry in warning.signals if entry.key == "category_dropped"), 0)
    numbers = {"warned": len(warned_customers(warning)), "dropped": dropped}
    return tuple(
        context.wording.count(f"early_warning.agenda.{name}", number, n=context.formats.count(number))
        for name, number in numbers.items()
        if number
    )


def _basis(warning: EarlyWarning) -> str:
    return "proven" if warning.proven_signals else "shown"


def _is_weak(verdict: str) -> bool:
    return verdict in _WEAK


def _told(context: Context, rate: Rate) -> str:
    base, shown = context.formats.k_of_n(rate), context.formats.rate(rate)
    if base == shown:
        return base
    return context.wording.say("early_warning.lead.rate", base=base, rate=shown)
