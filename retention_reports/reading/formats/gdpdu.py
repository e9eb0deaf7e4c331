"""A data carrier for tax audits to orders, their lines and customers: which table is which is told by its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.archives import is_archive, members_of
from retention_reports.reading.formats.column_names import NET
from retention_reports.reading.formats.gdpdu_index import is_gdpdu, read_index
from retention_reports.reading.formats.gdpdu_rows import read_rows
from retention_reports.reading.formats.gdpdu_tables import (
    Carrier,
    columns_of,
    deducted,
    grid_of,
    gross_of,
    holds_entries,
    is_of_credit_notes,
    is_told_by_name,
)
from retention_reports.reading.problems import UnreadableFileError, shown

if TYPE_CHECKING:
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.format_reader import Request
    from retention_reports.reading.formats.gdpdu_index import IndexTable
    from retention_reports.reading.formats.gdpdu_rows import Rows
    from retention_reports.reading.grid import Grid

_TABLES = ("orders", "order_lines", "customers")
_INDEX = "index.xml"
_LONGEST_LIST = 300


def tables_of_gdpdu(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a carrier may fill, by the first bytes of its `index.xml`; none if it is none."""
    return _TABLES if is_gdpdu(head) else ()


class GdpduReader:
    """Reads a client's data carriers: a folder or archive with an `index.xml`, or that file itself."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._carriers: dict[str, Carrier | None] = {}

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
            grids += self._table_and_credit_notes(request, carrier, path) if carrier is not None else []
        return grids

    def _carrier(self, path: str) -> Carrier | None:
        try:
            return self._opened(path)
        except UnreadableFileError as problem:
            self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
            return None

    def _opened(self, path: str) -> Carrier | None:
        inside = self._members(path)
        if inside is None:
            return None
        names = {name.rpartition("/")[2].lower(): name for name in inside}
        if _INDEX not in names:
            raise UnreadableFileError("no index.xml", say("gdpdu.missing_index"))
        tables = read_index(inside[names[_INDEX]])
        rows: dict[str, Rows] = {}
        paths: dict[str, str] = {}
        absent: list[str] = []
        for table in tables:
            name = names.get(table.path.replace("\\", "/").rpartition("/")[2].lower())
            if name is None:
                absent.append(table.path)
                continue
            paths[table.name] = f"{path} [{name}]" if self._is_archive(path) else name
            try:
                rows[table.name] = read_rows(table, inside[name])
            except UnreadableFileError as problem:
                location = self._files.location(paths[table.name], problem.line)
                self._files.log.error(location, problem.kind, problem.message)
        if absent and rows:
            message = say("gdpdu.absent_files", n=len(absent), files=", ".join(map(shown, absent))[:_LONGEST_LIST])
            self._files.log.warning(self._files.location(path), "files missing", message, on_first_page=message)
        return Carrier(tuple(table for table in tables if table.name in rows), rows, paths)

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

    def _table_and_credit_notes(self, request: Request, carrier: Carrier, path: str) -> list[tuple[str, Grid]]:
        table = self._table(request, carrier, path)
        if table is None:
            return []
        grids = [self._grid(request, carrier, table)]
        for other in carrier.tables:
            if request.table == "orders" and other is not table and is_of_credit_notes(other):
                columns = columns_of("orders", other, carrier, request.settings.columns)
                if columns is None or NET not in columns:
                    message = say("gdpdu.credit_notes", table=shown(other.name))
                    location = self._files.location(carrier.paths[other.name])
                    self._files.log.warning(location, "credit notes left out", message, on_first_page=message)
                else:
                    grid = self._grid(request, carrier, other)
                    grids.append(None if grid is None else (grid[0], deducted(grid[1])))
        return [grid for grid in grids if grid is not None]

    def _table(self, request: Request, carrier: Carrier, path: str) -> IndexTable | None:
        declared = request.settings.gdpdu.table
        fitting = [table for table in carrier.tables if self._fits(request, carrier, table)]
        telling = [table for table in fitting if is_told_by_name(request.table, table)]
        chosen = telling if len(telling) == 1 else fitting
        if len(chosen) == 1:
            return chosen[0]
        known = ", ".join(shown(table.name) for table in (chosen or carrier.tables))
        entries = [table for table in carrier.tables if holds_entries(table)]
        if not chosen and entries and request.table == "orders" and not declared:
            message = say("gdpdu.entries", table=shown(entries[0].name))
        elif carrier.tables:
            message = say("gdpdu.several_tables" if chosen else "gdpdu.no_table", table=request.table, tables=known)
        else:
            message = say("gdpdu.no_files")
        self._files.log.error(self._files.location(path), "unknown table", message)
        return None

    def _fits(self, request: Request, carrier: Carrier, table: IndexTable) -> bool:
        if request.settings.gdpdu.table:
            return table.name == request.settings.gdpdu.table
        if request.table == "orders" and (is_of_credit_notes(table) or holds_entries(table)):
            return False
        return columns_of(request.table, table, carrier, request.settings.columns) is not None

    def _grid(self, request: Request, carrier: Carrier, table: IndexTable) -> tuple[str, Grid] | None:
        columns = columns_of(request.table, table, carrier, request.settings.columns) or {}
        if columns.get(NET, "-") == gross_of(table) and "tax_rate" not in request.settings.model_fields_set:
            message = say("gdpdu.gross", column=shown(columns[NET]), table=shown(table.name))
            self._files.log.error(self._files.location(carrier.paths[table.name]), "net or gross", message)
            return None
        return carrier.paths[table.name], grid_of(table, carrier, columns)
