from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.reading.day_forms import check_day_form
from retention_reports.validation import days as module
from retention_reports.validation.day_proposals import FORMS
from retention_reports.validation.days import parse_days, parse_plain_days

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    found = parse_days([text], (form,) if form else ())

    assert not found.faults
    assert found.values.astype("datetime64[D]").tolist() == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-31", "February 2026 has 28 days"),
        ("2026-04-00", "April 2026 has 30 days"),
        ("2026-13-01", "no month 13"),
        ("1899-11-30", "1900 to 2199"),
        ("9998-12-30", "1900 to 2199"),
        ("20226-01-01", "written as 2026-12-31"),
        ("2026-1-5", "written as 2026-12-31"),
        ("\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0665", "written as 2026-12-31"),
        ("45678", "written as 2026-12-31"),
    ],
)
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    found = parse_days([text, "2026-01-05"], ())

    assert list(found.faults) == [0]
    assert reason in str(found.faults[0].message(text, 1, file="orders"))
    assert found.values.astype("datetime64[D]").tolist() == [None, date(2026, 1, 5)]


@pytest.mark.parametrize(
    "form",
    [
        "%d.%m.",
        "%d.%m.%Y %j",
        "%d.%m.%Y%y",
        "%d%d%m%Y",
        "DD.MM.YYYY",
        "%",
        "%-d%d.%m.%Y",
        "%d.%m.%b.%Y",
        "%d.%m.%Y %H %I",
        "excel %d",
    ],
)
def test_forms_that_leave_something_open_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="does not say"):
        check_day_form(form)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d"]))
def test_every_day_written_as_declared_is_read_back(day: date, form: str) -> None:
    assert parse_days([day.strftime(form)], (form,)).values.astype("datetime64[D]").tolist() == [day]


@given(st.text(max_size=12))
def test_no_text_upsets_the_reader(text: str) -> None:
    found = parse_days([text], ())

    assert len(found.values) == 1


@given(
    st.lists(st.from_regex(r"[0-3][0-9][./][01][0-9][./](19|20|21)?[0-9]{2}( [0-2][0-9]:[0-6][0-9])?", fullmatch=True)),
    st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%d.%m.%y", "%d.%m.%Y %H:%M"]),
)
def test_the_fast_way_and_the_thorough_one_agree(texts: list[str], form: str) -> None:
    fast = parse_plain_days(ByteColumn.of(texts), (form,))
    thorough = module._parse_each(texts, (form,), "", None)

    assert fast is None or (fast.tolist(), thorough.faults) == (thorough.values.tolist(), {})


def test_days_and_gaps_take_the_fast_way_unless_their_width_is_left_open() -> None:
    column = ByteColumn.of(["am 29.02.2024 um 7 Uhr – früh", ""])
    fast = parse_plain_days(column, ("am %d.%m.%Y um 7 Uhr – früh",))

    assert fast is not None
    assert fast.astype("datetime64[D]").tolist() == [date(2024, 2, 29), None]
    assert parse_plain_days(ByteColumn.of(["29.02.2024 Z"]), ("%d.%m.%Y %z",)) is None
    assert parse_plain_days(ByteColumn.of(["", ""]), ()) is None


def told(*texts: str, forms: tuple[str, ...] = (), zone: str = "") -> str:
    """Return the English message for the first text that is refused; empty where all are read."""
    faults = parse_days(texts, forms, zone).faults
    place = min(faults, default=-1)
    return str(faults[place].message(texts[place], len(faults), file="orders")) if faults else ""


