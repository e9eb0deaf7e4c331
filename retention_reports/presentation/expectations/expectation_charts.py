"""Scores and complaints over eight quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Group, Value
from retention_reports.charts.line import Line, LineChart, LinePoint, draw_line_chart
from retention_reports.charts.stacked_columns import StackedColumn, StackedColumns, draw_stacked_columns
from retention_reports.charts.style import Role
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.expectations.expectation_results import Expectations, QuarterVoices
    from retention_reports.presentation.context import Context

_HEIGHT = 165
_TOP_SCORE = 10


def scores_chart(context: Context, found: Expectations) -> Chart | None:
    """Draw the mean score by quarter; None with scores in fewer than two quarters."""
    say, formats = context.wording.say, context.formats
    points = tuple(
        LinePoint(float(place), entry.scores.mean, formats.number(entry.scores.mean, 1))
        for place, entry in enumerate(found.quarters)
        if entry.scores.mean is not None
    )
    if len(points) < 2:  # noqa: PLR2004 -- a line needs two points
        return None
    title = _scores_title(context, found.quarters[-1])
    svg = draw_line_chart(
        LineChart(
            identifier="satisfaction",
            title=title,
            description=say("expectations.scores.description"),
            width=HALF_WIDTH,
            height=_HEIGHT,
            top=_TOP_SCORE,
            lines=(Line(say("expectations.scores.line"), points),),
            x_labels=tuple(
                (float(place), formats.quarter_short(entry.quarter)) for place, entry in enumerate(found.quarters)
            ),
        )
    )
    return Chart(title, say("expectations.scores.subtitle"), svg)


def complaints_chart(context: Context, found: Expectations) -> Chart | None:
    """Draw complaints by quarter, settled and open; None where there never were any."""
    if not any(entry.complaints for entry in found.quarters):
        return None
    say, formats = context.wording.say, context.formats
    known = found.resolution is not None
    names = (("settled", Role.NEUTRAL), ("open", Role.BAD)) if known else (("all", Role.NEUTRAL),)
    groups = tuple(Group(role, say(f"expectations.complaints.{name}")) for name, role in names)
    columns = tuple(
        StackedColumn(
            label=f"Q{entry.quarter.number}",
            values=_values(context, entry, known=known),
            total=formats.count(entry.complaints),
            note=formats.axis_year(entry.quarter) if place == 0 or entry.quarter.number == 1 else "",
        )
        for place, entry in enumerate(found.quarters)
    )
    number = found.quarters[-1].complaints
    title = context.wording.count("expectations.complaints.title", number, n=formats.count(number))
    svg = draw_stacked_columns(
        StackedColumns(
            identifier="complaints",
            title=title,
            description=say("expectations.complaints.description"),
            width=HALF_WIDTH,
            height=_HEIGHT,
            groups=groups,
            columns=columns,
        )
    )
    return Chart(title, say("expectations.complaints.subtitle"), svg)


def _scores_title(context: Context, entry: QuarterVoices) -> str:
    if entry.scores.mean is None:
        return context.wording.say("expectations.scores.title_none")
    return context.wording.count(
        "expectations.scores.title",
        entry.scores.number,
        n=context.formats.count(entry.scores.number),
        now=context.formats.number(entry.scores.mean, 1),
    )


def _values(context: Context, entry: QuarterVoices, *, known: bool) -> tuple[Value, ...]:
    numbers = (entry.complaints - entry.still_open, entry.still_open) if known else (entry.complaints,)
    return tuple(Value(number, context.formats.count(number)) for number in numbers)
