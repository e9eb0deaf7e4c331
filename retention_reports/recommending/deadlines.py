"""By when something is to be done: never in the past, without a clock."""

from __future__ import annotations

from datetime import date, timedelta

from retention_reports.recommending.kinds import Kind

_WORKING_DAYS = {Kind.ANSWER_NOTICE: 1, Kind.SETTLE_COMPLAINT: 2}
_WEEKS = 4
_FRIDAY = 4
_LATE_AFTER_DAYS = 92
"""A quarter's report is made in the quarter after it; a commit later than that belongs to a later report."""


def report_day(cut_off: date, committed_on: date | None) -> date:
    """Return the day from which deadlines count: the data's commit in the quarter after the cut-off, else the cut-off.

    A past quarter that is built again is dated from its own time.
    """
    if committed_on is None or not cut_off < committed_on <= cut_off + timedelta(days=_LATE_AFTER_DAYS):
        return cut_off
    return committed_on


def due_day(kind: Kind, start: date) -> date:
    """Return by when: a notice is answered on the next working day, a complaint within two, the rest in four weeks."""
    left = _WORKING_DAYS.get(kind, 0)
    if not left:
        return start + timedelta(weeks=_WEEKS)
    day = start
    while left:
        day += timedelta(days=1)
        left -= day.weekday() <= _FRIDAY
    return day
