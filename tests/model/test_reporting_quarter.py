"""Which quarter is reported on when nobody names one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.quarters import Quarter
from retention_reports.model.reporting_quarter import complete_quarters, default_quarter

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(1, 12)


@pytest.mark.parametrize(
    ("newest_order", "committed_on", "expected"),
    [
        (date(2026, 9, 30), date(2026, 9, 29), "2026-Q2"),  # the quarter had not ended
        (date(2026, 9, 30), date(2026, 9, 30), "2026-Q3"),  # its last day counts as ended
        (date(2026, 9, 30), date(2026, 10, 1), "2026-Q3"),
        (date(2026, 10, 4), date(2026, 10, 5), "2026-Q3"),  # the new quarter has orders but has not ended
        (date(2026, 5, 4), date(2027, 3, 1), "2026-Q2"),  # committed long after the newest order
        (date(2026, 12, 31), date(2026, 1, 1), "2025-Q4"),  # orders dated beyond the commit
    ],
)
def test_the_commit_tells_which_quarter_had_ended(newest_order: date, committed_on: date, expected: str) -> None:
    assert default_quarter(newest_order, committed_on) == Quarter.parse(expected)


@pytest.mark.parametrize(
    ("newest_order", "expected"),
    [
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 9, 17), "2026-Q3"),  # the first of the last 14 days: 17 to 30 September
        (date(2026, 9, 16), "2026-Q2"),
        (date(2026, 7, 1), "2026-Q2"),
        (date(2026, 1, 2), "2025-Q4"),
    ],
)
def test_without_a_commit_an_order_in_the_last_fortnight_completes_the_quarter(
    newest_order: date, expected: str
) -> None:
    assert default_quarter(newest_order, None) == Quarter.parse(expected)


def test_quarters_follow_the_fiscal_year() -> None:
    # Quarters from February: the newest ends on 31 July.
    assert default_quarter(date(2026, 7, 31), date(2026, 7, 31), 2) == Quarter(2026, 2, 2)
    assert default_quarter(date(2026, 7, 31), date(2026, 7, 30), 2) == Quarter(2026, 1, 2)
    assert default_quarter(date(2026, 7, 18), None, 2) == Quarter(2026, 2, 2)
    assert default_quarter(date(2026, 7, 17), None, 2) == Quarter(2026, 1, 2)


@given(DAYS, DAYS, MONTHS)
def test_the_default_has_ended_on_the_day_of_the_commit_and_is_the_newest_such(
    newest_order: date, committed_on: date, start_month: int
) -> None:
    quarter = default_quarter(newest_order, committed_on, start_month)

    assert quarter.last_day <= committed_on
    assert quarter.first_day <= newest_order
    following = quarter.plus(1)
    assert following.last_day > committed_on or following.first_day > newest_order


@given(DAYS, MONTHS)
def test_without_a_commit_the_default_ends_less_than_a_fortnight_after_the_newest_order(
    newest_order: date, start_month: int
) -> None:
    quarter = default_quarter(newest_order, None, start_month)

    assert quarter.last_day < newest_order + timedelta(days=14)
    assert quarter.plus(1).last_day >= newest_order + timedelta(days=14)


def test_all_quarters_since_the_first_purchase_can_be_reported_on() -> None:
    quarters = complete_quarters(date(2025, 11, 30), Quarter(2026, 2))

    assert [str(quarter) for quarter in quarters] == ["2025-Q4", "2026-Q1", "2026-Q2"]


def test_a_single_complete_quarter_is_one() -> None:
    assert complete_quarters(date(2026, 6, 30), Quarter(2026, 2)) == (Quarter(2026, 2),)


def test_before_the_first_quarter_has_ended_there_is_none() -> None:
    assert complete_quarters(date(2026, 7, 1), Quarter(2026, 2)) == ()


def test_a_commit_at_the_calendars_end_changes_nothing() -> None:
    assert default_quarter(date(2026, 6, 24), date(9999, 12, 31)) == Quarter.parse("2026-Q2")
    assert default_quarter(date(2026, 6, 24), date(9999, 12, 31), 11) == default_quarter(
        date(2026, 6, 24), date(2026, 12, 31), 11
    )
