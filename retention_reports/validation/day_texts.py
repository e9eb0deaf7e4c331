"""One day as it is written, and whether it is a day at all."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.placeholder_days import is_placeholder
from retention_reports.reading.day_forms import EXCEL_1904, ISO_DAY, UNIX, day_pattern
from retention_reports.reading.month_names import MONTHS
from retention_reports.records import record
from retention_reports.validation.faults import cell_fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from retention_reports.validation.faults import Fault

FIRST_YEAR = 1900
LAST_YEAR = 2199
PIVOT = 69
"""Two-digit years from here on are of the twentieth century, as POSIX has it."""
_LAST_MONTH = 12
_FIRST_COUNTED = date(1899, 12, 30)
_FIRST_OF_1904 = date(1904, 1, 1)
_NOON = 12
_DIRECTIVE = re.compile(r"%-?[a-zA-Z]")
_EXAMPLE = datetime(2026, 12, 31, tzinfo=timezone(timedelta(hours=1)))
_ISO = day_pattern(ISO_DAY, exact=True)


@record
class DayText:
    """A day, with the offset from UTC that its time is given in; `fault` says why there is none.

    `is_placeholder`: the text stands where no day is known. `at_midnight`: it has no time, or none of use.
    """

    day: date | None
    fault: Fault | None = None
    is_placeholder: bool = False
    offset: timedelta | None = None
    at_midnight: bool = True


def patterns_of(forms: Sequence[str]) -> list[re.Pattern[str]]:
    """Return the patterns of a column's forms; undeclared, a day is written as 2026-12-31."""
    return [day_pattern(form) for form in forms] or [_ISO]


def day_text(text: str, patterns: Sequence[re.Pattern[str]], zone: ZoneInfo | None = None) -> tuple[DayText, ...]:
    """Return every different day that a text can mean. A day written as 2026-12-31 is understood beside other forms.

    Times with an offset are taken to the time zone, where one is given.
    """
    matches = [match for pattern in patterns if (match := pattern.fullmatch(text))]
    if not matches and (match := _ISO.fullmatch(text)):
        matches = [match]
    found = {reading.day: reading for reading in map(partial(_reading, zone=zone), matches)}
    if len(found) > 1:
        found.pop(None, None)
    return tuple(found.values())


def example_of(form: str) -> str:
    """Return the last day of 2026 as a form writes it."""
    if form == UNIX:
        return str(int(_EXAMPLE.timestamp()))
    if not _DIRECTIVE.search(form):
        first = _FIRST_OF_1904 if form == EXCEL_1904 else _FIRST_COUNTED
        return str((_EXAMPLE.date() - first).days)
    return _EXAMPLE.strftime(form)


def _reading(match: re.Match[str], zone: ZoneInfo | None) -> DayText:
    groups = match.groupdict()
    if "moment" in groups:
        return _counted_moment(int(groups["moment"]), zone)
    if "serial" in groups:
        year, month, day = _counted(int(groups["serial"]), _FIRST_COUNTED)
    elif "serial_1904" in groups:
        year, month, day = _counted(int(groups["serial_1904"]), _FIRST_OF_1904)
    else:
        month = MONTHS.get(groups["month_name"].casefold(), 0) if "month_name" in groups else int(groups["month"])
        year, day = _year(groups), int(groups.get("day") or 1)
    if is_placeholder(year, month, day):
        return DayText(None, is_placeholder=True)
    fault = _fault(year, month, day)
    if fault is not None:
        return DayText(None, fault)
    hour, minute = _time(groups)
    offset = _offset(groups.get("offset"))
    if offset is not None and zone is not None:
        moment = datetime(year, month, day, hour, minute, tzinfo=timezone(offset))
        return DayText(moment.astimezone(zone).date())
    return DayText(date(year, month, day), None, offset=offset, at_midnight=not hour and not minute)


def _counted_moment(seconds: int, zone: ZoneInfo | None) -> DayText:
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    if zone is not None:
        return DayText(moment.astimezone(zone).date())
    return DayText(moment.date(), offset=timedelta(), at_midnight=not moment.hour and not moment.minute)


def _counted(serial: int, first: date) -> tuple[int, int, int]:
    found = first + timedelta(days=serial)
    return found.year, found.month, found.day


def _year(groups: dict[str, str]) -> int:
    if "year" in groups:
        return int(groups["year"])
    short = int(groups["short_year"])
    return short + (1900 if short >= PIVOT else 2000)


def _time(groups: dict[str, str | None]) -> tuple[int, int]:
    hour, minute = int(groups.get("hour") or 0), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").casefold()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return hour, minute


def _offset(written: str | None) -> timedelta | None:
    if not written:
        return None
    if not written[1:].replace(":", "").isdigit():
        return timedelta()
    size = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return min(size, timedelta(hours=23)) * (-1 if written[0] == "-" else 1)


def _fault(year: int, month: int, day: int) -> Fault | None:
    if not 1 <= month <= _LAST_MONTH:
        return cell_fault("days.no_month", month=f"{month:02d}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return cell_fault("days.other_times", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return cell_fault("days.no_such_day", month=say(f"days.month.{month}"), year=str(year), days=days)
    return None
