"""The section on the sales check: what was answered, what the data says to it, and what there is to gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.sales_check.sales_check_results import SalesCheck
from retention_reports.charts.frame import FULL_WIDTH, HALF_WIDTH
from retention_reports.model.contact_cadence import cadence_days
from retention_reports.presentation.composing import on_screen_only, rows_of
from retention_reports.presentation.missing import reason_text
from retention_reports.presentation.sales_check.key_figures import fact_strip, key_figures
from retention_reports.presentation.sales_check.sales_check_charts import (
    measured_chart,
    score_chart,
    topics_chart,
)
from retention_reports.presentation.sales_check.sales_check_conclusions import (
    agenda,
    contradictions,
    findings,
    headline,
    lead,
)
from retention_reports.presentation.sales_check.sales_check_tables import (
    all_questions_table,
    core_table,
    flips_table,
    potentials_table,
)
from retention_reports.presentation.view import Definition, SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Row

_METHOD = ("core", "score", "trend", "measured")
_MEASURED_PREFIX = "measured."


def present_sales_check(context: Context) -> SectionView:
    """Tell the sales check of the quarter; without answers what the data says alone."""
    check = context.result(SalesCheck)
    return SectionView(
        key="sales_check",
        title=context.wording.say("sales_check.title"),
        headline=headline(context, check),
        lead=lead(context, check),
        rows=_rows(context, check),
        findings=findings(context, check),
        key_figures=key_figures(context, check),
        method=_method(context, check),
        missing=_missing(context, check),
        agenda=agenda(context, check),
    )


def _rows(context: Context, check: SalesCheck) -> tuple[Row, ...]:
    if not _tells_something(check):
        return ()
    score = score_chart(context, check, HALF_WIDTH if check.topics else FULL_WIDTH)
    topics = topics_chart(context, check, FULL_WIDTH if score is None else HALF_WIDTH)
    return (
        *rows_of(
            (fact_strip(context, check),),
            (score, topics),
            (core_table(context, check),),
            (contradictions(context, check),),
            (potentials_table(context, check),),
        ),
        *on_screen_only(
            rows_of(
                (measured_chart(context, check),),
                (flips_table(context, check),),
                (all_questions_table(context, check),),
            )
        ),
    )


def _tells_something(check: SalesCheck) -> bool:
    """Tell whether there are answers for the quarter or enough cases to measure at least one."""
    measured = (measurement for _, measurement in check.measurements)
    return check.current is not None or any(entry.answer for entry in measured if entry is not None)


def _method(context: Context, check: SalesCheck) -> tuple[Definition, ...]:
    """Return the definitions of the score and of every figure that could be measured."""
    say = context.wording.say
    general = [
        Definition(say(f"sales_check.method.{name}.term"), say(f"sales_check.method.{name}.text")) for name in _METHOD
    ]
    days = {name.lower(): context.formats.count(number) for name, number in cadence_days(context.client).items()}
    measured = [
        Definition(say(f"sales_check.names.{name}"), say(f"sales_check.definitions.{name}", **days))
        for name, measurement in check.measurements
        if measurement is not None
    ]
    return (*general, *measured)


def _missing(context: Context, check: SalesCheck) -> tuple[str, ...]:
    """Return one sentence a reason; one in all where the section is empty."""
    say = context.wording.say
    if not _tells_something(check):
        return (say("sales_check.missing.nothing"),)
    uncounted = check.current is not None and check.current.score is None
    names: dict[str, list[str]] = {}
    for entry in check.missing:
        if entry.key.startswith(_MEASURED_PREFIX):
            name = say(f"sales_check.names.{entry.key.removeprefix(_MEASURED_PREFIX)}")
        elif entry.key == "score" and not uncounted:
            name = say("sales_check.missing.score")
        else:
            continue
        names.setdefault(reason_text(context, entry), []).append(name)
    sentences = (
        say("sales_check.missing.figures", names=context.formats.listing(listed), reason=reason)
        for reason, listed in names.items()
    )
    return (*((say("sales_check.missing.uncounted"),) if uncounted else ()), *sentences)
