"""Reads a client's folder with nothing but the standard library, by what its `client.toml` declares."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from retention_reports.model.schema import TABLES, Column, Kind, Table

if TYPE_CHECKING:
    from pathlib import Path

Row: TypeAlias = dict[str, Any]


def read_client(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of every standard table that the folder holds, under their standard names, fully typed."""
    settings = tomllib.loads((folder / "client.toml").read_text(encoding="utf-8"))
    tables = {}
    for table in TABLES:
        own = settings.get("files", {}).get(table.name, {})
        default = "sales_check/answers.csv" if table.name == "answers" else f"{table.name}.csv"
        paths = sorted(folder.glob(own.get("path", default)))
        if paths:
            tables[table.name] = [row for path in paths for row in _read(path, table, own)]
    return tables


def _read(path: Path, table: Table, own: dict[str, Any]) -> list[Row]:
    text = path.read_bytes().decode(own.get("encoding", "utf-8")).removeprefix("\ufeff")
    lines = csv.reader(text.splitlines(), delimiter=own.get("separator", ","), strict=True)
    standard = {word: name for name, word in own.get("columns", {}).items()}
    heads = [standard.get(head, head) for head in next(lines)]
    assert len(set(heads)) == len(heads)
    rows = [dict(zip(heads, cells, strict=True)) for cells in lines]
    return [
        {column.name: _value(row[column.name], column, own) for column in table.columns if column.name in row}
        for row in rows
    ]


def _value(cell: str, column: Column, own: dict[str, Any]) -> str | date | Decimal | None:
    assert cell == cell.strip()
    assert cell or not column.required or (column.name == "customer_id")
    if column.kind is Kind.DAY:
        return datetime.strptime(cell, own.get("date_format", "%Y-%m-%d")).date() if cell else None  # noqa: DTZ007
    if column.kind in {Kind.MONEY, Kind.NUMBER}:
        return _number(cell, own.get("decimal", ".")) if cell else None
    cell = own.get("values", {}).get(column.name, {}).get(cell, cell)
    assert not cell or column.kind is not Kind.CHOICE or cell in column.choices
    return cell


def _number(cell: str, decimal: str) -> Decimal:
    if decimal == ",":
        return Decimal(cell.replace(".", "").replace(",", "."))
    return Decimal(cell)
