"""By when something is to be done."""

from __future__ import annotations

from datetime import date

import pytest

from retention_reports.recommending.deadlines import due_day, report_day
from retention_reports.recommending.kinds import Kind

CUT_OFF = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("committed_on", "expected"),
    [
        (None, CUT_OFF),
        (date(2024, 12, 20), CUT_OFF),
        (date(2025, 1, 20), date(2025, 1, 20)),
        (date(2026, 11, 1), CUT_OFF),
    ],
)
def test_a_report_is_of_the_day_of_its_data_within_the_quarter_after(committed_on: date | None, expected: date) -> None:
    assert report_day(CUT_OFF, committed_on) == expected


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        (Kind.ANSWER_NOTICE, date(2026, 10, 1), date(2026, 10, 2)),
        (Kind.ANSWER_NOTICE, date(2026, 10, 2), date(2026, 10, 5)),  # a Friday
        (Kind.SETTLE_COMPLAINT, date(2026, 10, 2), date(2026, 10, 6)),
        (Kind.WIN_BACK, date(2026, 10, 1), date(2026, 10, 29)),
    ],
)
def test_urgent_things_are_due_within_working_days_others_in_four_weeks(
    kind: Kind, start: date, expected: date
) -> None:
    assert due_day(kind, start) == expected
