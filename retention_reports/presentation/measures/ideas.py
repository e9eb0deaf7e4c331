"""Ideas: what waits to become a measure, what became of those that did, and a catalogue to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.measures.control import verdict_text
from retention_reports.presentation.measures.plan import state_text
from retention_reports.presentation.tables import (
    count_cell,
    day_cell,
    money_cell,
    numeric_columns,
    screen_table,
    text_cell,
    text_columns,
    unknown_cell,
)

if TYPE_CHECKING:
    from retention_reports.analyses.measures.measure_results import Measures
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell, Column, Table

CATALOGUE = (
    ("advertise", "retention"),
    ("cause", "retention"),
    ("gift", "retention"),
    ("extra", "retention"),
    ("faster", "retention"),
    ("keenest", "retention"),
    ("focus_group", "retention"),
    ("reward", "acquisition"),
)
"""Ideas that work in many trades, each with the kind of measure that it would be."""


def ideas_table(context: Context, found: Measures) -> Table | None:
    """List the ideas that wait, the oldest first; None without any."""
    say = context.wording.say
    rows = tuple(
        (
            text_cell(idea.title),
            text_cell(say(f"measures.kinds.{idea.kind}")),
            text_cell(idea.owner) if idea.owner else unknown_cell(context),
            day_cell(context, idea.started_on),
            money_cell(context, idea.expected_revenue),
        )
        for idea in found.ideas
    )
    columns = (*_texts(context, "idea", "kind", "owner"), *_numbers(context, "noted_on", "expected"))
    return _table(context, "ideas", columns, rows)


def from_ideas_table(context: Context, found: Measures) -> Table | None:
    """Show what became of the ideas that became measures; None without any."""
    rows = tuple(
        (
            text_cell(one.measure.title),
            text_cell(state_text(context, one.measure)),
            text_cell(verdict_text(context, one.result)) if one.result else unknown_cell(context),
            day_cell(context, one.idea_on),
            count_cell(context, one.days_to_start),
        )
        for one in found.from_ideas
    )
    columns = (*_texts(context, "measure", "state", "verdict"), *_numbers(context, "noted_on", "days_to_start"))
    return _table(context, "from_ideas", columns, rows)


def catalogue_table(context: Context) -> Table | None:
    """List ideas to choose from."""
    say = context.wording.say
    rows = tuple(
        (text_cell(say(f"measures.catalogue.{name}")), text_cell(say(f"measures.kinds.{kind}")))
        for name, kind in CATALOGUE
    )
    return _table(context, "catalogue", _texts(context, "idea", "kind"), rows)


def _table(
    context: Context, name: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Table | None:
    say = context.wording.say
    return screen_table(
        f"measures-{name.replace('_', '-')}",
        say(f"measures.{name}_list.title"),
        columns,
        rows,
        subtitle=say(f"measures.{name}_list.subtitle", currency=context.formats.symbol),
        folded=name == "catalogue",
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"measures.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"measures.columns.{name}") for name in names))
