"""A data carrier for tax audits to orders, their lines and customers: which table is which is told by its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.formats.archives import is_archive, members_of
from retention_reports.reading.formats.column_names import GROSS, NET, place_of, plain_name
from retention_reports.reading.formats.gdpdu_index import IndexTable, is_gdpdu, read_index
from retention_reports.reading.formats.gdpdu_rows import Rows, read_rows
from retention_reports.reading.grid import Grid
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.format_reader import Request

_TABLES = ("orders", "order_lines", "customers")
_INDEX = "index.xml"
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


@record
class _Carrier:
    """The tables of a carrier with their rows, and how messages name each file."""

    tables: tuple[IndexTable, ...]
    rows: Mapping[str, Rows]
    paths: Mapping[str, str]


def tables_of_gdpdu(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a carrier may fill, by the first bytes of its `index.xml`; none if it is none."""
    return _TABLES if is_gdpdu(head) else ()


class GdpduReader:
    """Reads a client's data carriers: a folder or archive with an `index.xml`, or that file itself."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._carriers: dict[str, _Carrier | None] = {}

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return the rows of a table, carrier by carrier; which table it is is asked where columns do not tell."""
        if request.table not in _TABLES:
            message = say("formats.no_table", table=request.table)
            self._files.log.error(request.at("format"), "not in this format", message)
            return []
        grids = []
        for path in request.paths:
            if path not in self._carriers:
                self._carriers[path] = self._carrier(path)
            carrier = self._carriers[path]
            found = self._table(request, carrier, path) if carrier is not None else None
            grids += [found] if found is not None else []
        return grids

    def _carrier(self, path: str) -> _Carrier | None:
        try:
            return self._opened(path)
        except UnreadableFileError as problem:
            self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
            return None

    def _opened(self, path: str) -> _Carrier | None:
        inside = self._members(path)
        if inside is None:
            return None
        names = {name.rpartition("/")[2].lower(): name for name in inside}
        if _INDEX not in names:
            raise UnreadableFileError("no index.xml", say("gdpdu.missing_index"))
        tables = read_index(inside[names[_INDEX]])
        rows: dict[str, Rows] = {}
        paths: dict[str, str] = {}
        for table in tables:
            name = names.get(table.path.replace("\\", "/").rpartition("/")[2].lower())
            if name is None:
                continue
            paths[table.name] = f"{path} [{name}]" if self._is_archive(path) else name
            try:
                rows[table.name] = read_rows(table, inside[name])
            except UnreadableFileError as problem:
                location = self._files.location(paths[table.name], problem.line)
                self._files.log.error(location, problem.kind, problem.message)
        return _Carrier(tuple(table for table in tables if table.name in rows), rows, paths)

    def _is_archive(self, path: str) -> bool:
        return not (self._files.folder / path).is_dir() and not path.lower().endswith(_INDEX)

    def _members(self, path: str) -> dict[str, bytes] | None:
        """Return the files of a carrier by name; None if one cannot be read, which is told."""
        if self._is_archive(path):
            content = self._files.read(path)
            if content is None:
                return None
            if not is_archive(content.data):
                raise UnreadableFileError("no index.xml", say("gdpdu.missing_index"))
            return dict(members_of(content.data))
        folder = path.rpartition("/")[0] if path.lower().endswith(_INDEX) else path
        names = self._files.matching(f"{folder}/*" if folder else "*")
        contents = [self._files.read(name) for name in names if (self._files.folder / name).is_file()]
        return {content.path: content.data for content in contents if content is not None}

    def _table(self, request: Request, carrier: _Carrier, path: str) -> tuple[str, Grid] | None:
        declared = request.settings.gdpdu.table
        fitting = [
            table
            for table in carrier.tables
            if (table.name == declared if declared else _columns_of(request.table, table, carrier, request) is not None)
        ]
        telling = [
            table for table in fitting if any(word in plain_name(table.name) for word in _TELLING_NAMES[request.table])
        ]
        chosen = telling if len(telling) == 1 else fitting
        if len(chosen) != 1:
            known = ", ".join(shown(table.name) for table in (chosen or carrier.tables))
            key = "gdpdu.several_tables" if chosen else "gdpdu.no_table"
            message = say(key, table=request.table, tables=known)
            self._files.log.error(self._files.location(path), "unknown table", message)
            return None
        table = chosen[0]
        columns = _columns_of(request.table, table, carrier, request) or {}
        if columns.get(NET) == _gross_of(table) != "" and "tax_rate" not in request.settings.model_fields_set:
            message = say("gdpdu.gross", column=shown(columns[NET]), table=shown(table.name))
            self._files.log.error(self._files.location(carrier.paths[table.name]), "net or gross", message)
            return None
        return carrier.paths[table.name], _grid(table, carrier, columns)


def _gross_of(table: IndexTable) -> str:
    place = place_of(GROSS, table.names)
    return table.names[place] if place is not None else ""


def _columns_of(wanted: str, table: IndexTable, carrier: _Carrier, request: Request) -> dict[str, str] | None:
    """Return the columns of a standard table by their names in the carrier; None where one is missing.

    A column of a table that this one points to is called `Table.Column`.
    """
    declared = request.settings.columns
    found: dict[str, str] = {}
    for standard in (*_NEEDED[wanted], *_WANTED[wanted]):
        if standard in declared:
            continue
        name = _column(wanted, standard, table, carrier)
        if name:
            found[standard] = name
        elif standard in _NEEDED[wanted]:
            return None
    return found


def _column(wanted: str, standard: str, table: IndexTable, carrier: _Carrier) -> str:
    parent_of = {"customer_id": "customers", "order_id": "orders"}.get(standard)
    for column, name in table.parents.items() if parent_of and parent_of != wanted else ():
        parent = next((other for other in carrier.tables if other.name == name), None)
        place = place_of(standard, parent.names) if parent is not None and parent.key else None
        if parent is not None and place is not None:
            return column if parent.names[place] == parent.key else f"{name}.{parent.names[place]}"
    place = place_of(standard, table.names)
    if place is None and standard == NET:
        return _gross_of(table)
    if place is None and wanted in {"customers", "orders"} and standard in {"customer_id", "order_id"}:
        is_own = standard == ("customer_id" if wanted == "customers" else "order_id")
        return table.key if is_own and any(word in plain_name(table.name) for word in _TELLING_NAMES[wanted]) else ""
    return table.names[place] if place is not None else ""


def _grid(table: IndexTable, carrier: _Carrier, columns: Mapping[str, str]) -> Grid:
    rows = carrier.rows[table.name]
    cells: dict[str, Sequence[str]] = dict(rows.columns)
    for column, name in table.parents.items():
        parent = next((other for other in carrier.tables if other.name == name and other.key), None)
        if parent is None or column not in rows.columns:
            continue
        known = carrier.rows[name].columns
        place = {key: row for row, key in enumerate(known[parent.key])}
        rows_there = [place.get(key) for key in rows.columns[column]]
        for other, texts in known.items():
            cells[f"{name}.{other}"] = tuple("" if row is None else texts[row] for row in rows_there)
    standard = {name: wanted for wanted, name in columns.items()}
    header = tuple(standard.get(name, name) for name in cells)
    return Grid(header, tuple(tuple(texts) for texts in cells.values()), np.array(rows.lines, dtype=np.int64))
