"""What active customers bring in the next 12 and 36 months, and how earlier expectations did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.money import THOUSAND
from retention_reports.presentation.tables import count_cell, numeric_columns, text_cell, text_columns, unknown_cell
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.customer_base_results import LifetimeValues
    from retention_reports.analyses.forecast.estimates import Estimate
    from retention_reports.analyses.forecast.value_results import ComingValue
    from retention_reports.presentation.context import Context

_YEAR = 12


def coming_table(context: Context, values: LifetimeValues) -> Table | None:
    """Show each pillar's value ahead, with what was expected a year ago and came; None where nothing can be told."""
    shown = [value for value in values.coming if value.estimate.expected is not None]
    if not shown:
        return None
    say = context.wording.say
    columns = ("customers", "months", "expected", "interval", "expected_then", "interval_then", "came")
    return Table(
        identifier="forecast-coming",
        title=say("forecast.tables.coming"),
        subtitle=say("forecast.tables.coming_subtitle", unit=context.formats.thousands_unit),
        columns=(
            *text_columns(say("forecast.columns.pillar")),
            *numeric_columns(*(say(f"forecast.coming.{name}") for name in columns)),
        ),
        rows=tuple(_row(context, value) for value in shown),
    )


def _row(context: Context, value: ComingValue) -> tuple[Cell, ...]:
    nothing = unknown_cell(context)
    then: tuple[Cell, ...] = (nothing, nothing, nothing)
    check = next(iter(value.checks), None) if value.months == _YEAR else None
    if check is not None:
        then = (*_cells(context, check.estimate), _money(context, check.came))
    return (
        text_cell(context.wording.say(f"common.pillars.{value.pillar}")),
        count_cell(context, value.customers),
        count_cell(context, value.months),
        *_cells(context, value.estimate),
        *then,
    )


def _cells(context: Context, estimate: Estimate) -> tuple[Cell, Cell]:
    low, high = (context.formats.bare_thousands(end or 0) for end in (estimate.low, estimate.high))
    return _money(context, estimate.expected or 0), text_cell(context.wording.say("common.range", low=low, high=high))


def _money(context: Context, amount: int) -> Cell:
    return Cell(context.formats.bare_thousands(amount), sort=str(amount / THOUSAND))
