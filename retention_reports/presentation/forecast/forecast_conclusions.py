"""What the forecast says in sentences and small figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.customer_base_results import Method
from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.forecast_results import shown_history
from retention_reports.analyses.forecast.quarter_rules import NAIVE_RULES
from retention_reports.model.figures import Rate
from retention_reports.presentation.changes import money_change
from retention_reports.presentation.forecast.forecast_tables import overdue_days
from retention_reports.presentation.gate import comparable
from retention_reports.presentation.missing import reason_text
from retention_reports.presentation.view import Fact, FactStrip, Finding, KeyFigure, Paragraphs

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.customer_base_results import FitFailure
    from retention_reports.analyses.forecast.forecast_results import Forecast
    from retention_reports.analyses.forecast.series_results import PastQuarter
    from retention_reports.presentation.context import Context

_ORDER = 70

_PLANNABLE = 1.5
"""With an interval wider than so many times what it is around, nobody can plan."""


def headline(context: Context, found: Forecast) -> str:
    """Say what the next quarter will bring, with its interval, and how much of it from existing customers."""
    say, formats = context.wording.say, context.formats
    quarter = formats.quarter(found.next_quarter)
    estimate = found.total.estimate if found.total is not None else Estimate(None, None, None)
    if estimate.expected is None:
        reason = next(reason_text(context, entry) for entry in found.missing if entry.key == "method_total")
        return say("forecast.headline.unknown", quarter=quarter, reason=reason)
    expected = formats.money_short(estimate.expected)
    if estimate.low is None or estimate.high is None:
        return say("forecast.headline.no_interval", quarter=quarter, expected=expected)
    too_wide = estimate.high - estimate.low > _PLANNABLE * estimate.expected
    return say(
        f"forecast.headline.{'uncertain' if too_wide else 'expected'}",
        quarter=quarter,
        expected=expected,
        against=_against(context, found, estimate.expected),
        low=formats.money_short(estimate.low),
        high=formats.money_short(estimate.high),
    )


def fact_strip(context: Context, found: Forecast) -> FactStrip | None:
    """Return both parts of the forecast, last quarter's, how many intervals and order dates held, who is overdue."""
    facts = (
        _existing_fact(context, found),
        _new_fact(context, found),
        _last_fact(context, found),
        _coverage_fact(context, found),
        _kept_fact(context, found),
        _overdue_fact(context, found),
    )
    present = [fact for fact in facts if fact is not None]
    return FactStrip(tuple(present)) if present else None


def remarks(context: Context, found: Forecast) -> Paragraphs | None:
    """Say why the forecast is made as it is, and where the model fits badly or could not be fitted."""
    used = found.model if found.lifetime_values.method is Method.MODEL else None
    why = _why(context, found)
    limits = [context.wording.say(f"forecast.limits.{limit}") for limit in (used.limits if used else ())]
    limits += [_failure_text(context, failure) for failure in found.fit_failures[-1:]]
    texts = tuple(text for text in (why, " ".join(limits)) if text)
    return Paragraphs(texts) if texts else None


def findings(context: Context, found: Forecast) -> tuple[Finding, ...]:
    """Return the expectation as a finding; at stake is its difference to a year ago."""
    estimate = None if found.total is None else found.total.estimate
    if estimate is None or estimate.expected is None or estimate.low is None:
        return ()
    before = _year_before(found)
    weight = abs(estimate.expected - before) if before is not None else 0
    return (Finding(context.wording.say("forecast.findings.topic"), headline(context, found), weight),)


def key_figures(context: Context, found: Forecast) -> tuple[KeyFigure, ...]:
    """Return next quarter's expected revenue; nothing where it is unknown."""
    if found.total is None or found.total.estimate.expected is None:
        return ()
    expected = found.total.estimate.expected
    change = money_change(context, expected, _year_before(found), "year")
    figure = KeyFigure(
        key="forecast.next_quarter_total.expected",
        order=_ORDER,
        label=context.wording.say("forecast.key_figure"),
        value=context.formats.money_short(expected),
        note=_range(context, found.total.estimate),
        changes=(change,) if change else (),
    )
    return (figure,)


def agenda(context: Context, found: Forecast) -> tuple[str, ...]:
    """Ask what was not foreseen where last quarter's revenue fell outside the interval."""
    last = _last(found)
    place = "alone" if last is None else _place(last)
    if last is None or place not in ("above", "below"):
        return ()
    return (
        context.wording.say(
            f"forecast.agenda.{place}",
            actual=context.formats.money_short(last.actual),
            expected=context.formats.money_short(last.estimate.expected or 0),
        ),
    )


