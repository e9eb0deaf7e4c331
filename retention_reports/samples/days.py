"""The period that a sample covers, and the days on which business is done."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.model.quarters import months_before
from retention_reports.records import record
from retention_reports.samples.chance import happens

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.profile import Profile

_SATURDAY = 5
_SUNDAY = 6
_OPEN_ON_SATURDAY = 0.12


@record
class Period:
    """First and last day of a sample, and the days without business."""

    first: date
    last: date
    holidays: tuple[str, ...]
    easter_offsets: tuple[int, ...]

    @classmethod
    def of(cls, profile: Profile, until: date) -> Period:
        """Return the period of the profile's months that ends with a day."""
        first = months_before(until + timedelta(days=1), profile.months)
        return cls(first, until, profile.holidays, profile.easter_offsets)

    @property
    def length(self) -> int:
        """Days from the first to the last."""
        return (self.last - self.first).days

    def back(self, months: int) -> date:
        """Return the day so many months before the day after the last (after it where negative)."""
        if months not in self._days_back:
            self._days_back[months] = months_before(self.last + timedelta(days=1), months)
        return self._days_back[months]

    @cached_property
    def _days_back(self) -> dict[int, date]:
        return {}

    @cached_property
    def closed(self) -> frozenset[date]:
        """Public holidays of all years that the period touches, and of the year after."""
        days: set[date] = set()
        for year in range(self.first.year - 1, self.last.year + 2):
            days.update(date.fromisoformat(f"{year}-{holiday}") for holiday in self.holidays)
            days.update(_easter(year) + timedelta(days=offset) for offset in self.easter_offsets)
        return frozenset(days)

    def business_day(self, day: date, chance: Random) -> date:
        """Return the day itself or one soon after on which orders come in; few come on Saturdays."""
        while (
            day in self.closed
            or day.weekday() == _SUNDAY
            or (day.weekday() == _SATURDAY and not happens(chance, _OPEN_ON_SATURDAY))
        ):
            day += timedelta(days=chance.randint(1, 4))
        return day

    def workday_after(self, day: date, days: int) -> date:
        """Return the day so many days later, moved on to a day from Monday to Friday that is no holiday."""
        day += timedelta(days=days)
        while day in self.closed or day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        return day

    def known(self, day: date | None) -> date | None:
        """Return the day if it has come by the end of the period."""
        return day if day is not None and day <= self.last else None


def _easter(year: int) -> date:
    """Return Easter Sunday (Gauss's rule, valid for 1900 to 2099)."""
    moon = (19 * (year % 19) + 24) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    offset = moon + weekday
    if (moon, weekday) == (29, 6) or ((moon, weekday) == (28, 6) and year % 19 > 10):  # noqa: PLR2004 (Gauss's exceptions)
        offset -= 7
    return date(year, 3, 22) + timedelta(days=offset)
