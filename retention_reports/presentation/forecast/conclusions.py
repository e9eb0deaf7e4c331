"""What the forecast says in sentences and small figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.quarter_forecasts import FEWEST_REPEAT_BUYERS
from retention_reports.analyses.forecast.results import Method
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.presentation.changes import money_change
from retention_reports.presentation.forecast.tables import overdue_days
from retention_reports.presentation.missing import reason_text
from retention_reports.presentation.view import Fact, FactStrip, Finding, KeyFigure, Paragraphs

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.results import Estimate, FitFailure, Forecast
    from retention_reports.presentation.context import Context

_ORDER = 70

_PLANNABLE = 1.5
"""With an interval wider than so many times what it is around, nobody can plan."""


def headline(context: Context, found: Forecast) -> str:
    """Say what existing customers will bring next quarter, with its interval, against the same quarter a year ago."""
    say, formats = context.wording.say, context.formats
    quarter, estimate = formats.quarter(found.next_quarter), found.expected
    if estimate.expected is None:
        reason = next(reason_text(context, entry) for entry in found.missing if entry.key == "method")
        return say("forecast.headline.unknown", quarter=quarter, reason=reason)
    expected = formats.money_short(estimate.expected)
    if estimate.low is None or estimate.high is None:
        return say("forecast.headline.no_interval", quarter=quarter, expected=expected)
    too_wide = estimate.high - estimate.low > _PLANNABLE * estimate.expected
    return say(
        f"forecast.headline.{'uncertain' if too_wide else 'expected'}",
        quarter=quarter,
        expected=expected,
        against=_against(context, found),
        low=formats.money_short(estimate.low),
        high=formats.money_short(estimate.high),
    )


def fact_strip(context: Context, found: Forecast) -> FactStrip | None:
    """Return the rule and why, last quarter's forecast, how many order dates held, and who is overdue."""
    facts = (_method_fact(context, found), _last_fact(context, found), _kept_fact(context, found))
    present = [fact for fact in (*facts, _overdue_fact(context, found)) if fact is not None]
    return FactStrip(tuple(present)) if present else None


def remarks(context: Context, found: Forecast) -> Paragraphs | None:
    """Say where the model fits badly or could not be fitted; None where there is nothing to say."""
    used = found.model if found.method is Method.MODEL else None
    texts = [context.wording.say(f"forecast.limits.{limit}") for limit in (used.limits if used else ())]
    texts += [_failure_text(context, failure) for failure in found.fit_failures[-1:]]
    return Paragraphs((" ".join(texts),)) if texts else None


def findings(context: Context, found: Forecast) -> tuple[Finding, ...]:
    """Return the expectation as a finding; at stake is its difference to a year ago."""
    expected, before = found.expected.expected, _year_before(found)
    if expected is None or found.expected.low is None:
        return ()
    weight = abs(expected - before) if before is not None else 0
    return (Finding(context.wording.say("forecast.findings.topic"), headline(context, found), weight),)


def key_figures(context: Context, found: Forecast) -> tuple[KeyFigure, ...]:
    """Return next quarter's expected revenue; nothing where it is unknown."""
    expected = found.expected.expected
    if expected is None:
        return ()
    change = money_change(context, expected, _year_before(found), "year") if found.method is Method.MODEL else None
    figure = KeyFigure(
        order=_ORDER,
        label=context.wording.say("forecast.key_figure"),
        value=context.formats.money_short(expected),
        note=_range(context, found.expected),
        changes=(change,) if change else (),
    )
    return (figure,)


def agenda(context: Context, found: Forecast) -> tuple[str, ...]:
    """Ask what was not foreseen where last quarter's revenue fell outside the interval."""
    place = _place(found.last_quarter.actual, found.last_quarter_interval)
    if place not in ("above", "below"):
        return ()
    return (
        context.wording.say(
            f"forecast.agenda.{place}",
            actual=context.formats.money_short(found.last_quarter.actual or 0),
            expected=context.formats.money_short(found.last_quarter.expected or 0),
        ),
    )


def _against(context: Context, found: Forecast) -> str:
    """Return the comparison with a year ago as a part of the headline; "" where that quarter is unknown."""
    say, expected, before = context.wording.say, found.expected.expected or 0, _year_before(found)
    if found.method is Method.SIMPLE:
        return say("forecast.headline.against_same")
    if before is None or before <= 0:
        return ""
    change = (expected - before) / before
    text = context.formats.percent(abs(change))
    if text == context.formats.percent(0):
        return say("forecast.headline.against_same")
    key = "against_more" if change > 0 else "against_less"
    return say(f"forecast.headline.{key}", change=text, before=context.formats.money_short(before))


def _year_before(found: Forecast) -> int | None:
    """Return what the customers of then brought in the same quarter a year before the one forecast."""
    if found.method is Method.SIMPLE:
        return found.expected.expected
    earlier = found.next_quarter.year_before
    return next((entry.actual for entry in found.history if entry.quarter == earlier), None)


def _method_fact(context: Context, found: Forecast) -> Fact | None:
    if found.method is None:
        return None
    say, formats, comparison = context.wording.say, context.formats, found.comparison
    note = say(
        f"forecast.verdicts.{found.verdict}",
        model=formats.money_short(comparison.model_error) if comparison else "",
        simple=formats.money_short(comparison.simple_error) if comparison else "",
        n=formats.count(found.repeat_buyers),
        least=formats.count(FEWEST_REPEAT_BUYERS),
    )
    return Fact(say("forecast.facts.method"), say(f"forecast.methods.{found.method}"), note)


def _last_fact(context: Context, found: Forecast) -> Fact | None:
    last, interval = found.last_quarter, found.last_quarter_interval
    if last.expected is None or last.actual is None:
        return None
    note = context.wording.say(
        f"forecast.facts.last_{_place(last.actual, interval)}",
        actual=context.formats.money_short(last.actual),
        range=_range(context, interval),
    )
    label = context.wording.say("forecast.facts.last", quarter=context.formats.quarter_short(last.quarter))
    return Fact(label, context.formats.money_short(last.expected), note)


def _kept_fact(context: Context, found: Forecast) -> Fact | None:
    kept = found.next_orders.kept
    if kept is None:
        return None
    say, formats = context.wording.say, context.formats
    key = "kept_note_few" if kept.n < TOO_FEW else "kept_note"
    note = say(f"forecast.facts.{key}", rate=formats.rate(kept))
    return Fact(say("forecast.facts.kept"), formats.k_of_n(kept), note)


def _overdue_fact(context: Context, found: Forecast) -> Fact | None:
    orders = found.next_orders.orders
    if not orders:
        return None
    overdue = sum(overdue_days(context, order) > 0 for order in orders)
    return Fact(
        context.wording.say("forecast.facts.overdue"),
        context.formats.k_of_n(Rate(overdue, len(orders))),
        context.wording.say("forecast.facts.overdue_note"),
    )


def _failure_text(context: Context, failure: FitFailure) -> str:
    say = context.wording.say
    return say(
        "forecast.failure",
        part=say(f"forecast.parts.{failure.part}"),
        day=context.formats.long_day(failure.day),
        problem=say(f"forecast.problems.{failure.problem}"),
    )


def _place(actual: int | None, interval: Estimate) -> str:
    """Tell where an amount lies: `inside`, `above`, or `below` the interval, `alone` where there is none."""
    if actual is None or interval.low is None or interval.high is None:
        return "alone"
    return "above" if actual > interval.high else "below" if actual < interval.low else "inside"


def _range(context: Context, estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = (context.formats.money_short(amount) for amount in (estimate.low, estimate.high))
    return context.wording.say("common.range", low=low, high=high)
