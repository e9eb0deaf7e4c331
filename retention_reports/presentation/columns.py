"""Tables by columns: each column says its heading and what it shows of an entry, in one way for all tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    ROWS_ON_PAPER,
    ROWS_ON_SCREEN,
    count_cell,
    customer_cell,
    customer_list,
    customers_cell,
    day_cell,
    money_cell,
    money_change_cell,
    rate_cell,
    text_cell,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from retention_reports.model.addressees import Addressee
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Table

Entry = TypeVar("Entry")


class Named(Protocol):
    """Somebody whose name leads to a card."""

    @property
    def name(self) -> str:
        """What a list calls the customer."""

    @property
    def customer_id(self) -> str:
        """Whose card it is."""


@record
class ColumnOf(Generic[Entry]):
    """A column of a table of such entries: its heading is the word `<section>.columns.<name>`."""

    name: str
    cell: Callable[[Context, Entry], Cell]
    numeric: bool = True


Columns: TypeAlias = tuple[ColumnOf[Entry], ...]


def customer(name: str, get: Callable[[Entry], Named]) -> ColumnOf[Entry]:
    """Show whom the entry is about, leading to the customer's card."""
    return ColumnOf(name, lambda _, entry: customer_cell((who := get(entry)).name, who.customer_id), numeric=False)


def text(name: str, get: Callable[[Entry], str]) -> ColumnOf[Entry]:
    """Show a text as it is, "" as nothing."""
    return ColumnOf(name, lambda _, entry: text_cell(get(entry)), numeric=False)


def text_or_dash(name: str, get: Callable[[Entry], str]) -> ColumnOf[Entry]:
    """Show a text, and a dash where it is ""."""
    return worded(name, lambda context, entry: get(entry) or context.wording.say("common.nothing"))


def worded(name: str, get: Callable[[Context, Entry], str]) -> ColumnOf[Entry]:
    """Show a text that is put into words."""
    return ColumnOf(name, lambda context, entry: text_cell(get(context, entry)), numeric=False)


def person(name: str, get: Callable[[Entry], Addressee | None], nobody: str = "") -> ColumnOf[Entry]:
    """Show whom to talk to; the word of the key `nobody` where no person is on record."""
    return worded(name, lambda context, entry: _name(context, get(entry), nobody))


def permission(name: str, get: Callable[[Entry], str]) -> ColumnOf[Entry]:
    """Show whether one may write."""
    return ColumnOf(name, lambda context, entry: permission_cell(context, get(entry)), numeric=False)


def count(name: str, get: Callable[[Entry], int | None]) -> ColumnOf[Entry]:
    """Show a count."""
    return ColumnOf(name, lambda context, entry: count_cell(context, get(entry)))


def customers(name: str, get: Callable[[Entry], int]) -> ColumnOf[Entry]:
    """Show how many customers the row is about."""
    return ColumnOf(name, lambda context, entry: customers_cell(context, get(entry)))


def money(name: str, get: Callable[[Entry], float | None]) -> ColumnOf[Entry]:
    """Show an amount of ten-thousandths in whole currency units."""
    return ColumnOf(name, lambda context, entry: money_cell(context, get(entry)))


def money_change(name: str, get: Callable[[Entry], int | None]) -> ColumnOf[Entry]:
    """Show a signed change of revenue: more is good."""
    return ColumnOf(
        name,
        lambda context, entry: (
            unknown_cell(context) if (change := get(entry)) is None else money_change_cell(context, change)
        ),
    )


def segment(get: Callable[[Entry], str]) -> ColumnOf[Entry]:
    """Show the client's segment, and that there is none."""
    return worded("segment", lambda context, entry: get(entry) or context.wording.say("common.no_segment"))


def rate(name: str, get: Callable[[Entry], Rate | None]) -> ColumnOf[Entry]:
    """Show a rate of counts with its base."""
    return ColumnOf(name, lambda context, entry: rate_cell(context, get(entry)))


def day(name: str, get: Callable[[Entry], date | None]) -> ColumnOf[Entry]:
    """Show a day."""
    return ColumnOf(name, lambda context, entry: day_cell(context, get(entry)))


def headings(context: Context, section: str, columns: Columns[Entry]) -> tuple[Column, ...]:
    """Return the headings of the columns."""
    say = context.wording.say
    return tuple(Column(say(f"{section}.columns.{column.name}"), column.numeric) for column in columns)


def rows(context: Context, columns: Columns[Entry], entries: Sequence[Entry]) -> list[tuple[Cell, ...]]:
    """Return a row an entry."""
    return [tuple([column.cell(context, entry) for column in columns]) for entry in entries]


def section_list(  # noqa: PLR0913 -- a table has this many independent parts
    context: Context,
    section: str,
    name: str,
    columns: Columns[Entry],
    entries: Sequence[Entry],
    *,
    identifier: str = "",
    kind: str = "",
    subtitle: str = "",
    print_rows: int = ROWS_ON_PAPER,
    screen_rows: int = ROWS_ON_SCREEN,
    on_paper: bool = False,
    folded: bool | None = None,
    left_out: int = 0,
) -> Table | None:
    """Return a section's list with its words below `<section>.tables`; None without an entry.

    The words are `<name>`, `<kind>_subtitle` (with the `currency`) and `<kind>_action`, if there is one; `kind` is the
    name where it is "". A list that is not on paper is folded on screen unless `folded` says otherwise.
    """
    if not entries:
        return None
    say, key = context.wording.say, f"{section}.tables.{kind or name}"
    return customer_list(
        context,
        identifier or f"{section}-{name}".replace("_", "-"),
        say(f"{section}.tables.{name}"),
        headings(context, section, columns),
        rows(context, columns, entries[:screen_rows]),
        subtitle=subtitle or say(f"{key}_subtitle", currency=context.client.currency),
        action=say(f"{key}_action") if context.wording.has(f"{key}_action") else "",
        print_rows=print_rows,
        screen_rows=screen_rows,
        folded=not on_paper if folded is None else folded,
        on_paper=on_paper,
        number=len(entries),
        left_out=left_out,
    )


def _name(context: Context, who: Addressee | None, nobody: str) -> str:
    return who.name if who else context.wording.say(nobody) if nobody else ""
