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
    switches_off,
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
class Sale:
    """What a booking adds to a customer's invoice, in cents without tax; negative is a credit note.

    `identity` is what two files that hold the same booking agree on.
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


def opposite_accounts(file: DatevFile) -> Iterator[int]:
    """Yield what stands opposite each debtor, by the first four digits."""
    for _, cells in file.rows:
        sides = _sides(cells, file.head.account_length)
        if sides is not None and sides[0]:
            yield sides[1]


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
        cash_rows, cash_cents = 0, 0
        for line, cells in file.rows:
            sides = _sides(cells, file.head.account_length)
            if sides is None:
                others[Side.OTHER] += 1
                continue
            debtor, number, is_debit = sides
            side = self._side(number)
            if side is not Side.REVENUE or not debtor:
                if side is Side.REVENUE:
                    cash_rows += 1
                    cash_cents += _cents(_amount_of(cells, file.head) or Fraction(0)) * (1 if is_debit else -1)
                else:
                    others[side if debtor else Side.OTHER] += 1
                continue
            sale = self._sale(file, path, line, cells, debtor, number, is_debit=is_debit)
            if sale is not None:
                found.append(sale)
        return Sales(file, tuple(found), others, (cash_rows, cash_cents))

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

    def _sale(
        self, file: DatevFile, path: str, line: int, cells: Sequence[str], debtor: str, number: int, *, is_debit: bool
    ) -> Sale | None:
        amount = _amount_of(cells, file.head)
        day = _day_of(cells[_DAY], file.head.fiscal_year_start)
        if amount is None or day is None or _field(cells, _SIDE) not in {"S", "H"}:
            self._note_field(file, path, line, cells, amount=amount, day=day)
            return None
        rate = self._rate(file, path, line, cells, number, _delivered(cells) or day)
        is_reversal = _is_reversal(cells, file.head)
        sign = 1 if is_debit != is_reversal else -1
        net = amount * 100 / (100 + (rate or 0))
        identity = (str(day), *(_field(cells, place) for place in range(_NUMBER + 1) if place != _DAY), str(is_reversal))
        return Sale(path, line, debtor, _field(cells, _NUMBER), day, sign * _cents(net), is_reversal, identity)

    def _note_field(
        self, file: DatevFile, path: str, line: int, cells: Sequence[str], *, amount: Fraction | None, day: date | None
    ) -> None:
        if amount is None:
            place, key = _AMOUNT, "datev.amount"
        elif day is None:
            place, key = _DAY, "datev.day"
        else:
            place, key = _SIDE, "datev.side"
        location = Location(path, line, file.name(place))
        self._log.error(location, "unreadable booking", say(key, found=shown(_field(cells, place))))

    def _rate(
        self, file: DatevFile, path: str, line: int, cells: Sequence[str], number: int, day: date
    ) -> Fraction | None:
        rate = self._known_rate(file.head, cells, number, day)
        if rate is None:
            key = _field(cells, _TAX_KEY)
            cause = (str(number), "" if is_bare_key(key) else key)
            place = _TAX_KEY if cause[1] else _ACCOUNT
            self._unknown.setdefault(cause if not cause[1] else ("", cause[1]), []).append(
                Location(path, line, file.name(place))
            )
        return rate

    def _known_rate(self, head: DatevHead, cells: Sequence[str], number: int, day: date) -> Fraction | None:
        key = _field(cells, _TAX_KEY)
        if key in self._settings.key_rates:
            return Fraction(str(self._settings.key_rates[key]))
        told = _decimal(_field(cells, _RATE)) if head.version >= FORMAT_OF_TODAY else None
        if told:
            return told
        if switches_off(key):
            return Fraction(0)
        if not is_bare_key(key):
            return rate_of_key(key, day)
        account = str(number)
        if account in self._settings.account_rates:
            return Fraction(str(self._settings.account_rates[account]))
        if self._settings.revenue_accounts:
            return None
        return rate_of_account(number, self._chart, day, _decimal(_field(cells, _FOREIGN_RATE)))


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


def _amount_of(cells: Sequence[str], head: DatevHead) -> Fraction | None:
    """Return the amount in the batch's currency."""
    amount = _decimal(_field(cells, _AMOUNT))
    currency = _field(cells, _CURRENCY)
    if amount is None or currency in {"", head.currency or "EUR"}:
        return amount
    base = _decimal(_field(cells, _BASE_AMOUNT))
    course = _decimal(_field(cells, _COURSE))
    return base or (amount / course if course else None)


def _decimal(text: str) -> Fraction | None:
    return Fraction(text.replace(".", "").replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _cents(amount: Fraction) -> int:
    """Round half up, away from zero."""
    cents = int(abs(amount) * 100 + Fraction(1, 2))
    return cents if amount >= 0 else -cents


def _day_of(text: str, start: date) -> date | None:
    """Return the day of a booking: day and month, the year from the fiscal year's first day, which may cross New Year."""
    if not text.isascii() or not text.isdecimal():
        return None
    if len(text) == len("31122026"):
        return _date(int(text[4:]), int(text[2:4]), int(text[:2]))
    if len(text) not in {len("102"), len("3112")}:
        return None
    month, day = int(text[-2:]), int(text[:-2])
    return _date(start.year + ((month, day) < (start.month, start.day)), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _delivered(cells: Sequence[str]) -> date | None:
    text = _field(cells, _DELIVERED)
    return _day_of(text, date.min) if len(text) == len("31122026") else None


def _is_reversal(cells: Sequence[str], head: DatevHead) -> bool:
    marked = head.version >= FORMAT_OF_TODAY and _field(cells, _REVERSAL) not in _NOT_REVERSED
    return marked or is_reversal_key(_field(cells, _TAX_KEY))


def _field(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
