"""A folder or archive of electronic invoices to orders, their lines, customers and products."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.archives import is_archive, members_of
from retention_reports.reading.formats.e_invoice_corrections import replaced_numbers, told_twice
from retention_reports.reading.formats.e_invoice_file import NO_SALES, EInvoice, is_e_invoice, read_e_invoice
from retention_reports.reading.formats.format_reader import grid_of_columns
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.e_invoice_file import InvoiceLine, Party
    from retention_reports.reading.formats.format_reader import Request
    from retention_reports.reading.grid import Grid

_MOST_FILES = 20_000
_SELLERS_TOLD = 5
_TABLES = ("orders", "order_lines", "customers", "products")


@record
class _Filed:
    """An invoice, and how messages name the file that it stands in."""

    path: str
    invoice: EInvoice


def tables_of_e_invoice(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a file can fill, by its first bytes; none if it is no electronic invoice."""
    return _TABLES if is_e_invoice(head) else ()


class EInvoiceReader:
    """Reads a client's electronic invoices; all files together are what it sold."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._invoices: dict[tuple[str, ...], list[_Filed]] = {}

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return the rows of a table, invoice by invoice."""
        grids = {"orders": self._orders, "order_lines": self._lines, "customers": self._buyers, "products": _products}
        if request.table not in grids:
            message = say("formats.no_table", table=request.table)
            self._files.log.error(request.at("format"), "not in this format", message)
            return []
        if request.paths not in self._invoices:
            self._invoices[request.paths] = self._sold(request)
        return grids[request.table](self._invoices[request.paths])

    def _sold(self, request: Request) -> list[_Filed]:
        """Return every invoice that the client sent, once."""
        found: list[_Filed] = []
        without = 0
        for path, data in self._contents(request):
            try:
                invoice = read_e_invoice(data)
            except UnreadableFileError as problem:
                self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
                continue
            if invoice is None:
                without += 1
            else:
                found.append(_Filed(path, invoice))
        if without:
            self._files.log.warning(
                request.at("path"), "PDF without an invoice", say("e_invoices.plain_pdf", n=without)
            )
        if not found:
            self._files.log.error(request.at("path"), "no electronic invoice", say("e_invoices.none"))
        return self._corrected(request, self._once(request, self._own(request, found)))

    def _contents(self, request: Request) -> Iterator[tuple[str, bytes]]:
        for path in request.paths:
            is_folder = (self._files.folder / path).is_dir()
            for name in self._files.matching(f"{path}/*", _MOST_FILES) if is_folder else [path]:
                content = self._files.read(name)
                if content is None or not is_archive(content.data):
                    yield from [(name, content.data)] if content is not None else []
                    continue
                try:
                    for member, data in members_of(content.data):
                        yield f"{name} [{member}]", data
                except UnreadableFileError as problem:
                    self._files.log.error(self._files.location(name), problem.kind, problem.message)

    def _own(self, request: Request, filed: Sequence[_Filed]) -> list[_Filed]:
        """Return the invoices of the declared seller; undeclared, all must be of one."""
        sellers = Counter(_key(one.invoice.seller) for one in filed)
        seller = request.orders.e_invoice.seller
        if len(sellers) > 1 and seller not in sellers:
            listed = ", ".join(f"{shown(name)} ({count})" for name, count in sellers.most_common(_SELLERS_TOLD))
            message = say("e_invoices.sellers", sellers=listed, first=shown(sellers.most_common(1)[0][0]))
            self._files.log.error(request.at("path"), "several sellers", message)
            return []
        own = [one for one in filed if not seller or _key(one.invoice.seller) == seller]
        sales = [one for one in own if one.invoice.kind not in NO_SALES]
        if len(own) > len(sales):
            message = say("e_invoices.prepayments", n=len(own) - len(sales))
            self._files.log.warning(request.at("path"), "down payments", message)
        return sales

    def _once(self, request: Request, filed: Sequence[_Filed]) -> list[_Filed]:
        seen: set[tuple[str, ...]] = set()
        kept = []
        for one in filed:
            invoice = one.invoice
            copy = (invoice.number, invoice.day, _plain_amount(invoice.net), str(invoice.is_credit))
            if copy not in seen:
                kept.append(one)
            seen.add(copy)
        if len(kept) < len(filed):
            message = say("e_invoices.copies", n=len(filed) - len(kept))
            self._files.log.warning(request.at("path"), "invoices twice", message)
        return kept

    def _corrected(self, request: Request, filed: Sequence[_Filed]) -> list[_Filed]:
        """Return what counts beside corrections; whether those come instead of what they correct is asked."""
        invoices = [one.invoice for one in filed]
        corrected = replaced_numbers(invoices)
        rule = request.orders.e_invoice.corrections
        if corrected and not rule:
            message = say("e_invoices.corrections", n=len(corrected), first=shown(min(corrected)))
            self._files.log.error(request.at("path"), "corrected invoices", message)
        twice = told_twice(invoices)
        if twice:
            message = say("e_invoices.final", n=len(twice), first=shown(twice[0]))
            self._files.log.warning(request.at("path"), "parts and final invoices", message, on_first_page=message)
        return [one for one in filed if rule != "replace" or one.invoice.number not in corrected]

    def _orders(self, filed: Sequence[_Filed]) -> list[tuple[str, Grid]]:
        customers = _customer_of(filed)
        return [
            (
                one.path,
                grid_of_columns(
                    {
                        "order_id": [one.invoice.number],
                        "customer_id": [customers(one.invoice.buyer)],
                        "ordered_on": [one.invoice.day],
                        "amount": [_signed(one.invoice.net, one.invoice.sign)],
                        "currency": [one.invoice.currency],
                    },
                    [one.invoice.line],
                ),
            )
            for one in filed
        ]

    def _lines(self, filed: Sequence[_Filed]) -> list[tuple[str, Grid]]:
        return [(one.path, _grid_of_lines(one.invoice)) for one in filed if one.invoice.lines]

    def _buyers(self, filed: Sequence[_Filed]) -> list[tuple[str, Grid]]:
        customers = _customer_of(filed)
        grids = []
        seen: set[str] = set()
        for one in filed:
            buyer = one.invoice.buyer
            customer = customers(buyer)
            if customer and customer not in seen:
                columns = {"customer_id": [customer], "name": [buyer.name], "email": [buyer.email]}
                grids.append((one.path, grid_of_columns(columns, [one.invoice.line])))
            seen.add(customer)
        return grids


