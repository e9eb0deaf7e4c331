"""A client's folder without one of its files or columns, and what of a section's figures stands where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.model.schema import TABLE_BY_NAME, TABLES
from retention_reports.validation.columns import absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.figures import Figure
    from retention_reports.model.folder import ClientFolder

REQUIRED = ("customers", "orders")
TOLD_BY_GAPS = ("feedback.resolved_on", "offers.followed_up_on")
"""Empty columns that tell something: nothing was settled, nobody followed up."""

ASKED_ONCE = 1.0
"""The version of a question that has no other, which the check of the files fills in."""


def optional_parts(folder: ClientFolder) -> list[str]:
    """Return every file and column that a folder could do without, as `feedback` and `feedback.score`."""
    parts = [name for name in folder.tables if name not in REQUIRED]
    for table in TABLES:
        if table.name in folder.tables:
            columns = (column for column in table.columns if not column.required)
            given = folder.given_columns[table.name]
            parts += [f"{table.name}.{column.name}" for column in columns if column.name in given]
    return parts


def without(folder: ClientFolder, *parts: str) -> ClientFolder:
    """Return the folder as if files or columns had never been there."""
    for part in parts:
        name, _, column = part.partition(".")
        folder = _without_column(folder, name, column, given=False) if column else _without_file(folder, name)
    return folder


def emptied(folder: ClientFolder, part: str) -> ClientFolder:
    """Return the folder with an empty column, or a file of nothing but its header."""
    name, _, column = part.partition(".")
    if column:
        filled_in = TABLE_BY_NAME[name].column(column).default or part == "customers.name"
        return _without_column(folder, name, column, given=not filled_in)
    return replace(folder, tables={**folder.tables, name: folder.tables[name].iloc[:0]})


def places(figures: Figure, key: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield all that a section holds with its key; entries of a list stand under the list's key."""
    if isinstance(figures, dict):
        for name, value in figures.items():
            yield from places(value, f"{key}.{name}" if key else name)
    elif isinstance(figures, list):
        yield key, len(figures)
        for entry in figures:
            if isinstance(entry, dict):
                yield from places(entry, key)
            else:
                yield key, entry
    else:
        yield key, figures


def _without_file(folder: ClientFolder, name: str) -> ClientFolder:
    tables = {key: table for key, table in folder.tables.items() if key != name}
    given = {key: columns for key, columns in folder.given_columns.items() if key != name}
    return replace(folder, tables=tables, given_columns=given)


def _without_column(folder: ClientFolder, name: str, column: str, *, given: bool) -> ClientFolder:
    table = folder.tables.get(name)
    if table is None:
        return folder
    empty = absent(TABLE_BY_NAME[name].column(column), len(table)).set_axis(table.index)
    if (name, column) == ("customers", "name"):
        empty = table["customer_id"]
    elif (name, column) == ("answers", "version"):
        empty = empty.fillna(ASKED_ONCE)
    kept = folder.given_columns[name] - (frozenset() if given else {column})
    return replace(
        folder,
        tables={**folder.tables, name: table.assign(**{column: empty})},
        given_columns={**folder.given_columns, name: kept},
    )
