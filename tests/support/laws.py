"""Changes to a client's tables that must change no figure, or change each in a known way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.dataset import Dataset
from retention_reports.model.entry_days import ENTRY_DAY
from retention_reports.model.schema import TABLE_BY_NAME, TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter

    Analysis = Callable[[Dataset], object]

OPTIONAL_FILES = tuple(table.name for table in TABLES if not table.required)
OPTIONAL_COLUMNS = tuple(
    (table.name, column.name)
    for table in TABLES
    for column in table.columns
    # Reading fills the version of a question that the client's file does not name.
    if not column.required and (table.name, column.name) != ("answers", "version")
)
_NAME_OF_THE_PRODUCT = "question_id"


def with_later_rows(folder: ClientFolder, quarter: Quarter) -> ClientFolder:
    """Repeat every dated row with its day moved behind the quarter's end."""
    later = pd.Timestamp(quarter.plus(1).first_day)
    tables = dict(folder.tables)
    for name, column in ENTRY_DAY.items():
        if name in tables:
            moved = tables[name].assign(**{column: later})
            if name == "orders":
                moved["order_id"] = "later-" + moved["order_id"]
            tables[name] = pd.concat([tables[name], moved], ignore_index=True)
    return replace(folder, tables=tables)


def shuffled(folder: ClientFolder, seed: int) -> ClientFolder:
    """Put the rows of every table into another order; customers are renumbered everywhere."""
    generator = np.random.default_rng(seed)
    order = {name: generator.permutation(len(table)) for name, table in folder.tables.items()}
    place = np.append(np.argsort(order["customers"]), -1)
    tables = {}
    for name, table in folder.tables.items():
        mixed = table.iloc[order[name]].reset_index(drop=True)
        if "customer" in mixed.columns:
            mixed["customer"] = place[mixed["customer"].to_numpy()]
        tables[name] = mixed
    return replace(folder, tables=tables)


def identifiers(folder: ClientFolder) -> list[str]:
    """Return every id that the client has given to a customer, an order, a product…, sorted."""
    found: set[str] = set()
    for table, column in _identifier_columns(folder):
        found.update(folder.tables[table][column].tolist())
    return sorted(found - {""})


def renamed(folder: ClientFolder, names: Mapping[str, str]) -> ClientFolder:
    """Give other ids to customers, orders, products…, in every table."""
    tables = dict(folder.tables)
    for table, column in _identifier_columns(folder):
        cells = tables[table][column].map({**names, "": ""})
        tables[table] = tables[table].assign(**{column: cells.astype("str")})
    return replace(folder, tables=tables)


def scaled(folder: ClientFolder, factor: int) -> ClientFolder:
    """Multiply every amount of money, the client's target for revenue included."""
    tables = dict(folder.tables)
    for name, table in folder.tables.items():
        money = [column.name for column in TABLE_BY_NAME[name].columns if column.kind is Kind.MONEY]
        tables[name] = table.assign(**{column: table[column] * factor for column in money})
    targets = {key: value * factor if key == "revenue" else value for key, value in folder.client.targets.items()}
    return replace(folder, tables=tables, client=replace(folder.client, targets=targets))


def without_file(folder: ClientFolder, name: str) -> ClientFolder:
    """Take a file away."""
    tables = {key: table for key, table in folder.tables.items() if key != name}
    return replace(folder, tables=tables, given_columns={**folder.given_columns, name: frozenset()})


def without_column(folder: ClientFolder, name: str, column: str) -> ClientFolder:
    """Take a column away, as a file without it is read: all cells are empty or have their default."""
    schema, table = TABLE_BY_NAME[name].column(column), folder.tables[name]
    empty: object = schema.default
    if schema.kind not in (Kind.IDENTIFIER, Kind.TEXT, Kind.CHOICE):
        empty = None
    cells = pd.Series([empty] * len(table), index=table.index).astype(table[column].dtype)
    given = {**folder.given_columns, name: folder.given_columns[name] - {column}}
    changed = table.assign(**{column: cells})
    if name != "customers" and column == "customer_id":
        changed["customer"] = -1
    return replace(folder, tables={**folder.tables, name: changed}, given_columns=given)


def of_first_customers(folder: ClientFolder, count: int) -> ClientFolder:
    """Keep so many customers and what concerns them; rows without a customer go too."""
    return replace(folder, tables={name: _of_first(table, count) for name, table in folder.tables.items()})


def with_first_orders(folder: ClientFolder, count: int) -> ClientFolder:
    """Keep so many orders; everything else stays."""
    return replace(folder, tables={**folder.tables, "orders": folder.tables["orders"].head(count)})


def assert_laws(folder: ClientFolder, quarter: Quarter, analysis: Analysis) -> None:
    """Compare whole results, not only their figures."""
    expected = analysis(Dataset.at(folder, quarter))
    assert analysis(Dataset.at(with_later_rows(folder, quarter), quarter)) == expected
    assert analysis(Dataset.at(shuffled(folder, seed=7), quarter)) == expected


def _of_first(table: pd.DataFrame, count: int) -> pd.DataFrame:
    if "customer" in table.columns:
        return table.loc[(table["customer"] >= 0) & (table["customer"] < count)].reset_index(drop=True)
    return table.head(count) if "merged_into" in table.columns else table


def _identifier_columns(folder: ClientFolder) -> Iterator[tuple[str, str]]:
    for name in folder.tables:
        for column in TABLE_BY_NAME[name].columns:
            if column.kind is Kind.IDENTIFIER and column.name != _NAME_OF_THE_PRODUCT:
                yield name, column.name