def read(*texts: str, forms: tuple[str, ...] = (), zone: str = "") -> list[date | None]:
    """Return the days of texts that must all be read."""
    found = parse_days(texts, forms, zone)
    assert not found.faults
    days: list[date | None] = found.values.astype("datetime64[D]").tolist()
    return days


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1.3.2025", "%d.%m.%Y"),
        ("1.3.25", "%-d.%-m.%y"),
        ("3/1/2025 8:26", "%m/%d/%Y %H:%M"),
        ("3/1/2025 8:26", "%m/%d/%Y"),
        ("03/01/2025 08:26:11 PM", "%m/%d/%Y %I:%M:%S %p"),
        ("3/1/2025 8:26 a.m.", "%m/%d/%Y"),
        ("2025-03-01T08:26:11.123+02:00", "%Y-%m-%d"),
        ("01.03.2025, 14:30 Uhr", "%d.%m.%Y"),
        ("01-M\u00e4r-25", "%d-%b-%y"),
        ("1. M\u00e4rz 2025", "%d. %B %Y"),
        ("Mar 1, 2025", "%b %d, %Y"),
        ("1 mars 2025", "%d %B %Y"),
        ("1 mrt. 2025", "%d %b %Y"),
        ("1 de marzo de 2025", "%d de %B de %Y"),
        ("Sat, 01 Mar 2025 10:00", "%a, %d %b %Y"),
        ("45717", "excel"),
        ("45717.351", "excel"),
        ("1740787200", "unix"),
        ("1740787200123", "unix"),
        ("03.2025", "%m.%Y"),
        ("März 2025", "%b %Y"),
        ("2025-03-01", "%d.%m.%Y"),
    ],
)
def test_days_are_read_with_or_without_leading_zeros_times_and_names_of_months(text: str, form: str) -> None:
    assert read(text, forms=(check_day_form(form),)) == [date(2025, 3, 1)]


@given(
    st.dates(date(1970, 1, 2), date(2068, 12, 30)).filter(lambda day: (day.month, day.day) != (1, 1)),
    st.sampled_from([form for form in FORMS if "%d" in form]),
)
def test_every_form_that_is_proposed_reads_what_it_writes(day: date, form: str) -> None:
    written = datetime.combine(day, time(9, 5), UTC).strftime(form)
    unpadded = re.sub(r"\b0(?=[0-9]\b)", "", written) if re.search(r"%d[ ./-]|[ ./-]%d", form) else written

    assert read(written, forms=(form,), zone="UTC") == [day]
    assert form.endswith("%y") or read(unpadded, forms=(form,), zone="UTC") == [day]


@pytest.mark.parametrize(
    ("texts", "cure"),
    [
        (["05.01.2025", "13.02.2025"], 'declare date_format = "%d.%m.%Y" in'),
        (["1.3.2025 8:26", "12.3.2025 17:05"], 'declare date_format = "%d.%m.%Y" in'),
        (["01/02/2025", "25/02/2025"], 'declare date_format = "%d/%m/%Y" in'),
        (["01/02/2025", "02/25/2025"], 'declare date_format = "%m/%d/%Y" in'),
        (["01/02/2025"], 'declare date_format = "%d/%m/%Y" or date_format = "%m/%d/%Y", whichever it is, in'),
        (["2026-1-5"], 'declare date_format = "%Y-%m-%d" in'),
        (["10-Dez-25", "3-Jan-26"], 'declare date_format = "%d-%b-%y" in'),
        (["3. M\u00e4rz 2025"], 'declare date_format = "%d. %b %Y" in'),
        (["45730", "45731"], 'declare date_format = "excel" in'),
        (["2025-01-05", "05.02.2025"], 'declare date_format = ["%Y-%m-%d", "%d.%m.%Y"] in'),
        (["2025-01-05", "01/02/2025"], 'date_format = ["%Y-%m-%d", "%d/%m/%Y"] or date_format = ["%Y-%m-%d", "%m'),
        (["25/01/2025", "01/25/2025", "01/02/2025"], "in several ways that no form tells apart"),
        (["2025-01-05", "soon"], "(mend it)"),
    ],
)
def test_the_message_proposes_what_reads_the_whole_column_or_asks(texts: list[str], cure: str) -> None:
    assert cure in told(*texts)


def test_a_wrong_declaration_is_told_by_the_days_that_it_does_not_have() -> None:
    assert 'date_format = "%d/%m/%Y"' in told("01/02/2025", "25/02/2025", forms=("%m/%d/%Y",))
    assert "several ways" in told("01/02/2025", "25/02/2025", "02/25/2025", forms=("%m/%d/%Y",))


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 2), date(2049, 12, 30)), st.sampled_from(FORMS[:22])), min_size=1, max_size=4
    )
)
def test_a_proposal_reads_all_days_that_it_is_made_for(days: list[tuple[date, str]]) -> None:
    texts = [day.strftime(form) for day, form in days]
    proposed: list[tuple[str, ...]] = []

    def cure(forms: Sequence[str]) -> str:
        proposed.append(tuple(forms))
        return str(forms)

    parse_days(texts, (), "", cure)

    for forms in proposed:
        assert not parse_days(texts, forms).faults


