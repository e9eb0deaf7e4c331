"""Whether times with offsets from UTC tell the client's days, or must be taken to the client's time zone first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.validation.faults import column_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from retention_reports.validation.day_texts import DayText
    from retention_reports.validation.faults import Fault

_HOUR = timedelta(hours=1)
_SURE_SUMMER = range(4, 10)
_SURE_WINTER = (12, 1, 2)
_SOUTHERN_WINTER = range(5, 9)


def zone_faults(found: Mapping[int, DayText]) -> dict[int, Fault]:
    """Refuse times whose day depends on a time zone that nobody has declared.

    A day counts as it is written where all times can be the clock on one wall: all in one offset other than UTC's, or
    in summer and winter time by the season. Times in UTC, and a mixture, are no clock on a wall; midnights are days
    without a time.
    """
    timed = {place: reading for place, reading in found.items() if reading.offset is not None}
    offsets = {reading.offset for reading in timed.values()}
    if not timed or (offsets == {timedelta()} and all(reading.at_midnight for reading in timed.values())):
        return {}
    has_naive_times = any(reading.offset is None and not reading.at_midnight for reading in found.values())
    if not has_naive_times and (_is_one(offsets) or _is_seasonal(timed.values())):
        return {}
    fault = column_fault("days.utc" if offsets == {timedelta()} and not has_naive_times else "days.zones")
    return dict.fromkeys(timed, fault)


def _is_one(offsets: Collection[timedelta | None]) -> bool:
    return len(offsets) == 1 and timedelta() not in offsets


def _is_seasonal(timed: Collection[DayText]) -> bool:
    """Tell whether there are two offsets, an hour apart, the larger in summer: north, or south of the equator."""
    offsets = sorted({reading.offset for reading in timed if reading.offset is not None})
    if len(offsets) != len(("winter", "summer")) or offsets[1] - offsets[0] != _HOUR:
        return False
    months = {(reading.offset, reading.day.month) for reading in timed if reading.day is not None}
    winter, summer = offsets
    north = all((winter, month) not in months for month in _SURE_SUMMER)
    north &= all((summer, month) not in months for month in _SURE_WINTER)
    south = all((winter, month) not in months for month in _SURE_WINTER)
    south &= all((summer, month) not in months for month in _SOUTHERN_WINTER)
    return north or south
