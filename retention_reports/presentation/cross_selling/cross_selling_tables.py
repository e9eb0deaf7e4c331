"""The lists of cross-selling: campaigns, customers, patterns, the six steps, and the whole matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.analyses.cross_selling.cross_selling_results import State
from retention_reports.model.money import UNIT
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.cross_selling.campaigns import campaigns
from retention_reports.presentation.cross_selling.cross_selling_conclusions import segment_name
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    listable,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column, Table, Tone
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling, Step, WhiteSpace
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_CAMPAIGNS_ON_PAPER = 5
_CUSTOMERS_ON_SCREEN = 40
_PATTERNS_ON_SCREEN = 20
_MATRIX_COLUMNS = 12
_FOLDED = ("white_space", "affinity", "openings")
_TONES = {State.DONE: Tone.GOOD, State.OPEN: Tone.BAD, State.UNKNOWN: Tone.MUTED, State.PARTLY: Tone.NEUTRAL}


def campaigns_table(context: Context, result: CrossSelling) -> Table | None:
    """List segments and the categories that some of their customers lack; None without potential."""
    found = campaigns(context, result)
    if not found:
        return None
    rows = [
        (
            text_cell(segment_name(context, campaign.segment)),
            text_cell(campaign.category),
            customer_cell(campaign.entries[0].name, campaign.entries[0].customer_id),
            rate_cell(context, campaign.buyers),
            count_cell(context, len(campaign.entries)),
            money_cell(context, campaign.each),
            money_cell(context, campaign.total),
        )
        for campaign in found
    ]
    columns = (
        *_texts(context, "segment", "missing", "first_customers"),
        *_numbers(context, "buyers", "lacking", "each", "total"),
    )
    return _list(context, "campaigns", columns, rows)


def potential_table(context: Context, result: CrossSelling) -> Table | None:
    """List customers with the categories to offer them, largest potential first; None without potential."""
    listed = listable(context, Kind.CROSS_SELL, result.potentials)
    if not listed:
        return None
    nothing = context.wording.say("common.nothing")
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(segment_name(context, entry.segment)),
            text_cell(entry.category),
            text_cell(entry.argument or nothing),
            text_cell(entry.sales_rep or nothing),
            permission_cell(context, entry.permission),
            count_cell(context, entry.cases),
            money_cell(context, entry.value),
        )
        for entry in listed[:_CUSTOMERS_ON_SCREEN]
    ]
    names = ("customer", "segment", "missing", "argument", "sales_rep", "permission")
    columns = (*_texts(context, *names), *_numbers(context, "cases", "value"))
    beyond = len(listed) - len(rows)
    more = context.wording.count("cross_selling.tables.more", beyond, n=context.formats.count(beyond)) if beyond else ""
    return replace(_list(context, "potential", columns, rows), more_on_screen=more)


def steps_table(context: Context, result: CrossSelling) -> Table:
    """Show how far each of the six steps is, beside what is declared where anything is."""
    declared = any(step.declared for step in result.steps)
    rows = tuple(
        (
            text_cell(context.wording.say(f"cross_selling.steps.{step.key}.name", number=str(number))),
            *((_declared(context, step),) if declared else ()),
            Cell(context.wording.say(f"cross_selling.states.{step.state}"), tone=_TONES[step.state]),
            text_cell(_step_text(context, step)),
        )
        for number, step in enumerate(result.steps, start=1)
    )
    say = context.wording.say
    return Table(
        identifier="cross-selling-steps",
        title=say("cross_selling.tables.steps"),
        subtitle=say("cross_selling.tables.steps_subtitle"),
        action=say("cross_selling.tables.steps_action"),
        columns=_texts(context, "step", *(("declared",) if declared else ()), "state", "what"),
        rows=rows,
    )


def _declared(context: Context, step: Step) -> Cell:
    if not step.declared:
        return unknown_cell(context)
    return text_cell(context.wording.say(f"cross_selling.states.{step.declared}"))


def white_space_table(context: Context, result: CrossSelling, space: WhiteSpace) -> Table | None:
    """Show who buys what, and the potential of what is not bought; only on screen."""
    if not space.bought:
        return None
    # A value holds for a whole segment: its text is made once.
    shown = {
        value: Cell(context.formats.number(value / UNIT), money=value)
        for value in {cell.value for cell in result.cells}
    }
    values = {(entry.customer_id, entry.category): shown[entry.value] for entry in result.potentials}
    categories = space.categories[:_MATRIX_COLUMNS]
    bought = text_cell(context.wording.say("cross_selling.tables.bought"))
    neither = text_cell(context.wording.say("cross_selling.tables.not_bought"))
    order = sorted(range(len(space.bought)), key=lambda row: (-space.spent[row], space.identifiers[row]))
    rows = []
    for row in order:
        identifier, owned = space.identifiers[row], space.bought[row]
        cells = [
            bought if place in owned else values.get((identifier, category), neither)
            for place, category in enumerate(categories)
        ]
        rows.append((customer_cell(space.names[row], identifier), text_cell(space.segments[row]), *cells))
    columns = (*_texts(context, "customer", "segment"), *text_columns(*categories))
    beyond = len(space.categories) - len(categories)
    table = _list(context, "white_space", columns, rows)
    more = context.wording.count("cross_selling.tables.more_categories", beyond, n=context.formats.count(beyond))
    return replace(table, more_on_screen=f"{table.more_on_screen} {more}".strip() if beyond else table.more_on_screen)


def affinity_table(context: Context, result: CrossSelling) -> Table | None:
    """List pairs of categories that demonstrably go together; only on screen."""
    pairs = [pair for pair in result.affinities if pair.together]
    rows = [
        (
            text_cell(pair.first),
            text_cell(pair.second),
            rate_cell(context, pair.rate),
            rate_cell(context, pair.without),
            Cell(context.formats.number(pair.lift, 2), sort=f"{pair.lift:.6f}"),
        )
        for pair in pairs[:_PATTERNS_ON_SCREEN]
    ]
    columns = (*_texts(context, "first", "second"), *_numbers(context, "confidence", "without", "lift"))
    return _list(context, "affinity", columns, rows) if rows else None


def openings_table(context: Context, result: CrossSelling) -> Table | None:
    """List which category followed which as the next new one; only on screen."""
    rows = [
        (text_cell(entry.first), text_cell(entry.second), rate_cell(context, entry.rate))
        for entry in result.openings[:_PATTERNS_ON_SCREEN]
    ]
    columns = (*_texts(context, "began", "followed"), *_numbers(context, "opened"))
    return _list(context, "openings", columns, rows) if rows else None


def rate_cell(context: Context, rate: Rate) -> Cell:
    """Return a rate with its base, sortable."""
    return (
        unknown_cell(context) if rate.share is None else Cell(context.formats.rate_in_table(rate), sort=f"{rate.share}")
    )


def _step_text(context: Context, step: Step) -> str:
    formats = context.formats
    key = f"cross_selling.steps.{step.key}.{step.state}"
    if step.key == "control" and step.total == 0 and step.state is not State.UNKNOWN:
        key = f"{key}_waiting"
    if context.wording.has(key):
        return context.wording.say(key)
    return context.wording.count(
        key,
        step.count,
        k=formats.count(step.count),
        n=formats.count(step.total),
        money=formats.money_short(step.amount),
    )


def _list(context: Context, key: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    say = context.wording.say
    return customer_list(
        context,
        f"cross-selling-{key.replace('_', '-')}",
        say(f"cross_selling.tables.{key}"),
        columns,
        rows,
        subtitle=say(f"cross_selling.tables.{key}_subtitle", currency=context.client.currency),
        action=say(f"cross_selling.tables.{key}_action"),
        print_rows=_CAMPAIGNS_ON_PAPER,
        folded=key in _FOLDED,
        on_paper=key == "campaigns",
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"cross_selling.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"cross_selling.columns.{name}") for name in names))
