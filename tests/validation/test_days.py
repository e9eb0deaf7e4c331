from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.reading.day_forms import check_day_form
from retention_reports.validation import days as module
from retention_reports.validation.days import parse_days, parse_plain_days


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2024-02-29", ""),
        ("29.02.2024", "%d.%m.%Y"),
        ("29.02.24", "%d.%m.%y"),
        ("02/29/2024", "%m/%d/%Y"),
        ("20240229", "%Y%m%d"),
        ("2024-02-29 23:59:59", "%Y-%m-%d %H:%M:%S"),
        ("2024-02-29T00:00:00.000", "%Y-%m-%dT%H:%M:%S"),
        ("2024-02-29 17:41:00 -0500", "%Y-%m-%d %H:%M:%S %z"),
        ("am 29.02.2024 (Do)", "am %d.%m.%Y (Do)"),
    ],
)
def test_a_day_is_read_as_declared_without_its_time(text: str, form: str) -> None:
    found = parse_days([text], form)

    assert not found.faults
    assert found.values.astype("datetime64[D]").tolist() == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-31", "February 2026 has 28 days"),
        ("2026-04-00", "April 2026 has 30 days"),
        ("2026-13-01", "no month 13"),
        ("0000-00-00", "no month 00"),
        ("1899-12-31", "1900 to 2199"),
        ("9999-12-31", "1900 to 2199"),
        ("20226-01-01", "written as 2026-12-31"),
        ("2026-1-5", "written as 2026-12-31"),
        ("\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0665", "written as 2026-12-31"),
        ("2026-01-05 00:00", "written as 2026-12-31"),
        ("45678", "written as 2026-12-31"),
    ],
)
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    found = parse_days([text, "2026-01-05"], "")

    assert list(found.faults) == [0]
    assert reason in found.faults[0]
    assert found.values.astype("datetime64[D]").tolist() == [None, date(2026, 1, 5)]


@pytest.mark.parametrize("form", ["%d.%m.", "%d.%m.%Y %j", "%d.%m.%Y%y", "%d%d%m%Y", "DD.MM.YYYY", "%", "%-d.%m.%Y"])
def test_forms_that_leave_something_open_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="does not say"):
        check_day_form(form)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d"]))
def test_every_day_written_as_declared_is_read_back(day: date, form: str) -> None:
    assert parse_days([day.strftime(form)], form).values.astype("datetime64[D]").tolist() == [day]


@given(st.text(max_size=12))
def test_no_text_upsets_the_reader(text: str) -> None:
    found = parse_days([text], "")

    assert len(found.values) == 1


@given(
    st.lists(st.from_regex(r"[0-3][0-9][./][01][0-9][./](19|20|21)?[0-9]{2}( [0-2][0-9]:[0-6][0-9])?", fullmatch=True)),
    st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%d.%m.%y", "%d.%m.%Y %H:%M"]),
)
def test_the_fast_way_and_the_thorough_one_agree(texts: list[str], form: str) -> None:
    fast = parse_plain_days(ByteColumn.of(texts), form)
    thorough = module._parse_each(texts, form)

    assert (fast is None) == (bool(thorough.faults) or not texts)
    assert fast is None or fast.tolist() == thorough.values.tolist()


def test_days_and_gaps_take_the_fast_way_unless_their_width_is_left_open() -> None:
    column = ByteColumn.of(["am 29.02.2024 um 7 Uhr – früh", ""])
    fast = parse_plain_days(column, "am %d.%m.%Y um 7 Uhr – früh")

    assert fast is not None
    assert fast.astype("datetime64[D]").tolist() == [date(2024, 2, 29), None]
    assert parse_plain_days(ByteColumn.of(["29.02.2024 Z"]), "%d.%m.%Y %z") is None
    assert parse_plain_days(ByteColumn.of(["", ""]), "") is None
