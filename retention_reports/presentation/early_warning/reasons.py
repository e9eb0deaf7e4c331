"""Why a customer stands on the list: each sign as a clause made from its own numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.review_results import HABIT_GAPS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from retention_reports.analyses.early_warning.early_warning_results import Fact, Signal
    from retention_reports.analyses.early_warning.review_results import Outlook
    from retention_reports.presentation.context import Context

_NAMED = 2
_RHYTHM = "rhythm_broken"
_LOW_SCORE = 6
_IMPULSES = ("contacts", "offers", "new_products")


def reason_text(
    context: Context, signals: Sequence[Signal], proven: Collection[str] = (), outlook: Outlook | None = None
) -> str:
    """Return a customer's reasons as one sentence; signals that proved themselves come first.

    With an outlook the silence is told even where it is no sign yet, and the chance of buying nothing beside it.
    """
    ranked = sorted(signals, key=lambda signal: signal.key not in proven)
    clauses = [_CLAUSES[signal.key](context, signal) for signal in ranked]
    if outlook is not None:
        if all(signal.key != _RHYTHM for signal in signals):
            clauses.insert(0, _silence(context, "silent", outlook.usual_days, outlook.silent_days, outlook.own_gaps))
        clauses += _chance(context, outlook)
    joined = "; ".join(clauses)
    return f"{joined[:1].upper()}{joined[1:]}"


def _chance(context: Context, outlook: Outlook) -> Iterator[str]:
    if outlook.chance is not None and outlook.as_usual is not None:
        chance, usual = (context.formats.percent(one, 0) for one in (outlook.chance, outlook.as_usual))
        yield context.wording.say("early_warning.reasons.chance", chance=chance, usual=usual)


def _rhythm(context: Context, signal: Signal) -> str:
    usual, silent, gaps = (_number(signal, name) for name in ("usual_days", "silent_days", "own_gaps"))
    return _silence(context, _RHYTHM, usual, silent, gaps)


def _silence(context: Context, key: str, usual: float, silent: float, own_gaps: float) -> str:
    """Tell a silence in the customer's own rhythm, or alone where there are too few gaps to speak of one."""
    name = key if own_gaps >= HABIT_GAPS else f"{key}_without_habit"
    number = context.formats.number
    return context.wording.say(f"early_warning.reasons.{name}", usual=number(usual), silent=number(silent))


def _order_value(context: Context, signal: Signal) -> str:
    now, before = (context.formats.money_of(1, _number(signal, f"amount_{name}")) for name in ("now", "before"))
    return context.wording.say("early_warning.reasons.order_value_falling", now=now, before=before)


def _categories(context: Context, signal: Signal) -> str:
    return _dropped(context, _names(signal, "categories"))


def _products(context: Context, signal: Signal) -> str:
    return _dropped(context, _names(signal, "products"))


def _dropped(context: Context, names: tuple[str, ...]) -> str:
    say, formats = context.wording.say, context.formats
    quoted = [say("early_warning.reasons.quoted", name=name) for name in names[:_NAMED]]
    more = len(names) - _NAMED
    if more > 0:
        quoted.append(context.wording.count("early_warning.reasons.more", more, n=formats.count(more)))
    return say("early_warning.reasons.dropped", names=formats.listing(quoted))


def _contact(context: Context, signal: Signal) -> str:
    key = "contact_overdue" if signal.facts["ever_contacted"] else "never_contacted"
    return context.wording.say(
        f"early_warning.reasons.{key}",
        value_class=str(signal.facts["value_class"]),
        days=context.formats.number(_number(signal, "silent_days")),
        cadence=context.formats.number(_number(signal, "cadence_days")),
    )


def _dissatisfied(context: Context, signal: Signal) -> str:
    parts = []
    complaints = int(_number(signal, "open_complaints"))
    if complaints:
        parts.append(
            context.wording.count(
                "early_warning.reasons.complaints",
                complaints,
                n=context.formats.count(complaints),
                day=_day(context, signal, "complaint_on"),
            )
        )
    score = signal.facts["score"]
    if isinstance(score, (int, float)) and score <= _LOW_SCORE:
        day = _day(context, signal, "score_on")
        parts.append(context.wording.say("early_warning.reasons.score", score=context.formats.number(score), day=day))
    return "; ".join(parts)


def _offer(context: Context, signal: Signal) -> str:
    offers = int(_number(signal, "offers"))
    return context.wording.count(
        "early_warning.reasons.offer_overdue",
        offers,
        n=context.formats.count(offers),
        money=context.formats.money_of(1, _number(signal, "amount_open")),
        day=_day(context, signal, "due_on"),
    )


def _neglected(context: Context, signal: Signal) -> str:
    say, number = context.wording.say, context.formats.number
    parts = [
        say(
            f"early_warning.reasons.{name}",
            own=number(_number(signal, name)),
            mean=number(_number(signal, f"{name}_of_class"), 1),
        )
        for name in _IMPULSES
        if signal.facts[name] is not None and _number(signal, f"{name}_of_class") > 0
    ]
    value_class = str(signal.facts["value_class"])
    return say("early_warning.reasons.neglected", value_class=value_class, impulses=context.formats.listing(parts))


def _number(signal: Signal, name: str) -> float:
    fact = signal.facts[name]
    return float(fact) if isinstance(fact, (int, float)) else 0.0


def _names(signal: Signal, name: str) -> tuple[str, ...]:
    fact = signal.facts[name]
    return fact if isinstance(fact, tuple) else ()


def _day(context: Context, signal: Signal, name: str) -> str:
    fact: Fact = signal.facts[name]
    return context.formats.day(fact) if isinstance(fact, date) else context.wording.say("common.nothing")


_CLAUSES: dict[str, Callable[[Context, Signal], str]] = {
    "rhythm_broken": _rhythm,
    "order_value_falling": _order_value,
    "category_dropped": _categories,
    "product_dropped": _products,
    "contact_overdue": _contact,
    "dissatisfied": _dissatisfied,
    "offer_overdue": _offer,
    "neglected": _neglected,
}
