"""Where measures stand: the open ones are the plan for the next quarter, the others are done with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.tables import (
    count_cell,
    day_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.measures.measure_results import Measures, MeasureStatus
    from retention_reports.presentation.context import Context

_PRINT_ROWS = 5


def plan_table(context: Context, found: Measures) -> Table | None:
    """List the open measures, the next due first: who does what by when, and what is expected of it."""
    return _table(context, found, "plan", found.plan, on_paper=True)


def status_table(context: Context, found: Measures) -> Table | None:
    """List the measures that are finished or dropped, those of last quarter first, then the latest.

    It is on paper only where last quarter's report had promised to follow one of them; what became of the others stands
    among the results.
    """
    over = [entry for entry in found.status if not entry.is_open]
    over.sort(key=lambda entry: entry.measure_id)
    over.sort(key=lambda entry: (entry.is_last_quarters, entry.started_on), reverse=True)
    return _table(context, found, "over", over, on_paper=any(entry.is_last_quarters for entry in over))


def state_text(context: Context, entry: MeasureStatus) -> str:
    """Return the state in words, with a word on being overdue."""
    state = context.wording.say(f"measures.states.{entry.state or 'none'}")
    return context.wording.say("measures.states.overdue", state=state) if entry.overdue else state


def _table(
    context: Context, found: Measures, name: str, entries: Sequence[MeasureStatus], *, on_paper: bool
) -> Table | None:
    if not entries:
        return None
    say = context.wording.say
    texts, numbers = ("measure", "kind", "state", "owner"), ("due", "targets", "cost", "expected")
    more = len(entries) - _PRINT_ROWS
    owned = any(entry.owner for entry in found.status)
    return Table(
        identifier=f"measures-{name}",
        title=context.wording.count(f"measures.{name}.title", len(entries), n=context.formats.count(len(entries))),
        subtitle=say(f"measures.{name}.subtitle", currency=context.formats.symbol),
        action=say(f"measures.{name}.action"),
        columns=(
            *text_columns(*(say(f"measures.columns.{column}") for column in texts)),
            *numeric_columns(*(say(f"measures.columns.{column}") for column in numbers)),
        ),
        rows=tuple(_row(context, entry, owned=owned) for entry in entries),
        print_rows=_PRINT_ROWS,
        more_on_paper=context.wording.count("common.more_rows", more, n=context.formats.count(more))
        if more > 0
        else "",
        on_paper=on_paper,
    )


def _row(context: Context, entry: MeasureStatus, *, owned: bool) -> tuple[Cell, ...]:
    lacking = Cell(context.wording.say("measures.states.nobody"), tone=Tone.BAD) if owned else unknown_cell(context)
    return (
        text_cell(entry.title),
        text_cell(context.wording.say(f"measures.kinds.{entry.kind}")),
        Cell(state_text(context, entry), tone=Tone.BAD if entry.overdue else Tone.NEUTRAL),
        text_cell(entry.owner) if entry.owner or not entry.is_open else lacking,
        day_cell(context, entry.due_on),
        count_cell(context, entry.targets) if entry.targets else unknown_cell(context),
        money_cell(context, entry.cost),
        money_cell(context, entry.expected_revenue),
    )
