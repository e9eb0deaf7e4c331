"""What was promised and when it came; deliveries are often late in the troubled period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Profile, Segment

_EARLY_SHARE = 0.18


def delivery(profile: Profile, period: Period, segment: Segment, day: date, chance: Random) -> tuple[date, date, bool]:
    """Return the promised day, the day of delivery and whether it was late."""
    promised = period.workday_after(day, chance.randint(2, 4))
    begin, end = (period.back(months) for months in profile.late_period)
    troubled = begin <= day <= end
    share = profile.late_share.usual
    if troubled:
        share = profile.late_share.troubled if segment.troubled_late_share is None else segment.troubled_late_share
    if happens(chance, share):
        return promised, period.workday_after(promised, chance.randint(1, 9 if troubled else 3)), True
    if happens(chance, _EARLY_SHARE):
        return promised, max(day + timedelta(days=1), promised - timedelta(days=1)), False
    return promised, promised, False
