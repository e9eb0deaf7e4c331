"""A DATEV booking batch to what was sold to whom: each row on its own, not yet put together to invoices."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.formats.datev_accounts import (
    Side,
    is_bare_key,
    is_creditor,
    is_debtor,
    is_reversal_key,
    main_number,
    plain_account,
    rate_of_account,
    rate_of_key,
    side_of,
)
from retention_reports.reading.formats.datev_head import FORMAT_OF_TODAY, DatevHead, read_head
from retention_reports.reading.grid import LONGEST_CELL
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.settings import DatevSettings

_AMOUNT, _SIDE, _CURRENCY, _COURSE, _BASE_AMOUNT = range(5)
_ACCOUNT, _OTHER_ACCOUNT, _TAX_KEY, _DAY, _NUMBER = range(6, 11)
_FOREIGN_RATE, _DELIVERED, _REVERSAL, _RATE = 40, 114, 117, 118
_FEWEST = 11
_DECIMAL = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_NAMED = {_ACCOUNT: "konto", _OTHER_ACCOUNT: "gegenkonto", _DAY: "belegdatum", _NUMBER: "belegfeld1"}
_LETTERS = re.compile(r"[a-z0-9]+")
_LONG_DAY, _SHORT_DAYS = len("31122026"), (len("102"), len("3112"))
_NOT_REVERSED = frozenset({"", "0"})


@record
class DatevFile:
    """A file of DATEV taken apart: what line 1 says, the names of line 2, and the rows with their lines."""

    path: str
    head: DatevHead
    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def name(self, place: int) -> str:
        """Return what the file calls a field."""
        return self.names[place] if place < len(self.names) else ""


@record
class _Booking:
    """A row of a batch; `path` is how messages name the file."""

    file: DatevFile
    path: str
    line: int
    cells: Sequence[str]

    def field(self, place: int) -> str:
        return _field(self.cells, place)

    def location(self, place: int) -> Location:
        return Location(self.path, self.line, self.file.name(place))

    @property
    def amount(self) -> Fraction | None:
        """The amount in the batch's currency."""
        amount = _decimal(self.field(_AMOUNT))
        if amount is None or self.field(_CURRENCY) in {"", self.file.head.currency or "EUR"}:
            return amount
        course = _decimal(self.field(_COURSE))
        return _decimal(self.field(_BASE_AMOUNT)) or (amount / course if course else None)

    @property
    def day(self) -> date | None:
        return _day_of(self.field(_DAY), self.file.head.fiscal_year_start)

    @property
    def delivered_on(self) -> date | None:
        text = self.field(_DELIVERED)
        return _day_of(text, date.min) if len(text) == _LONG_DAY else None

    @property
    def is_reversal(self) -> bool:
        marked = self._is_of_today and self.field(_REVERSAL) not in _NOT_REVERSED
        return marked or is_reversal_key(self.field(_TAX_KEY))

    @property
    def rate(self) -> Fraction | None:
        """The rate of tax that stands in the row; None where there is none above 0."""
        return (_decimal(self.field(_RATE)) or None) if self._is_of_today else None

    @property
    def _is_of_today(self) -> bool:
        return self.file.head.version >= FORMAT_OF_TODAY


@record
class Sale:
    """What a booking adds to a customer's invoice, in cents without tax; negative is a credit note.

    What a reversal adds depends on what it reverses: some programs write it on the side of that booking, others on the
    opposite one. Its cents are those of the reversal of an invoice. `identity` is what two files that hold the same
    booking agree on.
    """

    path: str
    line: int
    debtor: str
    number: str
    day: date
    cents: int
    is_reversal: bool
    identity: tuple[str, ...]


@record
class Sales:
    """The sales of one batch, and what became of its other rows: how many, by what they are."""

    file: DatevFile
    sales: tuple[Sale, ...]
    others: Counter[str] = field(default_factory=Counter)
    cash_sales: tuple[int, int] = (0, 0)
    """Rows of revenue without a debtor, and their cents as booked."""
    unknown_accounts: Counter[str] = field(default_factory=Counter)
    """Cents that debtors owe by accounts which are neither revenue nor money, by account."""


