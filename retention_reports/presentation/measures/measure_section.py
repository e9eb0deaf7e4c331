"""The section on measures: did they work, where do they stand, what comes next, and what retention is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.measures.arithmetic import cost_table, gain_text
from retention_reports.presentation.measures.control import control_chart, control_table
from retention_reports.presentation.measures.ideas import catalogue_table, from_ideas_table, ideas_table
from retention_reports.presentation.measures.measure_conclusions import fact_strip, findings, headline, lead
from retention_reports.presentation.measures.plan import plan_table, status_table
from retention_reports.presentation.measures.questions import questions
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("success", "control", "verdict", "profit", "second_life", "five_points", "costs", "ideas")


def present_measures(context: Context) -> SectionView:
    """Tell what became of the measures, what is planned, and what more retention would bring."""
    found = context.result(Measures)
    rows = rows_of(
        (control_chart(context, found),),
        (control_table(context, found),),
        (fact_strip(context, found),),
        (plan_table(context, found),),
        (status_table(context, found),),
        (ideas_table(context, found),),
        (from_ideas_table(context, found),),
        (catalogue_table(context) if context.knows("measures", "status") else None,),
        (gain_text(context, found.retention_gain), cost_table(context, found)),
    )
    return SectionView(
        key="measures",
        title=context.wording.say("measures.title"),
        headline=headline(context, found),
        lead=lead(context, found),
        rows=rows,
        findings=findings(context, found),
        method=definitions(context, "measures", _METHOD),
        missing=grouped_missing(context, "measures", found.missing),
        agenda=questions(context, found),
    )
