"""The first line of a DATEV file: what the file holds, its fiscal year, and how long its accounts' numbers are.

Source: DATEV's description of its format (header and booking batch), as public files in it show it.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOKINGS = 21
DEBTORS = 16
FORMAT_OF_TODAY = 700
"""From this version on, fields 118 and 119 of a booking tell its reversal and its rate of tax."""
_MARKS = ("EXTF", "DTVF")
_DAY = re.compile(r"[0-9]{8}")
_LENGTH = re.compile(r"[4-8]")
_PLACES_OF_FISCAL_YEAR = (12, 13, 14)
"""Some programs write a field too many before it; what follows then stands further right, too."""
_CURRENCY_BEHIND = 9
_CHART_BEHIND = 14
_FEWEST = 14


@record
class DatevHead:
    """What line 1 says. `chart` is the chart of accounts (03, 04 …), empty where it is not told.

    `owner` is whose books these are: the numbers of the tax consultant and of the client, "0" where there is none.
    """

    version: int
    category: int
    created: str
    fiscal_year_start: date
    account_length: int
    currency: str
    chart: str
    owner: tuple[str, str]


def is_datev(head: bytes) -> bool:
    """Tell whether a file begins as one of DATEV does."""
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip(b'"')
    return any(plain.startswith(mark.encode()) for mark in _MARKS)


def category_of(head: bytes) -> int:
    """Return what a file of DATEV holds, as its number; 0 where line 1 does not say."""
    line = head.removeprefix(b"\xef\xbb\xbf").splitlines()[0].decode("cp1252", "replace")
    fields = _cells(line)
    return _number(fields[2]) if len(fields) > _FEWEST else 0


def read_head(line: str) -> DatevHead:
    """Return what the first line says.

    Raises:
        UnreadableFileError: it is not DATEV's, or the fiscal year is missing, without which no day has a year.
    """
    fields = _cells(line)
    if not fields or fields[0] not in _MARKS or len(fields) < _FEWEST:
        raise UnreadableFileError("no DATEV file", say("datev.no_head", found=shown(line[:20])), 1)
    at = next((place for place in _PLACES_OF_FISCAL_YEAR if _is_fiscal_year(fields, place)), None)
    start = _day_of(fields[at]) if at is not None else None
    if at is None or start is None:
        raise UnreadableFileError("no fiscal year", say("datev.no_fiscal_year"), 1)
    chart = _field(fields, at + _CHART_BEHIND)
    return DatevHead(
        version=_number(fields[1]),
        category=_number(fields[2]),
        created=fields[5],
        fiscal_year_start=start,
        account_length=int(fields[at + 1]),
        currency=_field(fields, at + _CURRENCY_BEHIND),
        chart=chart.zfill(2) if chart.isdecimal() else "",
        owner=(fields[at - 2].lstrip("0") or "0", fields[at - 1].lstrip("0") or "0"),
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=";"), [])]


def _is_fiscal_year(fields: Sequence[str], place: int) -> bool:
    return bool(_DAY.fullmatch(_field(fields, place)) and _LENGTH.fullmatch(_field(fields, place + 1)))


def _day_of(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _field(fields: Sequence[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