def read_datev(path: str, text: str) -> DatevFile:
    """Take a file apart.

    Raises:
        UnreadableFileError: it is not DATEV's, or its quotes are broken.
    """
    lines = text.splitlines()
    head = read_head(lines[0] if lines else "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    before = 0
    try:
        for cells in reader:
            if any(cells):
                rows.append((before + 1, tuple(cell.strip() for cell in cells)))
            before = reader.line_num
    except csv.Error as problem:
        raise _broken(str(problem), before + 1) from problem
    names = rows[1][1] if len(rows) > 1 else ()
    return DatevFile(path, head, names, tuple(rows[2:]))


def check_positions(file: DatevFile) -> None:
    """Refuse a batch whose fields do not stand where DATEV's do.

    Raises:
        UnreadableFileError: the accounts, the day or the number stand elsewhere.
    """
    for place, wanted in _NAMED.items():
        found = "".join(_LETTERS.findall(file.name(place).lower()))
        if not found.startswith(wanted):
            message = say("datev.other_positions", place=str(place + 1), wanted=wanted, found=shown(file.name(place)))
            raise UnreadableFileError("other positions", message, 2)


def booked_debtors(file: DatevFile) -> Iterator[tuple[int, str, int]]:
    """Yield the line of each booking with a debtor, the debtor, and what stands opposite, by its first four digits."""
    for line, cells in file.rows:
        sides = _sides(cells, file.head.account_length)
        if sides is not None and sides[0]:
            yield line, sides[0], sides[1]


class SalesReader:
    """Finds the sales among bookings; what cannot be understood is noted in the log."""

    def __init__(self, settings: DatevSettings, chart: str, log: ProblemLog) -> None:
        """Prepare to read by one chart of accounts."""
        self._settings = settings
        self._chart = chart
        self._log = log
        self._unknown: dict[tuple[str, str], list[Location]] = {}

    def read(self, file: DatevFile, path: str) -> Sales:
        """Return the sales of a batch; `path` is how messages name the file."""
        found: list[Sale] = []
        others: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        cash_rows, cash_cents = 0, 0
        for line, cells in file.rows:
            booking = _Booking(file, path, line, cells)
            sides = _sides(cells, file.head.account_length)
            debtor, number, is_debit = sides or ("", 0, False)
            side = self._side(number) if sides else Side.OTHER
            if debtor and side is Side.REVENUE:
                sale = self._sale(booking, debtor, number, is_debit=is_debit)
                found += [sale] if sale else []
            elif side is Side.REVENUE:
                cash_rows += 1
                cash_cents += _cents(booking.amount or Fraction(0)) * (1 if is_debit else -1)
            else:
                others[side if debtor else Side.OTHER] += 1
            if debtor and side is Side.OTHER and booking.amount:
                unknown[f"{number:04d}"] += _cents(booking.amount) * (1 if is_debit != booking.is_reversal else -1)
        return Sales(file, tuple(found), others, (cash_rows, cash_cents), unknown)

    def tell(self) -> None:
        """Ask for the rates that neither the files nor the chart of accounts tell."""
        for (account, key), rows in self._unknown.items():
            if key:
                message = say("datev.unknown_key", key=shown(key), example=key, n=len(rows), cause=key)
            else:
                message = say("datev.unknown_account", account=account, n=len(rows), cause=account)
            self._log.error(rows[0], "unknown rate of tax", message, rows)

    def _side(self, number: int) -> Side:
        if self._settings.revenue_accounts:
            spans = [tuple(map(int, span.split("-"))) for span in self._settings.revenue_accounts]
            return Side.REVENUE if any(span[0] <= number <= span[-1] for span in spans) else Side.OTHER
        return side_of(number, self._chart)

    def _sale(self, booking: _Booking, debtor: str, number: int, *, is_debit: bool) -> Sale | None:
        amount, day = booking.amount, booking.day
        if amount is None or day is None or booking.field(_SIDE) not in {"S", "H"}:
            place, key = (_SIDE, "datev.side") if day else (_DAY, "datev.day")
            if amount is None:
                place, key = _AMOUNT, "datev.amount"
            message = say(key, found=shown(booking.field(place)))
            self._log.error(booking.location(place), "unreadable booking", message)
            return None
        net = amount * 100 / (100 + self._rate(booking, number, day))
        cents = -abs(_cents(net)) if booking.is_reversal else _cents(net) * (1 if is_debit else -1)
        told = (booking.field(place) for place in range(_NUMBER + 1) if place != _DAY)
        identity = (str(day), *told, str(booking.is_reversal))
        reference = booking.field(_NUMBER)
        return Sale(booking.path, booking.line, debtor, reference, day, cents, booking.is_reversal, identity)

    def _rate(self, booking: _Booking, number: int, day: date) -> Fraction:
        rate = self._known_rate(booking, number, booking.delivered_on or day)
        if rate is None:
            key = booking.field(_TAX_KEY)
            cause = (str(number), "") if is_bare_key(key) else ("", key)
            place = _ACCOUNT if is_bare_key(key) else _TAX_KEY
            self._unknown.setdefault(cause, []).append(booking.location(place))
        return rate or Fraction(0)

    def _known_rate(self, booking: _Booking, number: int, day: date) -> Fraction | None:
        key = booking.field(_TAX_KEY)
        declared = self._settings.key_rates.get(key)
        told = Fraction(str(declared)) if declared is not None else booking.rate
        if told is not None or not is_bare_key(key):
            return rate_of_key(key, day) if told is None else told
        declared = self._settings.account_rates.get(str(number))
        if declared is not None:
            return Fraction(str(declared))
        foreign = _decimal(booking.field(_FOREIGN_RATE))
        return None if self._settings.revenue_accounts else rate_of_account(number, self._chart, day, foreign)


def _broken(reason: str, line: int) -> UnreadableFileError:
    if "field limit" in reason:
        return UnreadableFileError("cell too long", say("rows.long_cell", limit=LONGEST_CELL), line)
    return UnreadableFileError("broken quotes", say("rows.open_quote"), line)


def _sides(cells: Sequence[str], length: int) -> tuple[str, int, bool] | None:
    """Return the debtor of a booking ("" without one), the first digits of the other account, and if it is owed more.

    None where no account of the ledger stands opposite, or a supplier. A debtor is owed more by a debit; where
    there is none, revenue without a debtor counts as if there were.
    """
    account, other = plain_account(_field(cells, _ACCOUNT)), plain_account(_field(cells, _OTHER_ACCOUNT))
    is_debit = _field(cells, _SIDE) == "S"
    if is_creditor(account, length) or is_creditor(other, length):
        return None
    if is_debtor(account, length):
        return None if is_debtor(other, length) or not other else (account, main_number(other, length), is_debit)
    if is_debtor(other, length):
        return (other, main_number(account, length), not is_debit) if account else None
    number = main_number(other, length)
    return "", number, is_debit


def _decimal(text: str) -> Fraction | None:
    return Fraction(text.replace(".", "").replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _cents(amount: Fraction) -> int:
    """Round half up, away from zero."""
    cents = int(abs(amount) * 100 + Fraction(1, 2))
    return cents if amount >= 0 else -cents


def _day_of(text: str, start: date) -> date | None:
    """Return the day of a booking: day and month, and the year by the fiscal year's first day."""
    if not text.isascii() or not text.isdecimal():
        return None
    if len(text) == _LONG_DAY:
        return _date(int(text[4:]), int(text[2:4]), int(text[:2]))
    if len(text) not in _SHORT_DAYS:
        return None
    month, day = int(text[-2:]), int(text[:-2])
    return _date(start.year + ((month, day) < (start.month, start.day)), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _field(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
