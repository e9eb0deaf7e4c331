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
_EPOCH_YEAR = 1970
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
    matches = list(map(day_pattern(form).fullmatch, texts))
    written = [match for match in matches if match is not None]
    days, usable = _days(written)
    if len(written) == len(texts) and usable.all():
        return Days(days, {})
    values = np.full(len(texts), "NaT", dtype="datetime64[s]")
    values[[match is not None for match in matches]] = days
    faults = {}
    for position in np.flatnonzero(np.isnat(values)).tolist():
        match = matches[position]
        reason = _form_message(texts[position], form, declared) if match is None else _day_message(match)
        faults[position] = f"{shown(texts[position])} {reason}"
    return Days(values, faults)


def _days(matches: Sequence[re.Match[str]]) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Return the day of each match, NaT where the calendar has none, and which have one."""
    years = np.array([_year(match) for match in matches], dtype=np.int64)
    months = np.array([int(match["month"]) for match in matches], dtype=np.int64)
    days = np.array([int(match["day"]) for match in matches], dtype=np.int64)
    first = ((years - _EPOCH_YEAR) * _MONTHS + months - 1).astype("datetime64[M]")
    found = first.astype("datetime64[D]") + (days - 1)
    usable = (years >= FIRST_YEAR) & (years <= LAST_YEAR) & (months >= 1) & (months <= _MONTHS)
    usable &= (days >= 1) & (found.astype("datetime64[M]") == first)
    return np.where(usable, found, np.datetime64("NaT")).astype("datetime64[s]"), usable


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if "year" in groups:
        return int(groups["year"])
    short = int(groups["short_year"])
    return short + (1900 if short >= _PIVOT else 2000)


def _day_message(match: re.Match[str]) -> str:
    year, month = _year(match), int(match["month"])
    if not 1 <= month <= _MONTHS:
        return f"is not a day (there is no month {month:02d})"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"is not a day of these times (write a year from {FIRST_YEAR} to {LAST_YEAR})"
    return f"is not a day ({_MONTH_NAMES[month - 1]} {year} has {monthrange(year, month)[1]} days)"


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
