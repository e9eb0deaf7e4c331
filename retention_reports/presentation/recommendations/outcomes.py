"""What became of the last quarter's decisions, in one strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.view import Fact, OutcomeView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Outcome, Register

_STATES = ("done", "begun", "untouched")


def present_outcome(context: Context, register: Register) -> OutcomeView | None:
    """Say what became of the decisions of the quarter before; None where there were none."""
    last = next(iter(register.outcomes), None)
    if last is None or last.quarter != context.quarter.previous or not last.decisions:
        return None
    say, numbers = context.wording.say, {name: int(getattr(last, name)) for name in _STATES}
    told = [say(f"recommendations.outcome.{name}", n=context.formats.count(number)) for name, number in numbers.items()]
    named = bool(last.approached.n)
    return OutcomeView(
        title=context.wording.count(
            "recommendations.outcome.title",
            last.decisions,
            n=context.formats.count(last.decisions),
            quarter=context.formats.quarter_short(last.quarter),
        ),
        states=tuple(name for name, number in numbers.items() for _ in range(number)),
        words=", ".join(text for text, number in zip(told, numbers.values(), strict=True) if number),
        facts=(*_customers(context, last),) if named else (),
        caution=say("recommendations.outcome.caution") if named else "",
    )


def _customers(context: Context, last: Outcome) -> Iterator[Fact]:
    """Yield who was approached, who bought, and what came; amounts in one unit."""
    say, formats = context.wording.say, context.formats
    customers = context.wording.count("recommendations.outcome.of_customers", last.approached.n)
    yield Fact(say("recommendations.outcome.approached"), formats.k_of_n(last.approached), customers)
    others = say("recommendations.outcome.others", others=formats.k_of_n(last.bought_without))
    yield Fact(
        say("recommendations.outcome.bought"), _rate(context, last.bought), others if last.bought_without.n else ""
    )
    if last.expected is None:
        return
    came, expected = formats.money_rough([last.came or 0, last.expected])
    value = say("common.nothing") if last.came is None else came
    unit = "margin" if context.register.is_margin else "revenue"
    note = say("recommendations.outcome.expected", expected=expected)
    yield Fact(say(f"recommendations.outcome.came_{unit}"), value, note)


def _rate(context: Context, rate: Rate) -> str:
    return context.formats.k_of_n(rate) if rate.n else context.wording.say("common.nothing")
