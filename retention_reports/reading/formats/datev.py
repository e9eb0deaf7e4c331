"""DATEV's booking batches and lists of debtors to invoices and customers."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.decoding import decode
from retention_reports.reading.formats.datev_accounts import CHARTS, Side
from retention_reports.reading.formats.datev_bookings import (
    SalesReader,
    booked_debtors,
    check_positions,
    read_datev,
)
from retention_reports.reading.formats.datev_debtors import debtors_of
from retention_reports.reading.formats.datev_head import BOOKINGS, DEBTORS, category_of, is_datev
from retention_reports.reading.formats.datev_invoices import invoices_of, settled
from retention_reports.reading.formats.format_reader import grid_of_columns
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.datev_bookings import DatevFile, Sale, Sales
    from retention_reports.reading.formats.datev_debtors import Debtor
    from retention_reports.reading.formats.format_reader import Request
    from retention_reports.reading.grid import Grid

_FIRST_DIGITS = {"03": 8, "04": 4}
_THOUSAND = 1000
_CENTS = 100
_NOBODY = "0"
_LONGEST_LIST = 300


def tables_of_datev(head: bytes) -> tuple[str, ...]:
    """Return the standard tables that a file can fill, by its first bytes; none if it is not DATEV's."""
    if not is_datev(head):
        return ()
    return {BOOKINGS: ("orders", "customers"), DEBTORS: ("customers",)}.get(category_of(head), ())


