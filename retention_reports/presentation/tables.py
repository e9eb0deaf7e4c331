"""How cells and tables look, the same on every page."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from retention_reports.model.money import UNIT
from retention_reports.presentation.view import Cell, Column, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.kinds import Kind

Entry = TypeVar("Entry")

ROWS_ON_SCREEN = 40
EVERYBODY_ON_SCREEN = 500
"""Longer lists belong into the files to work with; a page must stay quick and light."""
ROWS_ON_PAPER = 5


def text_columns(*labels: str) -> tuple[Column, ...]:
    """Return columns of text."""
    return tuple(Column(label) for label in labels)


def numeric_columns(*labels: str) -> tuple[Column, ...]:
    """Return columns of numbers."""
    return tuple(Column(label, numeric=True) for label in labels)


def customer_cell(name: str, identifier: str) -> Cell:
    """Return the cell that names a customer, and leads to its card."""
    return Cell(name or identifier, sort=(name or identifier).casefold(), customer_id=identifier)


def money_cell(context: Context, amount: float | None) -> Cell:
    """Return an amount in whole currency units, without the sign that the table's subtitle names."""
    if amount is None:
        return unknown_cell(context)
    return Cell(context.formats.number(amount / UNIT), sort=str(amount), money=amount)


def money_change_cell(context: Context, amount: int) -> Cell:
    """Return a signed change of revenue: more is good."""
    tone = Tone.GOOD if amount > 0 else Tone.BAD if amount < 0 else Tone.NEUTRAL
    return Cell(context.formats.signed(amount / UNIT), sort=str(amount), tone=tone, money=amount)


def count_cell(context: Context, value: int | None) -> Cell:
    """Return a count."""
    if value is None:
        return unknown_cell(context)
    return Cell(context.formats.count(value), sort=str(value))


def customers_cell(context: Context, number: int) -> Cell:
    """Return how many customers a row is about: where these are few, a version for wider circulation adds rows up."""
    return replace(count_cell(context, number), customers=number)


def rate_cell(context: Context, rate: Rate | None) -> Cell:
    """Return a rate of counts with its base, sorted by its share; nothing where it has no base."""
    if rate is None or rate.share is None:
        return unknown_cell(context)
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share))


def day_cell(context: Context, day: date | None) -> Cell:
    """Return a day, sortable."""
    if day is None:
        return unknown_cell(context)
    return Cell(context.formats.day(day), sort=day.isoformat())


def text_cell(text: str) -> Cell:
    """Return plain text."""
    return Cell(text)


def unknown_cell(context: Context) -> Cell:
    """Return the cell of something that cannot be known."""
    return Cell(context.wording.say("common.nothing"), tone=Tone.MUTED)


def screen_table(  # noqa: PLR0913 -- what a table shows
    identifier: str,
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    subtitle: str = "",
    action: str = "",
    folded: bool = True,
) -> Table | None:
    """Return a table that stands on screen alone; None without rows."""
    if not rows:
        return None
    return Table(identifier, title, columns, rows, subtitle=subtitle, action=action, folded=folded, on_paper=False)


def customer_list(  # noqa: PLR0913 -- a table has this many independent parts
    context: Context,
    identifier: str,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    *,
    subtitle: str = "",
    action: str = "",
    print_rows: int = ROWS_ON_PAPER,
    screen_rows: int = ROWS_ON_SCREEN,
    filterable: bool = True,
    folded: bool = False,
    on_paper: bool = True,
    number: int | None = None,
    left_out: int = 0,
) -> Table:
    """Return a list of customers: all (up to a bound) on screen, the first few on paper, and how many more.

    `number` says how many there are where `rows` holds only the first of them, at least as many as are shown: rows that
    nobody sees need not be made. `left_out` counts those whom the register's rules keep off the list, which is said.
    """
    shown = tuple(rows[:screen_rows])
    total = len(rows) if number is None else number
    return Table(
        identifier=identifier,
        title=title,
        columns=columns,
        rows=shown,
        subtitle=subtitle,
        action=" ".join(filter(None, (action, _more(context, "common.left_out", left_out)))),
        print_rows=print_rows,
        more_on_paper=_more_on_paper(context, total, len(shown), print_rows),
        more_on_screen=_more(context, "common.more_rows_screen", total - len(shown)),
        filterable=filterable and total > ROWS_ON_PAPER,
        folded=folded,
        on_paper=on_paper,
    )


def listable(
    context: Context, kind: Kind, entries: Iterable[Entry], name: Callable[[Entry], str] = attrgetter("customer_id")
) -> list[Entry]:
    """Return those whom the register's rules let a list name for something of the kind, by the ids of `name`."""
    return [entry for entry in entries if context.register.allows(kind, name(entry))]


def _more_on_paper(context: Context, total: int, on_screen: int, on_paper: int) -> str:
    """Say how many more there are than on paper, and how many of them the HTML has where that is not all."""
    if total <= on_screen or on_screen <= on_paper:
        return _more(context, "common.more_rows", total - on_paper)
    values = {"n": context.formats.count(total - on_paper), "shown": context.formats.count(on_screen - on_paper)}
    return context.wording.count("common.more_rows_partly", total - on_paper, **values)


def _more(context: Context, key: str, beyond: int) -> str:
    return context.wording.count(key, beyond, n=context.formats.count(beyond)) if beyond > 0 else ""
