"""A data carrier for tax audits to orders, their lines and customers: which table is which is told by its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.data_carriers import DataCarriers
from retention_reports.reading.formats.gdpdu_index import is_gdpdu
from retention_reports.reading.formats.gdpdu_tables import (
    NET,
    columns_of,
    deducted,
    grid_of,
    gross_of,
    holds_entries,
    is_of_credit_notes,
    is_told_by_name,
)
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.format_reader import Request
    from retention_reports.reading.formats.gdpdu_index import IndexTable
    from retention_reports.reading.formats.gdpdu_tables import Carrier
    from retention_reports.reading.grid import Grid

_TABLES = ("orders", "order_lines", "customers")


def tables_of_gdpdu(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a carrier may fill, by the first bytes of its `index.xml`; none if it is none."""
    return _TABLES if is_gdpdu(head) else ()


class GdpduReader:
    """Reads a client's data carriers: a folder or archive with an `index.xml`, or that file itself."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._carriers = DataCarriers(files)

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return the rows of a table, carrier by carrier; which table it is is asked where columns do not tell."""
        if request.table not in _TABLES:
            message = say("formats.no_table", table=request.table)
            self._files.log.error(request.at("format"), "not in this format", message)
            return []
        grids = []
        for path in request.paths:
            carrier = self._carriers.at(path)
            grids += self._table_and_credit_notes(request, carrier, path) if carrier is not None else []
        return grids

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