def _against(context: Context, found: Forecast, expected: int) -> str:
    """Return the comparison with a year ago as a part of the headline; "" where that quarter is unknown or tiny."""
    say, before = context.wording.say, _year_before(found)
    if before is None or not comparable(expected, before):
        return ""
    change = (expected - before) / before
    text = context.formats.percent(abs(change))
    if text == context.formats.percent(0):
        return say("forecast.headline.against_same")
    key = "against_more" if change > 0 else "against_less"
    return say(f"forecast.headline.{key}", change=text, before=context.formats.money_short(before))


def _year_before(found: Forecast) -> int | None:
    """Return what came in the same quarter a year before the one forecast."""
    past = () if found.total is None else found.total.past
    return next((entry.actual for entry in past if entry.quarter == found.next_quarter.year_before), None)


def _last(found: Forecast) -> PastQuarter | None:
    past = shown_history(found.total)
    return past[-1] if past else None


def _why(context: Context, found: Forecast) -> str:
    """Say which rule weighs most and how it did beside the best naive one; "" without a forecast."""
    if found.total is None or found.total.estimate.expected is None:
        return ""
    say, formats = context.wording.say, context.formats
    candidates, own = found.total.candidates, found.total.error
    leading = candidates[0]
    tried = [entry for entry in candidates if entry.rule in NAIVE_RULES and entry.error is not None]
    if leading.error is None or own is None or not tried:
        return say("forecast.why.untried", rule=say(f"forecast.rules.{leading.rule}"))
    naive = min(tried, key=lambda entry: entry.score)
    return say(
        "forecast.why.naive" if naive.rule is leading.rule else "forecast.why.other",
        rule=say(f"forecast.rules.{leading.rule}"),
        error=formats.percent(leading.error),
        n=formats.count(leading.quarters),
        naive=say(f"forecast.rules.{naive.rule}"),
        naive_error=formats.percent(naive.error or 0.0),
        own=formats.percent(own),
    )


def _existing_fact(context: Context, found: Forecast) -> Fact | None:
    if found.existing is None or found.existing.estimate.expected is None:
        return None
    estimate = found.existing.estimate
    label = context.wording.say("forecast.facts.existing")
    return Fact(label, context.formats.money_short(found.existing.estimate.expected), _range(context, estimate))


def _new_fact(context: Context, found: Forecast) -> Fact | None:
    if found.new is None:
        return None
    formats = context.formats
    note = context.wording.say(
        "forecast.facts.new_note", n=formats.number(found.new.customers), each=formats.money_short(found.new.each)
    )
    return Fact(context.wording.say("forecast.facts.new"), formats.money_short(found.new.expected), note)


def _last_fact(context: Context, found: Forecast) -> Fact | None:
    last = _last(found)
    if last is None or last.estimate.expected is None:
        return None
    note = context.wording.say(
        f"forecast.facts.last_{_place(last)}",
        actual=context.formats.money_short(last.actual),
        range=_range(context, last.estimate),
    )
    label = context.wording.say("forecast.facts.last", quarter=context.formats.quarter_short(last.quarter))
    return Fact(label, context.formats.money_short(last.estimate.expected), note)


def _coverage_fact(context: Context, found: Forecast) -> Fact | None:
    held = None if found.total is None else found.total.coverage
    if held is None:
        return None
    say = context.wording.say
    return Fact(say("forecast.facts.coverage"), context.formats.k_of_n(held), say("forecast.facts.coverage_note"))


def _kept_fact(context: Context, found: Forecast) -> Fact | None:
    kept = found.next_orders.kept
    if kept is None or not found.next_orders.tells_days:
        return None
    say, formats = context.wording.say, context.formats
    return Fact(
        say("forecast.facts.kept"), formats.k_of_n(kept), say("forecast.facts.kept_note", rate=formats.rate(kept))
    )


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


def _place(entry: PastQuarter) -> str:
    """Tell where what came lies: `inside`, `above`, or `below` the interval, `alone` where there is none."""
    low, high = entry.estimate.low, entry.estimate.high
    if low is None or high is None:
        return "alone"
    return "above" if entry.actual > high else "below" if entry.actual < low else "inside"


def _range(context: Context, estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = (context.formats.money_short(amount) for amount in (estimate.low, estimate.high))
    return context.wording.say("common.range", low=low, high=high)
