"""The appendix on published reports: what they said, what the data says now, and which rows changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.restatement import Restatement
from retention_reports.model.row_changes import SHOWN_ROWS
from retention_reports.presentation.tables import (
    count_cell,
    customer_list,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Paragraphs, Row, SectionView, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.figure_changes import FigureChange, Value
    from retention_reports.model.restatement import RestatedQuarter
    from retention_reports.model.row_changes import TableChanges
    from retention_reports.presentation.context import Context

COUNTS = tuple(
    f"pillars.{key}"
    for key in ("orders", "bridge.opening", "bridge.new", "bridge.won_back", "bridge.lost", "bridge.closing")
)
MONEY = (
    "pillars.average_order_value",
    *(f"pillars.revenue.{key}" for key in ("new", "loyal", "won_back", "lost", "unassigned", "total")),
    *(
        f"revenue_bridge.{key}"
        for key in ("start", "not_bought_again", "decreased", "increased", "bought_again", "new")
    ),
)
RATES = tuple(
    f"pillars.{key}"
    for key in ("retention_rate", "retention_rate_12m", "net_revenue_retention_12m", "gross_revenue_retention_12m")
)
SHOWN = frozenset({*COUNTS, *MONEY, *RATES})
"""The figures that are shown with their names; all others are only counted here and named in `figures.json`."""


def present_restated(context: Context) -> SectionView | None:
    """Show every published quarter that is restated; None where none is."""
    restatement = context.results.get("restated")
    if not isinstance(restatement, Restatement):
        return None
    count = len(restatement.quarters)
    return SectionView(
        key="restated",
        title=context.wording.say("restated.title"),
        headline=context.wording.count("restated.headline", count, n=context.formats.count(count)),
        rows=tuple(row for quarter in restatement.quarters for row in _quarter_rows(context, quarter)),
    )


def _quarter_rows(context: Context, restated: RestatedQuarter) -> list[Row]:
    name = context.formats.quarter(restated.quarter)
    quarter = name[:1].upper() + name[1:]
    shown = [change for change in restated.figures if change.key in SHOWN]
    rows = [Row((_figures_table(context, restated, quarter, shown),))] if shown else []
    further = len(restated.figures) - len(shown)
    remarks = [context.wording.count("restated.further", further, n=context.formats.count(further))] if further else []
    if restated.rows:
        rows += [
            Row((_counts_table(context, restated, quarter, restated.rows),)),
            Row((_changes_table(context, restated, quarter, restated.rows),)),
        ]
    else:
        remarks.append(
            context.wording.say(f"restated.rows_{'unknown' if restated.rows is None else 'none'}", quarter=quarter)
        )
    return [*rows, Row((Paragraphs(tuple(remarks)),))] if remarks else rows


def _figures_table(context: Context, restated: RestatedQuarter, quarter: str, changes: Sequence[FigureChange]) -> Table:
    say = context.wording.say
    return Table(
        identifier=f"restated-{restated.quarter}",
        title=say("restated.table", quarter=quarter),
        subtitle=say(
            "restated.subtitle",
            commit=restated.commit[:12],
            tool=restated.tool_version,
            currency=context.client.currency,
        ),
        columns=(
            *text_columns(say("restated.figure")),
            *numeric_columns(say("restated.published"), say("restated.now"), say("restated.difference")),
        ),
        rows=tuple(
            (
                text_cell(say(f"restated.figures.{change.key}")),
                _value_cell(context, change.key, change.then),
                _value_cell(context, change.key, change.now),
                _difference_cell(context, change),
            )
            for change in changes
        ),
    )


def _value_cell(context: Context, key: str, value: Value) -> Cell:
    if not isinstance(value, (int, float)):
        return unknown_cell(context)
    return Cell(_figure_text(context, key, value), sort=str(value))


def _figure_text(context: Context, key: str, value: float) -> str:
    if key in RATES:
        return context.formats.percent(value)
    return context.formats.number(value, 2) if key in MONEY else context.formats.count(int(value))


def _difference_cell(context: Context, change: FigureChange) -> Cell:
    if not isinstance(change.then, (int, float)) or not isinstance(change.now, (int, float)):
        return unknown_cell(context)
    difference = change.now - change.then
    if change.key in RATES:
        return Cell(context.formats.points(difference), sort=str(difference))
    return Cell(context.formats.signed(difference, 2 if change.key in MONEY else 0), sort=str(difference))


def _counts_table(context: Context, restated: RestatedQuarter, quarter: str, tables: Sequence[TableChanges]) -> Table:
    say = context.wording.say
    return Table(
        identifier=f"restated-rows-{restated.quarter}",
        title=say("restated.rows", quarter=quarter),
        subtitle=say("restated.rows_subtitle"),
        columns=(
            *text_columns(say("restated.data")),
            *numeric_columns(say("restated.added"), say("restated.corrected"), say("restated.deleted")),
        ),
        rows=tuple(
            (
                text_cell(say(f"appendix.tables.{entry.table}")),
                count_cell(context, entry.added),
                count_cell(context, entry.corrected),
                count_cell(context, entry.deleted),
            )
            for entry in tables
        ),
    )


def _changes_table(context: Context, restated: RestatedQuarter, quarter: str, tables: Sequence[TableChanges]) -> Table:
    say = context.wording.say
    labels = [say(f"restated.{key}") for key in ("row", "what", "column", "then", "now")]
    rows = [
        (
            text_cell(say(f"appendix.tables.{entry.table}")),
            text_cell(change.row),
            text_cell(say(f"restated.how.{change.how}")),
            text_cell(change.column),
            text_cell(change.then),
            text_cell(change.now),
        )
        for entry in tables
        for change in entry.rows
    ]
    return customer_list(
        context,
        f"restated-changes-{restated.quarter}",
        say("restated.changes", quarter=quarter),
        text_columns(say("restated.data"), *labels),
        rows,
        subtitle=say("restated.changes_subtitle", n=context.formats.count(SHOWN_ROWS)),
        folded=True,
    )
