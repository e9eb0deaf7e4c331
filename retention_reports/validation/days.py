"""Days as they are declared to be written, or what to write instead."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.reading.byte_columns import WIDEST, ByteColumn
from retention_reports.reading.day_forms import ISO_DAY, day_layout, day_pattern
from retention_reports.reading.problems import shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    _Numbers: TypeAlias = npt.NDArray[np.int32]

FIRST_YEAR = 1900
LAST_YEAR = 2199
_PIVOT = 69
"""Two-digit years from here on are of the twentieth century, as POSIX has it."""
_MONTHS = 12
_FIRST_OF_MONTH = np.arange(f"{FIRST_YEAR}-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[s]")
_SECONDS_PER_DAY = 86_400
_HIGHEST = {"%H": 23, "%M": 59, "%S": 59}
_BASE = 10
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OTHER_FORMS = tuple(
    (day_pattern(form), form)
    for form in (
        "%Y-%m-%d",
        "%d.%m.%Y",
        "%d.%m.%y",
        "%Y%m%d",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%d.%m.%Y %H:%M",
    )
)
_ISO = day_pattern(ISO_DAY)
_SLASHES = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")


@record
class Days:
    """The day of each text (NaT where it is none), and the message for each that is none."""

    values: npt.NDArray[np.datetime64]
    faults: dict[int, str]


def parse_days(texts: Sequence[str], declared: str) -> Days:
    """Read texts that are not empty; a day written as 2026-12-31 is always understood. A time of day is dropped."""
    plain = parse_plain_days(ByteColumn.of(texts), declared) if all(texts) else None
    return _parse_each(texts, declared) if plain is None else Days(plain, {})


def parse_plain_days(column: ByteColumn, declared: str) -> npt.NDArray[np.datetime64] | None:
    """Read cells from their bytes, all rows at once; None if a single one is neither empty (NaT) nor as declared.

    Also None for forms in which days differ in width.
    """
    layout = day_layout(declared or ISO_DAY)
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
    years = numbers["%Y"] if "%Y" in numbers else _full_years(numbers["%y"])
    days, exist = _calendar_days(years, numbers["%m"], numbers["%d"])
    return np.where(filled, days, np.datetime64("NaT")) if (usable & exist | ~filled).all() else None


def _parse_each(texts: Sequence[str], declared: str) -> Days:
    form = declared or ISO_DAY
    found = map(day_pattern(form).fullmatch, texts)
    matches = [match or _ISO.fullmatch(text) for match, text in zip(found, texts, strict=True)]
    written = [match for match in matches if match is not None]
    values = np.full(len(texts), "NaT", dtype="datetime64[s]")
    values[[match is not None for match in matches]] = _days(written)
    faults = {}
    most_fit = len(written) > len(texts) / 2
    for position in np.flatnonzero(np.isnat(values)).tolist():
        match = matches[position]
        reason = _form_message(texts[position], form, declared, most_fit) if match is None else _day_message(match)
        faults[position] = f"{shown(texts[position])} {reason}"
    return Days(values, faults)


def _days(matches: Sequence[re.Match[str]]) -> npt.NDArray[np.datetime64]:
    """Return the day of each match, NaT where the calendar has none."""
    years = np.array([_year(match) for match in matches], dtype=np.int32)
    months = np.array([int(match["month"]) for match in matches], dtype=np.int32)
    days = np.array([int(match["day"]) for match in matches], dtype=np.int32)
    return _calendar_days(years, months, days)[0]


def _calendar_days(
    years: _Numbers, months: _Numbers, days: _Numbers
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Return the day of each year, month, and day, NaT where the calendar has none, and which have one."""
    exist = (years >= FIRST_YEAR) & (years <= LAST_YEAR) & (months >= 1) & (months <= _MONTHS) & (days >= 1)
    places = np.where(exist, (years - FIRST_YEAR) * _MONTHS + months - 1, 0)
    found = _FIRST_OF_MONTH[places] + ((days - 1) * _SECONDS_PER_DAY).astype("timedelta64[s]")
    exist &= found < _FIRST_OF_MONTH[places + 1]
    return np.where(exist, found, np.datetime64("NaT")), exist


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if "year" in groups:
        return int(groups["year"])
    return int(_full_years(np.int32(groups["short_year"])))


def _full_years(short: _Numbers | np.int32) -> _Numbers:
    return short + np.where(short >= _PIVOT, 1900, 2000)


def _day_message(match: re.Match[str]) -> str:
    year, month = _year(match), int(match["month"])
    if not 1 <= month <= _MONTHS:
        return f"is not a day (there is no month {month:02d})"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"is not a day of these times (write a year from {FIRST_YEAR} to {LAST_YEAR})"
    return f"is not a day ({_MONTH_NAMES[month - 1]} {year} has {monthrange(year, month)[1]} days)"


def _form_message(text: str, form: str, declared: str, most_fit: bool) -> str:  # noqa: FBT001
    """Return why a text is no day; where most are written as they should be, it is the text that must be mended."""
    example = date(2026, 12, 31).strftime(form.replace("%z", "+0100"))
    if most_fit:
        return f"is not a day written as {example} (mend it)"
    other = next((known for pattern, known in _OTHER_FORMS if known != form and pattern.fullmatch(text)), "")
    if other:
        return f'is not a day written as {example} (declare date_format = "{other}" in client.toml)'
    if _SLASHES.fullmatch(text):
        forms = 'date_format = "%d/%m/%Y" or "%m/%d/%Y"'
        return f"is not a day written as {example} (declare {forms} in client.toml, whichever it is)"
    remedy = "mend it" if declared else "mend it, or declare date_format in client.toml"
    return f"is not a day written as {example} ({remedy})"
