"""Days as they are declared to be written, or what to write instead."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.reading.day_forms import ISO_DAY, day_pattern
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

FIRST_YEAR = 1900
LAST_YEAR = 2199
_CENTURY = 100
_PIVOT = 69
"""Two-digit years from here on are of the twentieth century, as POSIX has it."""
_MONTHS = 12
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
_SLASHES = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")


@dataclass(frozen=True)
class Days:
    """The day of each text (NaT where it is none), and the message for each that is none."""

    values: npt.NDArray[np.datetime64]
    faults: dict[int, str]


def parse_days(texts: Sequence[str], declared: str) -> Days:
    """Read texts that are not empty; undeclared, a day is written as 2026-12-31. A time of day is dropped."""
    form = declared or ISO_DAY
    pattern = day_pattern(form)
    days: list[date | None] = []
    faults = {}
    known: dict[tuple[str, ...], date | str] = {}
    for position, text in enumerate(texts):
        match = pattern.fullmatch(text)
        if match is None:
            faults[position] = f"{shown(text)} {_form_message(text, form, declared)}"
            days.append(None)
            continue
        groups = match.groupdict()
        key = (groups.get("year", ""), groups.get("short_year", ""), groups["month"], groups["day"])
        if key not in known:
            known[key] = _day(_year(groups), int(groups["month"]), int(groups["day"]))
        found = known[key]
        if isinstance(found, str):
            faults[position] = f"{shown(text)} {found}"
        days.append(None if isinstance(found, str) else found)
    return Days(np.array(days, dtype="datetime64[D]").astype("datetime64[s]"), faults)


def _year(groups: dict[str, str]) -> int:
    if "year" in groups:
        return int(groups["year"])
    short = int(groups["short_year"])
    return short + (1900 if short >= _PIVOT else 2000)


def _day(year: int, month: int, day: int) -> date | str:
    if not 1 <= month <= _MONTHS:
        return f"is not a day (there is no month {month:02d})"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"is not a day of these times (write a year from {FIRST_YEAR} to {LAST_YEAR})"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"is not a day ({_MONTH_NAMES[month - 1]} {year} has {last} days)"
    return date(year, month, day)


def _form_message(text: str, form: str, declared: str) -> str:
    example = date(2026, 12, 31).strftime(form.replace("%z", "+0100"))
    other = next((known for pattern, known in _OTHER_FORMS if known != form and pattern.fullmatch(text)), "")
    if other:
        return f'is not a day written as {example} (declare date_format = "{other}" in client.toml)'
    if _SLASHES.fullmatch(text):
        forms = 'date_format = "%d/%m/%Y" or "%m/%d/%Y"'
        return f"is not a day written as {example} (declare {forms} in client.toml, whichever it is)"
    remedy = "mend it" if declared else "mend it, or declare date_format in client.toml"
    return f"is not a day written as {example} ({remedy})"
