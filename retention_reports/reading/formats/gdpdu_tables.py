"""Which table of a data carrier is which standard table, by its columns; its rows joined with those it points to."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.reading.column_words import column_words, folded
from retention_reports.reading.grid import Grid
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from retention_reports.reading.formats.gdpdu_index import IndexTable
    from retention_reports.reading.formats.gdpdu_rows import Rows

NET = "amount"
_NEEDED = {
    "customers": ("customer_id", "name"),
    "orders": ("order_id", "customer_id", "ordered_on", NET),
    "order_lines": ("order_id", "product_id", NET),
}
_WANTED = {"customers": ("email",), "orders": (), "order_lines": ("quantity",)}
_TELLING_NAMES = {
    "customers": ("kunde", "debitor", "customer"),
    "orders": ("rechnung", "invoice", "faktura"),
    "order_lines": ("position", "line", "item"),
}
_CREDIT_NOTES = ("gutschrift", "creditnote", "creditmemo", "rechnungskorrektur")
_ENTRIES = (("sollkonto", "habenkonto"), ("kontosoll", "kontohaben"), ("debitaccount", "creditaccount"))
_UNTOLD = ("umsatz", "umsatzeur", "erloes", "erloese", "revenue", "sales", "turnover", "omzet", "ca", "ventas")
"""What lists of sales hold net of tax; in books the same words stand for amounts with it."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@record
class Carrier:
    """The tables of a carrier with their rows, and how messages name each file."""

    tables: tuple[IndexTable, ...]
    rows: Mapping[str, Rows]
    paths: Mapping[str, str]

    def parent(self, name: str) -> IndexTable | None:
        """Return the table that a foreign key names: by its name or, as some programs write it, by that of its file."""
        named = {table.name: table for table in self.tables}
        of_files = {table.path.rpartition("/")[2].partition(".")[0].lower(): table for table in self.tables}
        return named.get(name) or of_files.get(name.lower())


def _place_of(words: Sequence[str], names: Sequence[str]) -> int | None:
    """Return which of the names is among the words, the surest first; None where none is."""
    plain = [folded(name) for name in names]
    return next((plain.index(word) for word in words if word in plain), None)


def _words_of(standard: str) -> tuple[str, ...]:
    if standard != NET:
        return column_words(standard)
    return tuple(word for word in column_words("net") if word not in _UNTOLD)


def gross_of(table: IndexTable) -> str:
    """Return the column that may hold amounts with tax; "" where none does."""
    place = _place_of((*column_words("gross"), *column_words("amount"), *_UNTOLD), table.names)
    return table.names[place] if place is not None else ""


def columns_of(wanted: str, table: IndexTable, carrier: Carrier, declared: Collection[str]) -> dict[str, str] | None:
    """Return the columns of a standard table by their names in the carrier; None where one is missing.

    A column of a table that this one points to is called `Table.Column`.
    """
    found: dict[str, str] = {}
    for standard in (*_NEEDED[wanted], *_WANTED[wanted]):
        if standard in declared:
            continue
        name = _column(wanted, standard, table, carrier)
        if name:
            found[standard] = name
        elif standard in _NEEDED[wanted] and not (standard == NET and wanted == "orders" and _has_lines(carrier)):
            return None
    return found


def _has_lines(carrier: Carrier) -> bool:
    """Tell whether a table holds the amounts of lines, from which orders without amounts take theirs."""
    return any(columns_of("order_lines", table, carrier, ()) is not None for table in carrier.tables)


def is_told_by_name(wanted: str, table: IndexTable) -> bool:
    """Tell whether a table's name says that it is a standard table."""
    return any(word in folded(table.name) for word in _TELLING_NAMES[wanted])


def is_of_credit_notes(table: IndexTable) -> bool:
    """Tell whether a table's name says that it holds credit notes."""
    return any(word in folded(table.name) for word in _CREDIT_NOTES)


def holds_entries(table: IndexTable) -> bool:
    """Tell whether a table holds entries of a ledger: what one account is debited with, and another credited."""
    names = [folded(name) for name in table.names]
    return any(all(any(word in name for name in names) for word in pair) for pair in _ENTRIES)


def deducted(grid: Grid) -> Grid:
    """Return credit notes with amounts below zero, whichever sign they were written with."""
    place = grid.header.index(NET)
    amounts = [Fraction(cell) for cell in grid.columns[place] if _NUMBER.fullmatch(cell)]
    if sum(amounts) <= 0:
        return grid
    turned = tuple(cell.removeprefix("-") if cell.startswith("-") else f"-{cell}" for cell in grid.columns[place])
    return replace(grid, columns=(*grid.columns[:place], turned, *grid.columns[place + 1 :]))


def _column(wanted: str, standard: str, table: IndexTable, carrier: Carrier) -> str:
    parent_of = {"customer_id": "customers", "order_id": "orders"}.get(standard)
    for column, name in table.parents.items() if parent_of and parent_of != wanted else ():
        parent = carrier.parent(name)
        place = _place_of(_words_of(standard), parent.names) if parent is not None and parent.key else None
        if parent is not None and place is not None:
            return column if parent.names[place] == parent.key else f"{parent.name}.{parent.names[place]}"
    place = _place_of(_words_of(standard), table.names)
    if place is None and standard == NET:
        return gross_of(table)
    if place is None and wanted in {"customers", "orders"} and standard in {"customer_id", "order_id"}:
        is_own = standard == ("customer_id" if wanted == "customers" else "order_id")
        return table.key if is_own and is_told_by_name(wanted, table) else ""
    return table.names[place] if place is not None else ""


def grid_of(table: IndexTable, carrier: Carrier, columns: Mapping[str, str]) -> Grid:
    """Return the rows of a table with those of the tables that it points to; `columns` are standard ones by theirs."""
    rows = carrier.rows[table.name]
    cells: dict[str, Sequence[str]] = dict(rows.columns)
    for column, name in table.parents.items():
        parent = carrier.parent(name)
        if parent is None or not parent.key or column not in rows.columns:
            continue
        known = carrier.rows[parent.name].columns
        place = {key: row for row, key in enumerate(known[parent.key])}
        rows_there = [place.get(key) for key in rows.columns[column]]
        for other, texts in known.items():
            cells[f"{parent.name}.{other}"] = tuple("" if row is None else texts[row] for row in rows_there)
    standard = {name: wanted for wanted, name in columns.items()}
    header = tuple(standard.get(name, name) for name in cells)
    return Grid(header, tuple(tuple(texts) for texts in cells.values()), np.array(rows.lines, dtype=np.int64))
