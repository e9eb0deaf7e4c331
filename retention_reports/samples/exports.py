"""Writes tables the way `client.toml` says that the client's own system writes them."""

from __future__ import annotations

import csv
import io
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from retention_reports.model.schema import TABLE_BY_NAME, Kind
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from retention_reports.samples.tables import Cell, Table

_CENTS = 100
_ISO_FORMAT = "%Y-%m-%d"


@record
class Dialect:
    """How one file is written; the defaults are the standard form. `columns` and `values` lead to the file's words."""

    path: str
    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    date_format: str = _ISO_FORMAT
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grouped: bool = False
    byte_order_mark: bool = False


def write_table(folder: Path, table: Table, dialect: Dialect) -> None:
    """Write a table as one file, or as one file a part where the path holds a `*`."""
    rows = _rows(table, dialect)
    if "*" not in dialect.path:
        _write(folder / dialect.path, table, dialect, rows)
        return
    for part in sorted(set(table.parts)):
        chosen = (row for row, own in zip(rows, table.parts, strict=True) if own == part)
        _write(folder / dialect.path.replace("*", part), table, dialect, chosen)


def _rows(table: Table, dialect: Dialect) -> list[list[str]]:
    schema = {column.name: column.kind for column in TABLE_BY_NAME[table.name].columns}
    money = [schema.get(column) is Kind.MONEY for column in table.columns]
    words = [dialect.values.get(column, {}) for column in table.columns]
    return [
        [_text(cell, dialect, known, money=is_money) for cell, known, is_money in zip(row, words, money, strict=True)]
        for row in table.rows
    ]


def _text(cell: Cell, dialect: Dialect, words: Mapping[str, str], *, money: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return words.get(cell, cell)
    if isinstance(cell, date):
        return cell.isoformat() if dialect.date_format == _ISO_FORMAT else cell.strftime(dialect.date_format)
    if money:
        return _money(int(cell), dialect)
    return str(cell).replace(".", dialect.decimal)


def _money(cents: int, dialect: Dialect) -> str:
    whole, rest = divmod(abs(cents), _CENTS)
    grouping = "," if dialect.grouped else ""
    units = f"{whole:{grouping}}".replace(",", "." if dialect.decimal == "," else ",")
    return f"{'-' if cents < 0 else ''}{units}{dialect.decimal}{rest:02d}"


def _write(path: Path, table: Table, dialect: Dialect, rows: Iterable[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=dialect.separator, lineterminator="\n")
    writer.writerow([dialect.columns.get(column, column) for column in table.columns])
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    encoding = "utf-8-sig" if dialect.byte_order_mark else dialect.encoding
    path.write_bytes(text.getvalue().encode(encoding))