class DatevReader:
    """Reads a client's files of DATEV; all batches together are one ledger."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read."""
        self._files = files
        self._read: dict[str, DatevFile | None] = {}

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return invoices and credit notes (`orders`) or debtors (`customers`)."""
        files = [file for path in request.paths if (file := self._file(path, request.settings.encoding)) is not None]
        if request.table == "orders":
            return self._orders(request, files)
        if request.table == "customers":
            return self._customers(files)
        self._files.log.error(request.at("format"), "not in this format", say("formats.no_table", table=request.table))
        return []

    def _file(self, path: str, encoding: str) -> DatevFile | None:
        if path not in self._read:
            content = self._files.read(path)
            self._read[path] = None
            if content is not None:
                try:
                    file = read_datev(path, decode(content.data, encoding))
                    if file.head.category == BOOKINGS:
                        check_positions(file)
                    self._read[path] = file
                except UnreadableFileError as problem:
                    self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
        return self._read[path]

    def _orders(self, request: Request, files: Sequence[DatevFile]) -> list[tuple[str, Grid]]:
        batches = [file for file in files if file.head.category == BOOKINGS]
        if not batches:
            if files:
                self._files.log.error(request.at("path"), "no bookings", say("datev.no_bookings"))
            return []
        if not self._are_of_one_firm(request, files):
            return []
        if not any(True for batch in batches for _ in booked_debtors(batch)):
            self._files.log.error(request.at("path"), "no debtors", say("datev.no_debtors"))
            return []
        chart = self._chart(request, batches)
        if not chart:
            return []
        sales, unmatched = settled(self._once(self._sales(request, chart, batches)))
        if unmatched:
            message = say("datev.lone_reversals", n=unmatched)
            self._files.log.warning(request.at("path"), "reversals alone", message, on_first_page=message)
        invoices = invoices_of(sales)
        by_path: dict[str, list[tuple[str, Sequence[Sale]]]] = defaultdict(list)
        for number, rows in invoices:
            by_path[rows[0].path].append((number, rows))
        return [(batch.path, _grid_of_invoices(by_path[self._named(batch)], batch.head.currency)) for batch in batches]

    def _customers(self, files: Sequence[DatevFile]) -> list[tuple[str, Grid]]:
        lists = sorted((file for file in files if file.head.category == DEBTORS), key=lambda file: file.head.created)
        newest: dict[str, str] = {}
        for file in lists:
            newest.update({debtor.account: file.path for debtor in debtors_of(file)})
        grids = [
            (file.path, _grid_of_debtors(debtor for debtor in debtors_of(file) if newest[debtor.account] == file.path))
            for file in lists
        ]
        return grids + _debtors_of_bookings([file for file in files if file.head.category == BOOKINGS], newest)

    def _named(self, file: DatevFile) -> str:
        return self._files.location(file.path).path

    def _sales(self, request: Request, chart: str, batches: Sequence[DatevFile]) -> list[Sales]:
        reader = SalesReader(request.settings.datev, chart, self._files.log)
        found = [reader.read(batch, self._named(batch)) for batch in batches]
        reader.tell()
        for sales in found:
            self._tell_others(sales)
        return found

    def _chart(self, request: Request, batches: Sequence[DatevFile]) -> str:
        """Return the chart of accounts; an error where the files do not tell it, or two of them."""
        if request.settings.datev.chart:
            return request.settings.datev.chart
        told = {batch.head.chart for batch in batches} & set(CHARTS)
        if not told:
            digits = Counter(number // _THOUSAND for batch in batches for _, _, number in booked_debtors(batch))
            told = {chart for chart, digit in _FIRST_DIGITS.items() if digits[digit]}
        if len(told) != 1:
            message = say("datev.two_charts" if told else "datev.no_chart")
            self._files.log.error(self._files.location(batches[0].path, 1), "unknown chart of accounts", message)
            return ""
        return told.pop()

    def _are_of_one_firm(self, request: Request, files: Sequence[DatevFile]) -> bool:
        owners = dict.fromkeys(file.head.owner for file in files if _NOBODY not in file.head.owner)
        if len(owners) > 1 and not request.settings.datev.several_books:
            listed = ", ".join("/".join(owner) for owner in owners)
            self._files.log.error(request.at("path"), "books of several firms", say("datev.owners", owners=listed))
            return False
        return True

    def _once(self, batches: Sequence[Sales]) -> list[Sale]:
        """Return all sales, those that an earlier file holds already left out."""
        seen: Counter[tuple[str, ...]] = Counter()
        kept: list[Sale] = []
        for batch in batches:
            here: Counter[tuple[str, ...]] = Counter()
            repeated = nameless = 0
            for sale in batch.sales:
                here[sale.identity] += 1
                is_known = here[sale.identity] <= seen[sale.identity]
                if sale.number and is_known:
                    repeated += 1
                else:
                    nameless += is_known
                    kept.append(sale)
            seen |= here
            if repeated:
                location = Location(self._named(batch.file))
                self._files.log.warning(location, "bookings twice", say("datev.repeated", n=repeated))
            if nameless:
                message = say("datev.nameless_twice", n=nameless)
                self._files.log.warning(
                    Location(self._named(batch.file)), "bookings twice", message, on_first_page=message
                )
        return kept

    def _tell_others(self, sales: Sales) -> None:
        location = Location(self._named(sales.file))
        rows, cents = sales.cash_sales
        if rows:
            amount = f"{cents / _CENTS:.2f}"
            self._files.log.warning(
                location, "revenue without a debtor", say("datev.cash_sales", n=rows, amount=amount)
            )
        unknown = {account: cents for account, cents in sales.unknown_accounts.items() if cents}
        if unknown:
            listed = ", ".join(f"{account} ({cents / _CENTS:.2f})" for account, cents in sorted(unknown.items()))
            message = say("datev.other_accounts", accounts=listed[:_LONGEST_LIST])
            self._files.log.warning(location, "accounts that are no revenue", message)
        if sales.others[Side.DOWN_PAYMENT]:
            message = say("datev.down_payments", n=sales.others[Side.DOWN_PAYMENT])
            self._files.log.warning(location, "down payments", message)
        if sales.others:
            counts = {side.value: sales.others[side] for side in Side if side is not Side.REVENUE}
            message = say("datev.others", sales=len(sales.sales), **counts)
            self._files.log.note(location, "bookings left out", message)


def _debtors_of_bookings(batches: Sequence[DatevFile], known: Iterable[str]) -> list[tuple[str, Grid]]:
    """Return the debtors that no list names, each where it is first booked."""
    seen = set(known)
    grids = []
    for batch in batches:
        first: dict[str, int] = {}
        for line, account, _ in booked_debtors(batch):
            if account not in seen:
                first.setdefault(account, line)
        seen.update(first)
        grids.append((batch.path, grid_of_columns({"customer_id": list(first)}, list(first.values()))))
    return grids


def _grid_of_invoices(invoices: Sequence[tuple[str, Sequence[Sale]]], currency: str) -> Grid:
    columns = {
        "order_id": [number for number, _ in invoices],
        "customer_id": [rows[0].debtor for _, rows in invoices],
        "ordered_on": [rows[0].day.isoformat() for _, rows in invoices],
        "amount": [_written(sum(row.cents for row in rows)) for _, rows in invoices],
        "currency": [currency] * len(invoices),
    }
    return grid_of_columns(columns, [rows[0].line for _, rows in invoices])


def _grid_of_debtors(debtors: Iterable[Debtor]) -> Grid:
    rows = list(debtors)
    columns = {
        "customer_id": [debtor.account for debtor in rows],
        "name": [debtor.name for debtor in rows],
        "email": [debtor.email for debtor in rows],
        "salutation": [debtor.salutation for debtor in rows],
        "sales_rep": [debtor.sales_rep for debtor in rows],
    }
    return grid_of_columns(columns, [debtor.line for debtor in rows])


def _written(cents: int) -> str:
    whole, rest = divmod(abs(cents), _CENTS)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"
