"""What became of the last quarter's decisions, in one strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Outcome, Register


def outcome_sentence(context: Context, register: Register) -> str:
    """Say what became of the decisions of the quarter before; "" where there were none."""
    last = next(iter(register.outcomes), None)
    if last is None or last.quarter != context.quarter.previous or not last.decisions:
        return ""
    sentences = [_states(context, last)]
    if last.approached.n:
        sentences.append(_customers(context, last))
    if last.came is not None and last.expected is not None:
        came, expected = context.formats.money_rough([last.came, last.expected])
        sentences.append(context.wording.say("recommendations.outcome.money", came=came, expected=expected))
    return " ".join(sentences)


def _states(context: Context, last: Outcome) -> str:
    count = context.formats.count
    return context.wording.count(
        "recommendations.outcome.decisions",
        last.decisions,
        n=count(last.decisions),
        done=count(last.done),
        begun=count(last.begun),
        untouched=count(last.untouched),
    )


def _customers(context: Context, last: Outcome) -> str:
    formats = context.formats
    return context.wording.say(
        "recommendations.outcome.customers",
        approached=formats.k_of_n(last.approached),
        bought=formats.k_of_n(last.bought),
        others=formats.k_of_n(last.bought_without),
    )
