"""Which rows differ between two versions of a client's data, each as known at the same cut-off."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.model.money import to_currency
from retention_reports.model.quarters import quarter_from_ordinal
from retention_reports.model.schema import TABLE_BY_NAME, Kind
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN_ROWS = 50
_LABEL_CELLS = 3
SEPARATOR = " · "
"""Stands between the cells by which a row without an id is called."""


class How(StrEnum):
    """What happened to a row since: it came later, says something else now, or is gone."""

    ADDED = "added"
    CORRECTED = "corrected"
    DELETED = "deleted"


@record
class RowChange:
    """One row: its id (or its first cells), and for a correction the column and what stood and stands there.

    Money is in currency units with a point, days and quarters as ISO writes them.
    """

    table: str
    how: How
    row: str
    column: str = ""
    then: str = ""
    now: str = ""


@record
class TableChanges:
    """How many rows of one table differ, and the first of them."""

    table: str
    added: int
    corrected: int
    deleted: int
    rows: tuple[RowChange, ...]


def changed_rows(then: Mapping[str, pd.DataFrame], now: Mapping[str, pd.DataFrame]) -> tuple[TableChanges, ...]:
    """Compare all tables (as a dataset holds them), in the order of the schema; tables without a change are left out.

    Rows with an id are the same row where the id is; of tables without one, rows are added or deleted, never corrected.
    """
    found = [_table_changes(name, then.get(name), now.get(name)) for name in TABLE_BY_NAME]
    return tuple(changes for changes in found if changes.added or changes.corrected or changes.deleted)


def _table_changes(name: str, then: pd.DataFrame | None, now: pd.DataFrame | None) -> TableChanges:
    columns = list(TABLE_BY_NAME[name].column_names)
    before, after = (_as_text(name, table, columns) for table in (then, now))
    key = TABLE_BY_NAME[name].key
    if key:
        before, after = before.drop_duplicates(key).set_index(key), after.drop_duplicates(key).set_index(key)
        corrected = _corrections(name, before, after)
        count = len({change.row for change in corrected})
    else:
        before, after = _counted(before, columns), _counted(after, columns)
        corrected, count = [], 0
    added, deleted = after.index.difference(before.index), before.index.difference(after.index)
    rows = [
        *(RowChange(name, How.ADDED, _label(row)) for row in added[:SHOWN_ROWS]),
        *corrected[:SHOWN_ROWS],
        *(RowChange(name, How.DELETED, _label(row)) for row in deleted[:SHOWN_ROWS]),
    ]
    return TableChanges(name, len(added), count, len(deleted), tuple(rows))


def _corrections(name: str, before: pd.DataFrame, after: pd.DataFrame) -> list[RowChange]:
    both = after.index.intersection(before.index)
    old, new = before.loc[both], after.loc[both]
    found = [
        RowChange(name, How.CORRECTED, str(row), column, then, now)
        for column in old.columns
        for row, then, now in _different(old[column], new[column])
    ]
    return sorted(found, key=lambda change: change.row)


def _different(old: pd.Series, new: pd.Series) -> Iterator[tuple[object, str, str]]:
    differ = (old != new).to_numpy()
    return zip(old.index[differ], old[differ], new[differ], strict=True)


def _counted(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Index rows by all their cells and how often they occurred before, so that equal rows are told apart."""
    repeated = table.groupby(columns, sort=False).cumcount()
    return table.assign(repeated=repeated).set_index([*columns, "repeated"])


def _label(row: object) -> str:
    if not isinstance(row, tuple):
        return str(row)
    return SEPARATOR.join([str(cell) for cell in row[:-1] if cell != ""][:_LABEL_CELLS])


def _as_text(name: str, table: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    """Return the standard columns as texts, "" where a cell is empty, so that any two can be compared."""
    if table is None:
        return pd.DataFrame(columns=columns, dtype=object)
    schema = TABLE_BY_NAME[name]
    return pd.DataFrame({column: _texts(table[column], schema.column(column).kind) for column in columns})


def _texts(values: pd.Series, kind: Kind) -> pd.Series:
    if kind in (Kind.IDENTIFIER, Kind.TEXT, Kind.CHOICE):
        return values.astype(object)
    different = values.dropna().unique()
    words = {value: _word(value, kind) for value in different}
    return values.astype(object).map(words).astype(object).where(values.notna().to_numpy(), "")


def _word(value: object, kind: Kind) -> str:
    if kind is Kind.MONEY:
        return f"{to_currency(int(str(value))):.2f}"
    if kind is Kind.DAY:
        return pd.Timestamp(value).date().isoformat()  # type: ignore[arg-type]
    if kind is Kind.QUARTER:
        return str(quarter_from_ordinal(int(str(value)), 1))
    return f"{value:g}"
