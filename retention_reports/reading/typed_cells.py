"""Cells that a spreadsheet has typed: how they are written as text, and where their types betray a mistake."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Self, TypeAlias

from retention_reports.messages import say
from retention_reports.model.schema import Kind
from retention_reports.reading.day_forms import ISO_DAY, day_pattern
from retention_reports.reading.letters import TWICE, once_decoded, without_entities
from retention_reports.reading.problems import shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.messages import Message
    from retention_reports.model.schema import Column
    from retention_reports.reading.settings import FileSettings

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
_SIGNS_OF_ESCAPED = frozenset("&=%\\")
_SURE_DIGITS = 15
"""So many digits of a number survive in a cell; what stands behind them is made up."""
_GROUP = 3
_LAST_MONTH = 12
_AMOUNTS = frozenset({Kind.MONEY, Kind.NUMBER, Kind.FRACTION})
_WRITTEN_DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?:[ T].*)?")
_DAY_PARTS = re.compile(r"[0-9]+")
_WRITTEN_GROUPS = re.compile(r"[-+]?[0-9]{1,3}[.,][0-9]{3}")


class PercentCell(float):
    """A number that the spreadsheet shows in percent: 0.05 is shown as 5 %."""


class CurrencyCell(float):
    """A number that the spreadsheet shows with a currency."""

    currency: str

    def __new__(cls, number: float, currency: str) -> Self:
        """Keep the number and its currency."""
        cell = super().__new__(cls, number)
        cell.currency = currency
        return cell


@record
class TypingFault:
    """What the types of a column's cells betray: the place of the first cell, and the problem."""

    place: int
    kind: str
    message: Message
    is_error: bool
    on_first_page: Message | None = None


def is_filled(cell: Cell) -> bool:
    """Tell whether a cell holds more than blanks."""
    return bool(cell.strip()) if isinstance(cell, str) else True


def text_of(cell: Cell, settings: FileSettings) -> str:
    """Return a cell as it would stand in a CSV file that is read by these settings, and in no second way."""
    if isinstance(cell, str):
        plain = without_entities(cell.encode()).decode() if not _SIGNS_OF_ESCAPED.isdisjoint(cell) else cell
        return once_decoded(plain) if settings.encoding == TWICE else plain
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell, settings.decimal)
    if isinstance(cell, datetime | date):
        return _day(cell, settings)
    return str(cell)


def faults_of(column: Column, cells: Sequence[Cell], settings: FileSettings) -> Iterator[TypingFault]:
    """Yield what the types of a column's cells betray, one of each kind."""
    if column.kind is Kind.DAY:
        yield from _half_text_days(cells, settings)
    elif column.kind is Kind.IDENTIFIER:
        yield from _cut_ids(column, cells)
        yield from _ids_as_days(column, cells)
    elif column.kind in _AMOUNTS and not settings.decimal:
        yield from _text_beside_numbers(cells)


def _number(cell: float, decimal: str) -> str:
    if isinstance(cell, PercentCell):
        return f"{_number(float(cell) * 100, decimal)}%"
    if isinstance(cell, CurrencyCell):
        return f"{_number(float(cell), decimal)} {cell.currency}"
    whole, point, fraction = format(Decimal(f"{cell:.{_SURE_DIGITS}g}"), "f").partition(".")
    if len(fraction) == _GROUP:
        # Three digits behind a sign might be taken for thousands.
        fraction += "0"
    return f"{whole}{decimal or '.'}{fraction}" if point else str(int(cell))


def _day(cell: date, settings: FileSettings) -> str:
    day = cell.date() if isinstance(cell, datetime) else cell
    if settings.day_cells == "swapped" and day.day <= _LAST_MONTH:
        day = day.replace(month=day.day, day=day.month)
    written = day.isoformat()
    read_otherwise = [form for form in sorted(settings.all_day_forms) if day_pattern(form).fullmatch(written)]
    return day.strftime(read_otherwise[0]) if read_otherwise else written


def _half_text_days(cells: Sequence[Cell], settings: FileSettings) -> Iterator[TypingFault]:
    days = [(place, cell) for place, cell in enumerate(cells) if isinstance(cell, date)]
    texts = [(place, cell) for place, cell in enumerate(cells) if isinstance(cell, str) and _WRITTEN_DAY.match(cell)]
    if not days or not texts or settings.day_cells:
        return
    place, first = days[0]
    counts = {"days": len(days), "n": len(texts)}
    text = shown(texts[0][1])
    if all(day.day <= _LAST_MONTH for _, day in days) and all(_has_late_day(text) for _, text in texts):
        other = _plain(first.replace(month=first.day, day=first.month))
        message = say("sheets.swapped_days", first=_plain(first), other=other, text=text, **counts)
        yield TypingFault(place, "days half text", message, is_error=True)
    else:
        yield TypingFault(
            texts[0][0], "days half text", say("sheets.days_half_text", text=text, **counts), is_error=False
        )


def _plain(day: date) -> str:
    return day.strftime(ISO_DAY)


def _has_late_day(text: str) -> bool:
    """Tell whether a written day can be read in one way only, so that a program that reads it in another leaves it."""
    first, second, *_ = map(int, _DAY_PARTS.findall(text))
    return max(first, second) > _LAST_MONTH


def _cut_ids(column: Column, cells: Sequence[Cell]) -> Iterator[TypingFault]:
    long = [place for place, cell in enumerate(cells) if isinstance(cell, float) and abs(cell) >= 10**_SURE_DIGITS]
    if long:
        message = say("sheets.cut_ids", n=len(long), column=column.name)
        yield TypingFault(long[0], "ids cut off", message, is_error=False, on_first_page=say("sheets.cut_ids_page"))


def _ids_as_days(column: Column, cells: Sequence[Cell]) -> Iterator[TypingFault]:
    days = [(place, cell) for place, cell in enumerate(cells) if isinstance(cell, date)]
    if days:
        place, first = days[0]
        message = say("sheets.ids_as_days", n=len(days), column=column.name, first=_plain(first))
        page = say("sheets.ids_as_days_page", n=len(days))
        yield TypingFault(place, "ids as days", message, is_error=False, on_first_page=page)


def _text_beside_numbers(cells: Sequence[Cell]) -> Iterator[TypingFault]:
    texts = [
        (place, cell) for place, cell in enumerate(cells) if isinstance(cell, str) and _WRITTEN_GROUPS.fullmatch(cell)
    ]
    if texts and any(isinstance(cell, float) for cell in cells):
        place, text = texts[0]
        group, decimal = (".", ",") if "." in text else (",", ".")
        message = say("sheets.text_beside_numbers", n=len(texts), text=shown(text), thousands=decimal, point=group)
        yield TypingFault(place, "numbers half text", message, is_error=True)