def _grid_of_lines(invoice: EInvoice) -> Grid:
    columns = {
        "order_id": [invoice.number] * len(invoice.lines),
        "product_id": [line.product for line in invoice.lines],
        "quantity": [_quantity(invoice, line) for line in invoice.lines],
        "amount": [_signed(line.amount, invoice.sign) for line in invoice.lines],
    }
    return grid_of_columns(columns, [line.line for line in invoice.lines])


def _products(filed: Sequence[_Filed]) -> list[tuple[str, Grid]]:
    seen: set[str] = set()
    grids = []
    for one in filed:
        new = {line.product: line for line in reversed(one.invoice.lines) if line.product not in seen}
        if new:
            columns = {"product_id": list(new), "name": [line.name or line.product for line in new.values()]}
            grids.append((one.path, grid_of_columns(columns, [line.line for line in new.values()])))
        seen.update(new)
    return grids


def _key(party: Party) -> str:
    return party.vat or party.name or party.number


def _customer_of(filed: Sequence[_Filed]) -> Callable[[Party], str]:
    """Return what gives a buyer's id: its number; where one invoice lacks it, that of the same VAT number or name."""
    numbers: dict[str, set[str]] = {}
    for one in filed:
        buyer = one.invoice.buyer
        for name in filter(None, (buyer.vat, buyer.name)):
            numbers.setdefault(name, set()).update(filter(None, [buyer.number]))

    def customer(buyer: Party) -> str:
        known = next((numbers[name] for name in (buyer.vat, buyer.name) if len(numbers.get(name, ())) == 1), set())
        return buyer.number or next(iter(known), _key(buyer))

    return customer


def _quantity(invoice: EInvoice, line: InvoiceLine) -> str:
    """Return how many pieces a line counts: what a credit note takes back goes as its amount goes."""
    if not invoice.is_credit:
        return line.quantity
    is_taken_back = _signed(line.amount, invoice.sign).startswith("-")
    return _signed(line.quantity.removeprefix("-"), -1 if is_taken_back else 1)


def _signed(text: str, sign: int) -> str:
    if sign > 0 or not text.strip("-0."):
        return text
    return text.removeprefix("-") if text.startswith("-") else f"-{text}"


def _plain_amount(text: str) -> str:
    """Return an amount in the one form that all ways of writing it share."""
    return text.rstrip("0").rstrip(".") if "." in text else text
