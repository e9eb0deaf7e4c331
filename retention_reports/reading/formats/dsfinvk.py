"""A till's export for tax audits (DSFinV-K) to orders, their lines, customers and products: receipts, net of tax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.data_carriers import DataCarriers
from retention_reports.reading.formats.dsfinvk_receipts import FILES, Till, missing_files, till_of
from retention_reports.reading.formats.format_reader import grid_of_columns
from retention_reports.reading.formats.gdpdu_index import is_gdpdu
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from decimal import Decimal

    from retention_reports.messages import Message
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.format_reader import Request
    from retention_reports.reading.formats.gdpdu_tables import Carrier
    from retention_reports.reading.grid import Grid

_TABLES = ("orders", "customers", "order_lines", "products")
_OF_TILLS = b"Z_KASSE_ID"


def tables_of_dsfinvk(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a till's export fills, by its `index.xml`'s first bytes; none if it is none."""
    return _TABLES if _OF_TILLS in head.replace(b"\0", b"") and is_gdpdu(head) else ()


def share_with_customer(till: Till) -> Message:
    """Return the sentence that says of how many receipts and of how much revenue the customer is known."""
    known, every = (sum(receipt.net for receipt in some) for some in (till.with_customer, till.receipts))
    share = f"{100 * known / every:.1f}" if every else "0.0"
    return say(
        "dsfinvk.share", known=len(till.with_customer), n=len(till.receipts), share=share, revenue=f"{every or 0:.2f}"
    )


class DsfinvkReader:
    """Reads a client's exports of tills: each a folder or archive with its `index.xml`, or that file itself."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._carriers = DataCarriers(files, FILES)
        self._tills: dict[str, Till | None] = {}

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return the rows of a table, till by till."""
        grids = {"orders": _orders, "customers": _customers, "order_lines": _lines, "products": _products}
        if request.table not in grids:
            message = say("formats.no_table", table=request.table)
            self._files.log.error(request.at("format"), "not in this format", message)
            return []
        found = []
        known: set[str] = set()
        for path in request.paths:
            till = self._till(path)
            if till is not None:
                found.append((path, grids[request.table](till, known)))
        return found

    def _till(self, path: str) -> Till | None:
        if path not in self._tills:
            carrier = self._carriers.at(path)
            self._tills[path] = self._till_of(carrier, path) if carrier is not None else None
        return self._tills[path]

    def _till_of(self, carrier: Carrier, path: str) -> Till | None:
        location = self._files.location(path)
        missing = missing_files(carrier)
        if missing:
            message = say("dsfinvk.missing_files", files=", ".join(missing))
            self._files.log.error(location, "files missing", message)
            return None
        try:
            till = till_of(carrier)
        except UnreadableFileError as problem:
            self._files.log.error(location, problem.kind, problem.message)
            return None
        if not till.with_customer:
            self._files.log.error(location, "no customers", say("dsfinvk.no_customers", n=len(till.receipts)))
            return None
        message = share_with_customer(till)
        self._files.log.warning(location, "receipts without a customer", message, on_first_page=message)
        if till.cancelled:
            self._files.log.note(location, "cancelled receipts", say("dsfinvk.cancelled", n=till.cancelled))
        return till


def _orders(till: Till, _: set[str]) -> Grid:
    columns = {
        "order_id": [receipt.number for receipt in till.receipts],
        "customer_id": [receipt.customer for receipt in till.receipts],
        "ordered_on": [receipt.day for receipt in till.receipts],
        "amount": [_written(receipt.net) for receipt in till.receipts],
    }
    return grid_of_columns(columns, [receipt.line for receipt in till.receipts])


def _customers(till: Till, known: set[str]) -> Grid:
    """Return the customers whom no till before it knew."""
    newest = {receipt.customer: receipt for receipt in till.with_customer if receipt.customer not in known}
    known.update(newest)
    names = {receipt.customer: receipt.name for receipt in till.with_customer if receipt.name}
    columns = {"customer_id": list(newest), "name": [names.get(customer, customer) for customer in newest]}
    return grid_of_columns(columns, [receipt.line for receipt in newest.values()])


def _lines(till: Till, _: set[str]) -> Grid:
    numbers = {receipt.key: receipt.number for receipt in till.receipts}
    columns = {
        "order_id": [numbers[line.key] for line in till.lines],
        "product_id": [line.product for line in till.lines],
        "quantity": [line.quantity for line in till.lines],
        "amount": [_written(line.net) for line in till.lines],
    }
    return grid_of_columns(columns, [line.line for line in till.lines])


def _products(till: Till, known: set[str]) -> Grid:
    """Return the products that no till before it knew."""
    newest = {line.product: line for line in till.lines if line.product not in known}
    known.update(newest)
    columns = {
        "product_id": list(newest),
        "name": [line.text or product for product, line in newest.items()],
        "category": [line.group for line in newest.values()],
    }
    return grid_of_columns(columns, [line.line for line in newest.values()])


def _written(amount: Decimal) -> str:
    return f"{amount:.2f}"
