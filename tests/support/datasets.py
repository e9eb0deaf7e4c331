"""Datasets from a few lines of text, so that a test shows its whole table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from retention_reports.model.client import Client
from retention_reports.model.dataset import Dataset
from retention_reports.model.folder import ClientFolder
from retention_reports.model.money import UNIT
from retention_reports.model.quarters import Quarter
from retention_reports.model.questionnaire import Questionnaire
from retention_reports.model.schema import TABLE_BY_NAME, Column, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]
NO_QUESTIONS = Questionnaire((), {})


def orders(text: str) -> list[Row]:
    """Read lines of `customer day amount [status]`; customer `-` is an order without a customer."""
    rows: list[Row] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        customer, day, amount, *status = line.split()
        rows.append(
            {
                "order_id": str(number),
                "customer_id": "" if customer == "-" else customer,
                "ordered_on": day,
                "amount": amount,
                "status": status[0] if status else "completed",
            }
        )
    return rows


def table(name: str, rows: Sequence[Row], customers: Sequence[str] = ()) -> pd.DataFrame:
    """Build a typed table of the schema from rows that name only what matters; days and money as text."""
    columns = {
        column.name: _typed(column, [row.get(column.name) for row in rows]) for column in TABLE_BY_NAME[name].columns
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))
    if name != "customers" and "customer_id" in frame.columns:
        numbers = {identifier: number for number, identifier in enumerate(customers)}
        frame["customer"] = frame["customer_id"].map(lambda identifier: numbers.get(identifier, -1)).astype("int64")
    return frame


def client_folder(
    order_rows: Sequence[Row],
    *,
    client: Client | None = None,
    customers: Sequence[Row] = (),
    tables: Mapping[str, Sequence[Row]] | None = None,
    questionnaire: Questionnaire = NO_QUESTIONS,
) -> ClientFolder:
    """Build a client's folder in memory; customers that only occur in orders are added."""
    listed = {str(row["customer_id"]): row for row in customers}
    for row in order_rows:
        if row["customer_id"]:
            listed.setdefault(str(row["customer_id"]), {"customer_id": row["customer_id"]})
    identifiers = list(listed)
    named = [{"name": identifier, **row} for identifier, row in listed.items()]
    rows_by_table = {"customers": named, "orders": list(order_rows), **(tables or {})}
    frames = {name: table(name, rows, identifiers) for name, rows in rows_by_table.items()}
    given = {name: frozenset(key for row in rows for key in row) for name, rows in rows_by_table.items()}
    return ClientFolder(client or Client("test", "Test", language="en"), frames, given, questionnaire)


def dataset(  # noqa: PLR0913 -- each names one thing a test may need
    order_rows: Sequence[Row],
    *,
    quarter: str,
    client: Client | None = None,
    customers: Sequence[Row] = (),
    tables: Mapping[str, Sequence[Row]] | None = None,
    questionnaire: Questionnaire = NO_QUESTIONS,
    history_complete: bool = True,
) -> Dataset:
    """Build a dataset as of a quarter's last day; the whole history counts as known unless said otherwise."""
    client = client or Client("test", "Test", language="en", history_complete=history_complete)
    folder = client_folder(order_rows, client=client, customers=customers, tables=tables, questionnaire=questionnaire)
    return Dataset.at(folder, Quarter.parse(quarter, client.fiscal_year_start_month))


def amount(text: str) -> int:
    """Return a sum of money given as text in ten-thousandths."""
    return int(Decimal(text) * UNIT)


def _typed(column: Column, values: list[object]) -> pd.Series:
    if column.kind is Kind.MONEY:
        amounts = [None if value in (None, "") else amount(str(value)) for value in values]
        exact = column.required and None not in amounts
        return pd.Series(amounts, dtype="int64" if exact else "Int64")
    if column.kind is Kind.DAY:
        return pd.to_datetime(pd.Series([value or None for value in values], dtype="object")).astype("datetime64[s]")
    if column.kind in (Kind.NUMBER, Kind.FRACTION):
        return pd.Series(
            [float("nan") if value in (None, "") else float(str(value)) for value in values], dtype="float64"
        )
    if column.kind is Kind.QUARTER:
        return pd.Series([Quarter.parse(str(value)).ordinal for value in values], dtype="int64")
    return pd.Series([str(value or column.default) for value in values], dtype="str")


def day(text: str) -> date:
    """Return an ISO day as a date."""
    return date.fromisoformat(text)