def test_several_forms_are_read_side_by_side_unless_they_contradict_each_other() -> None:
    forms = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")

    assert read("2025-01-05", "5.1.2025", "25/01/2025", forms=forms)[:2] == [date(2025, 1, 5)] * 2
    assert "is 2025-01-02 by one of the declared forms and 2025-02-01" in told("01/02/2025", forms=forms[2:])


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["2025-03-31T22:30:00Z"], "is a time in UTC"),
        (["2025-03-31T22:30:00+00:00", "2025-03-31"], "is a time in UTC"),
        (["2025-03-31T22:30:00Z", "2025-04-01T00:30:00+02:00"], "zones are not the same"),
        (["2025-06-30T22:30:00+01:00", "2025-06-01T00:30:00+02:00"], "zones are not the same"),
        (["2025-06-30 22:30:00 +0100", "2025-07-01 22:30:00"], "another zone"),
        (["2025-06-30 22:30:00 -0500", "2025-07-01 22:30:00 +0200"], "zones are not the same"),
    ],
)
def test_times_that_are_no_clock_on_one_wall_ask_for_the_zone(texts: list[str], message: str) -> None:
    assert message in told(*texts)
    assert not told(*texts, zone="Europe/Berlin")


@pytest.mark.parametrize(
    "texts",
    [
        ["2025-03-31 23:30:00 +0200", "2025-01-31 23:30:00 +0100"],
        ["2025-07-31 23:30:00 +0100", "2025-01-31 23:30:00 +0000"],
        ["2025-07-31 23:30:00 +1000", "2025-01-31 23:30:00 +1100"],
        ["2025-07-31 23:30:00 +0200", "2025-05-31 23:30:00 +0200"],
        ["2025-07-31T00:00:00Z", "2025-05-31T00:00:00Z"],
    ],
)
def test_times_of_one_place_count_by_the_day_as_written(texts: list[str]) -> None:
    assert read(*texts) == [date.fromisoformat(text[:10]) for text in texts]


def test_times_are_taken_to_the_declared_zone() -> None:
    texts = ["2025-03-31T22:30:00Z", "2025-04-01T00:30:00+02:00", "2025-03-31 22:30", "2025-03-31"]

    assert read(*texts, zone="Europe/Berlin") == [date(2025, 4, 1)] * 2 + [date(2025, 3, 31)] * 2


@pytest.mark.parametrize(
    "text",
    ["1900-01-01", "1970-01-01", "1899-12-30", "0001-01-01", "0000-00-00", "2099-12-31", "2199-12-31", "9999-12-31",
     "1753-01-01", "1970-01-01 00:00:00"],
)  # fmt: skip
def test_days_that_stand_for_none_are_gaps(text: str) -> None:
    found = parse_days([text, "2025-01-05"], ())

    assert (found.placeholders, found.faults) == ((0,), {})
    assert found.values.astype("datetime64[D]").tolist() == [None, date(2025, 1, 5)]
    assert parse_plain_days(ByteColumn.of([text, "2025-01-05"]), ()) is None


@pytest.mark.parametrize("filling", [" ", "1", "1.", "a", "-", "T08:00"])
def test_a_long_cell_is_refused_at_once(filling: str) -> None:
    assert list(parse_days(["2025-01-05" + filling * 5_000], ("%d. %B %Y",)).faults) == [0]


def test_days_are_counted_from_1900_or_from_1904() -> None:
    """14 March 2025 is day 45,730 of the one count and 1,462 less of the other."""
    counted = [parse_days([text], (form,)).values for text, form in (("45730", "excel"), ("44268.5", "excel-1904"))]

    assert [days.astype("datetime64[D]").tolist() for days in counted] == [[date(2025, 3, 14)]] * 2
