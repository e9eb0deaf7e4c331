"""A till's export (DSFinV-K) to what was sold to whom: each receipt net of tax, cancellations settled.

Source: DSFinV-K 2.x (digital interface of the tax authorities for tills), annexes on receipts, their lines and business
cases (GV_TYP).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.reading.formats.gdpdu_index import IndexTable
    from retention_reports.reading.formats.gdpdu_tables import Carrier

_RECEIPTS, _TAXES, _LINES = "transactions.csv", "transactions_vat.csv", "lines.csv"
_LINE_TAXES, _REFERENCES = "lines_vat.csv", "references.csv"
FILES = (_RECEIPTS, _TAXES, _LINES, _LINE_TAXES, _REFERENCES)
_KEY = ("Z_KASSE_ID", "Z_NR", "BON_ID")
_REFERENCE = ("REF_Z_KASSE_ID", "REF_Z_NR", "REF_BON_ID")
_SALE = "Beleg"
_USED = {_RECEIPTS: (*_KEY, "BON_TYP", "BON_ENDE"), _TAXES: (*_KEY, "BON_NETTO")}
_NO_REVENUE = frozenset(
    (
        *("TrinkgeldAN", "MehrzweckgutscheinKauf", "MehrzweckgutscheinEinloesung", "Forderungsentstehung"),
        *("Forderungsaufloesung", "Anzahlungseinstellung", "Anzahlungsaufloesung", "Privateinlage", "Privatentnahme"),
        *("Geldtransit", "DifferenzSollIst", "Auszahlung", "Einzahlung", "Lohnzahlung"),
    )
)
"""Business cases that move money and sell nothing, or nothing yet."""
_ZONE = ZoneInfo("Europe/Berlin")
_CENT = Decimal("0.01")
Key = tuple[str, ...]


@record
class Receipt:
    """A receipt: its line in the file, the day as written where it cannot be read, and its net amount to the cent."""

    line: int
    key: Key
    number: str
    customer: str
    name: str
    day: str
    net: Decimal


@record
class ReceiptLine:
    """A line of a receipt that sells something."""

    line: int
    key: Key
    product: str
    text: str
    group: str
    quantity: str
    net: Decimal


@record
class Till:
    """What a till sold. `cancelled` counts receipts that are left out: cancelled ones and those that cancel them."""

    receipts: tuple[Receipt, ...]
    lines: tuple[ReceiptLine, ...]
    cancelled: int

    @property
    def with_customer(self) -> tuple[Receipt, ...]:
        """The receipts that name a customer."""
        return tuple(receipt for receipt in self.receipts if receipt.customer)


def all_tills(tills: Sequence[Till]) -> Till:
    """Return what several exports hold together."""
    return Till(
        tuple(receipt for till in tills for receipt in till.receipts),
        tuple(line for till in tills for line in till.lines),
        sum(till.cancelled for till in tills),
    )


def missing_files(carrier: Carrier) -> list[str]:
    """Return the files without which no net amount can be told."""
    return [name for name in _USED if not _columns(carrier, name)]


def till_of(carrier: Carrier) -> Till:
    """Return a till's sales.

    Raises:
        UnreadableFileError: a column is missing, or an amount cannot be read.
    """
    for file, names in _USED.items():
        lacking = [name for name in names if name not in _columns(carrier, file)]
        if lacking:
            raise UnreadableFileError("other columns", say("dsfinvk.columns", file=file, columns=", ".join(lacking)))
    lines = list(_lines_of(carrier))
    no_revenue: dict[Key, Decimal] = defaultdict(Decimal)
    for line, sells in lines:
        if not sells:
            no_revenue[line.key] += line.net
    net: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in zip(_keys(carrier, _TAXES), _columns(carrier, _TAXES)["BON_NETTO"], strict=True):
        net[key] += _decimal(amount, _TAXES)
    receipts = {receipt.key: receipt for receipt in _receipts_of(carrier, net, no_revenue)}
    gone = _cancelled(carrier, receipts)
    kept = {key: receipt for key, receipt in receipts.items() if key not in gone}
    sold = tuple(line for line, sells in lines if sells and line.key in kept)
    return Till(tuple(kept.values()), sold, len(gone))


def _receipts_of(carrier: Carrier, net: Mapping[Key, Decimal], no_revenue: Mapping[Key, Decimal]) -> Iterator[Receipt]:
    """Yield the receipts of sales; one that only moves money sells nothing."""
    columns = _columns(carrier, _RECEIPTS)
    numbers, names = (_texts(columns, name, len(columns["BON_ID"])) for name in ("KUNDE_ID", "KUNDE_NAME"))
    for row, key in enumerate(_keys(carrier, _RECEIPTS)):
        amount = (net.get(key, Decimal()) - no_revenue.get(key, Decimal())).quantize(_CENT, ROUND_HALF_UP)
        if columns["BON_TYP"][row] != _SALE or (not amount and no_revenue.get(key)):
            continue
        yield Receipt(
            line=_rows(carrier, _RECEIPTS)[row],
            key=key,
            number=" ".join(key),
            customer=numbers[row] or names[row],
            name=names[row],
            day=_day(columns["BON_ENDE"][row]),
            net=amount,
        )


def _lines_of(carrier: Carrier) -> Iterator[tuple[ReceiptLine, bool]]:
    """Yield the lines with whether they sell something; none where their files are missing."""
    columns, taxes = _columns(carrier, _LINES), _columns(carrier, _LINE_TAXES)
    if not columns or not taxes:
        return
    net: dict[Key, Decimal] = defaultdict(Decimal)
    for key, place, amount in zip(_keys(carrier, _LINE_TAXES), taxes["POS_ZEILE"], taxes["POS_NETTO"], strict=True):
        net[*key, place] += _decimal(amount, _LINE_TAXES)
    count = len(columns["BON_ID"])
    numbers, texts, groups, quantities, cases = (
        _texts(columns, name, count) for name in ("ART_NR", "ARTIKELTEXT", "WARENGR", "MENGE", "GV_TYP")
    )
    for row, key in enumerate(_keys(carrier, _LINES)):
        line = ReceiptLine(
            line=_rows(carrier, _LINES)[row],
            key=key,
            product=numbers[row] or texts[row],
            text=texts[row],
            group=groups[row],
            quantity=quantities[row],
            net=net[*key, columns["POS_ZEILE"][row]],
        )
        yield line, cases[row] not in _NO_REVENUE


def _cancelled(carrier: Carrier, receipts: Mapping[Key, Receipt]) -> set[Key]:
    """Return the receipts that were cancelled, and those that cancel them.

    Some tills mark the cancelling receipt (BON_STORNO) and turn its sign, some do one of the two, and name what it
    cancels. A marked one above zero that names nothing was cancelled itself.
    """
    columns = _columns(carrier, _RECEIPTS)
    marks = _texts(columns, "BON_STORNO", len(columns["BON_ID"]))
    marked = {key for key, mark in zip(_keys(carrier, _RECEIPTS), marks, strict=True) if mark == "1"}
    gone: set[Key] = set()
    named: set[Key] = set()
    references = _columns(carrier, _REFERENCES)
    if references and all(name in references for name in _REFERENCE):
        earlier = zip(*(references[name] for name in _REFERENCE), strict=True)
        for key, other in zip(_keys(carrier, _REFERENCES), earlier, strict=True):
            this, that = receipts.get(key), receipts.get(other)
            if this is None or that is None:
                continue
            named.add(key)
            if this.net == -that.net or (key in marked and this.net == that.net):
                gone |= {key, other}
    return gone | {key for key in marked - named if key in receipts and receipts[key].net > 0}


def _is_of(table: IndexTable, file: str) -> bool:
    return table.path.replace("\\", "/").rpartition("/")[2].lower() == file


def _columns(carrier: Carrier, file: str) -> Mapping[str, tuple[str, ...]]:
    table = next((table for table in carrier.tables if _is_of(table, file)), None)
    return carrier.rows[table.name].columns if table is not None else {}


def _rows(carrier: Carrier, file: str) -> tuple[int, ...]:
    return next(carrier.rows[table.name].lines for table in carrier.tables if _is_of(table, file))


def _keys(carrier: Carrier, file: str) -> Iterator[Key]:
    columns = _columns(carrier, file)
    return zip(*(columns[name] for name in _KEY), strict=True)


def _texts(columns: Mapping[str, tuple[str, ...]], name: str, count: int) -> tuple[str, ...]:
    return columns.get(name) or ("",) * count


def _day(text: str) -> str:
    """Return the day of a moment on the spot; what is no moment stays as it is, to be told."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment.astimezone(_ZONE) if moment.tzinfo else moment).date().isoformat()


def _decimal(text: str, file: str) -> Decimal:
    try:
        return Decimal(text or "0")
    except InvalidOperation as problem:
        raise UnreadableFileError("unreadable amount", say("dsfinvk.amount", found=shown(text), file=file)) from problem
