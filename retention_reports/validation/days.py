"""Days as they are declared to be written, or what to write instead."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from retention_reports.model.placeholder_days import may_hold_placeholders
from retention_reports.reading.byte_columns import WIDEST, ByteColumn
from retention_reports.reading.day_forms import ISO_DAY, day_layout
from retention_reports.records import record
from retention_reports.validation.day_proposals import form_faults
from retention_reports.validation.day_texts import FIRST_YEAR, LAST_YEAR, PIVOT, day_text, patterns_of
from retention_reports.validation.day_zones import zone_faults
from retention_reports.validation.faults import column_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_reports.validation.day_proposals import Cure
    from retention_reports.validation.faults import Fault

    _Numbers: TypeAlias = npt.NDArray[np.int32]

_MONTHS = 12
_FIRST_OF_MONTH = np.arange(f"{FIRST_YEAR}-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[s]")
_SECONDS_PER_DAY = 86_400
_HIGHEST = {"%H": 23, "%M": 59, "%S": 59}
_BASE = 10
_TIMES = ("", " %H:%M:%S", "T%H:%M:%S", " %H:%M")


@record
class Days:
    """The day of each text (NaT where it is none), why others have none, and which texts stand for no day."""

    values: npt.NDArray[np.datetime64]
    faults: dict[int, Fault]
    placeholders: tuple[int, ...] = ()


def parse_days(texts: Sequence[str], forms: Sequence[str], zone: str = "", cure: Cure | None = None) -> Days:
    """Read texts that are not empty; a day written as 2026-12-31 is always understood. A time of day is dropped.

    Times with an offset are taken to the time zone, where one is given. `cure` tells what of `client.toml` declares
    forms; without it the column stands for the whole file.
    """
    plain = parse_plain_days(ByteColumn.of(texts), forms) if all(texts) else None
    return _parse_each(texts, forms, zone, cure) if plain is None else Days(plain, {})


def parse_plain_days(column: ByteColumn, forms: Sequence[str]) -> npt.NDArray[np.datetime64] | None:
    """Read cells from their bytes, all rows at once; None if a single one is neither empty (NaT) nor as declared.

    Also None for several forms, for one in which days differ in width, and for days that may stand for none.
    """
    form = forms[0] if forms else ISO_DAY
    has_time = "%H" in form or "%I" in form
    for time in ("",) if has_time else _TIMES:
        days = _days_of_form(column, form + time) if len(forms) <= 1 else None
        if days is not None:
            return None if may_hold_placeholders(days) else days
    return None


def _days_of_form(column: ByteColumn, form: str) -> npt.NDArray[np.datetime64] | None:
    layout = day_layout(form)
    filled = column.widths > 0
    if layout is None or not 0 < layout.width == column.widest <= WIDEST:
        return None
    signs = column.positions(layout.width)
    usable = column.widths == layout.width
    for position, sign in layout.literals:
        usable &= signs[position] == sign
    numbers = {}
    for directive, place in layout.fields:
        digits = signs[place] - np.uint8(ord("0"))
        usable &= (digits < _BASE).all(axis=0)
        numbers[directive] = reduce(lambda number, digit: number * _BASE + digit, digits.astype(np.int32))
        usable &= numbers[directive] <= _HIGHEST.get(directive, LAST_YEAR)
    years = numbers["%Y"] if "%Y" in numbers else numbers["%y"] + np.where(numbers["%y"] >= PIVOT, 1900, 2000)
    days, exist = _calendar_days(years, numbers["%m"], numbers["%d"])
    return np.where(filled, days, np.datetime64("NaT")) if (usable & exist | ~filled).all() else None


def _calendar_days(
    years: _Numbers, months: _Numbers, days: _Numbers
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Return the day of each year, month, and day, NaT where the calendar has none, and which have one."""
    exist = (years >= FIRST_YEAR) & (years <= LAST_YEAR) & (months >= 1) & (months <= _MONTHS) & (days >= 1)
    places = np.where(exist, (years - FIRST_YEAR) * _MONTHS + months - 1, 0)
    found = _FIRST_OF_MONTH[places] + ((days - 1) * _SECONDS_PER_DAY).astype("timedelta64[s]")
    exist &= found < _FIRST_OF_MONTH[places + 1]
    return np.where(exist, found, np.datetime64("NaT")), exist


def _parse_each(texts: Sequence[str], forms: Sequence[str], zone: str, cure: Cure | None) -> Days:
    patterns = patterns_of(forms)
    time_zone = ZoneInfo(zone) if zone else None
    values = np.full(len(texts), "NaT", dtype="datetime64[s]")
    faults: dict[int, Fault] = {}
    placeholders = []
    unread = []
    single = {}
    for place, text in enumerate(texts):
        found = day_text(text, patterns, time_zone)
        if len(found) != 1:
            unread.append(place)
            if found:
                first, second = sorted(str(reading.day) for reading in found)[:2]
                faults[place] = column_fault("days.two_days", first=first, second=second)
            continue
        single[place] = found[0]
        if found[0].is_placeholder:
            placeholders.append(place)
        elif found[0].fault is not None:
            unread.append(place)
            faults[place] = found[0].fault
        else:
            values[place] = np.datetime64(found[0].day)
    faults = form_faults(texts, unread, forms, faults, cure) if unread else faults
    if not zone:
        faults |= zone_faults(single)
    return Days(values, faults, tuple(placeholders))
