"""The picture of the forecast: what came, what had been said, and what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.forecast_results import shown_history
from retention_reports.charts.line import Line, LineChart, LinePoint, draw_line_chart
from retention_reports.charts.style import Role
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.forecast.forecast_tables import history_table
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.forecast.forecast_results import Forecast
    from retention_reports.analyses.forecast.series_results import PastQuarter
    from retention_reports.presentation.context import Context

_HEIGHT = 205


def history_chart(context: Context, found: Forecast) -> Chart | None:
    """Draw what came against what had been said, then what is expected; None where no earlier forecast is known."""
    past = shown_history(found.total)
    if not past:
        return None
    say, formats = context.wording.say, context.formats
    quarters = [entry.quarter for entry in past]
    if found.total is not None and found.total.estimate.expected is not None:
        quarters.append(found.next_quarter)
    title = _title(context, past)
    svg = draw_line_chart(
        LineChart(
            identifier="forecast-history",
            title=title,
            description=say("forecast.chart.description", n=formats.count(len(past))),
            lines=_lines(context, found, past),
            x_labels=tuple((quarter.ordinal, formats.quarter_short(quarter)) for quarter in quarters),
            height=_HEIGHT,
        )
    )
    subtitle = say("forecast.chart.subtitle", unit=formats.thousands_unit)
    return Chart(title, subtitle, svg, history_table(context, past))


def _title(context: Context, past: Sequence[PastQuarter]) -> str:
    last, formats = past[-1], context.formats
    values = {
        "actual": formats.money_short(last.actual),
        "expected": formats.money_short(last.estimate.expected or 0),
        "quarter": formats.quarter_short(last.quarter),
    }
    if len(past) == 1:
        return context.wording.say("forecast.chart.title_single", **values)
    more = sum(entry.actual > (entry.estimate.expected or 0) for entry in past)
    return context.wording.count(
        "forecast.chart.title", more, k=formats.count(more), n=formats.count(len(past)), **values
    )


def _lines(context: Context, found: Forecast, past: Sequence[PastQuarter]) -> tuple[Line, ...]:
    say, formats = context.wording.say, context.formats
    came = [_point(context, entry.quarter.ordinal, entry.actual) for entry in past]
    said = tuple(LinePoint(entry.quarter.ordinal, (entry.estimate.expected or 0) / THOUSAND) for entry in past)
    earlier = Line(say("forecast.chart.said"), said, Role.PREVIOUS)
    estimate = Estimate(None, None, None) if found.total is None else found.total.estimate
    expected = estimate.expected
    if expected is None:
        text = formats.bare_thousands(past[-1].actual)
        return earlier, Line(say("forecast.chart.came"), tuple(came), Role.ACTUAL, text)
    came.append(_expected_point(found, estimate, expected))
    label = say("forecast.chart.expected", quarter=formats.quarter_short(found.next_quarter))
    return earlier, Line(label, tuple(came), Role.ACTUAL, _estimate_text(context, estimate, expected))


def _point(context: Context, position: int, amount: int) -> LinePoint:
    return LinePoint(position, amount / THOUSAND, context.formats.bare_thousands(amount))


def _expected_point(found: Forecast, estimate: Estimate, expected: int) -> LinePoint:
    low, high = estimate.low, estimate.high
    return LinePoint(
        found.next_quarter.ordinal,
        expected / THOUSAND,
        low=None if low is None else low / THOUSAND,
        high=None if high is None else high / THOUSAND,
        forecast=True,
    )


def _estimate_text(context: Context, estimate: Estimate, expected: int) -> str:
    thousands = context.formats.bare_thousands
    if estimate.low is None or estimate.high is None:
        return thousands(expected)
    return context.wording.say(
        "forecast.chart.estimate",
        expected=thousands(expected),
        low=thousands(estimate.low),
        high=thousands(estimate.high),
    )
