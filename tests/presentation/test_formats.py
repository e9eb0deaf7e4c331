"""Numbers as a German and an English reader expect them."""

from __future__ import annotations

import pytest

from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.wording import load_wording
from retention_reports.resources import templates_folder
from tests.support.datasets import amount, day

GERMAN = Formats(load_wording(templates_folder() / "wording", "de"), "EUR")
ENGLISH = Formats(load_wording(templates_folder() / "wording", "en"), "GBP")


@pytest.mark.parametrize(
    ("units", "german", "english"),
    [
        ("0", "0 €", "£0"),
        ("9999.49", "9.999 €", "£9,999"),
        ("118400", "118 T€", "£118k"),
        ("-118400", "−118 T€", "−£118k"),
        ("-12.30", "−12 €", "−£12"),
        ("-0.20", "0 €", "£0"),
    ],
)
def test_money_is_short_where_management_reads_it(units: str, german: str, english: str) -> None:
    assert GERMAN.money_short(amount(units)).replace("\u00a0", " ") == german
    assert ENGLISH.money_short(amount(units)).replace("\u00a0", " ") == english


def test_money_that_stands_together_has_one_unit() -> None:
    large, small = amount("118400"), amount("-945")

    assert ENGLISH.money_alike([large, 0]) == ["£118k", "£0k"]
    assert ENGLISH.money_alike([large, small, 0]) == ["£118,400", "−£945", "£0"]
    assert GERMAN.money_alike([large, small], signed=True) == ["+118.400\u00a0€", "−945\u00a0€"]
    assert ENGLISH.money_alike([amount("3822575"), amount("1917")]) == ["£3,823k", "£2k"]
    assert ENGLISH.money_alike([0]) == ["£0"]
    assert ENGLISH.k_of_n(Rate(amount("1917"), amount("66000"), is_money=True)) == "£1,917 of £66,000"


def test_shares_and_changes_have_their_signs() -> None:
    assert GERMAN.percent(0.8134) == "81,3\u00a0%"
    assert ENGLISH.percent(0.8134) == "81.3%"
    assert GERMAN.signed_percent(-0.0241) == "−2,4\u00a0%"
    assert ENGLISH.signed(0.0) == "0"
    assert ENGLISH.signed(3) == "+3"
    assert GERMAN.signed_money(amount("1250")) == "+1.250\u00a0€"


def test_small_numbers_are_shown_as_small_numbers() -> None:
    assert ENGLISH.rate(Rate(3, 9)) == "3 of 9"
    assert ENGLISH.rate(Rate(5, 10)) == "50.0% (24 to 76%)"
    assert ENGLISH.rate(Rate(15, 30)) == "50.0%"
    assert ENGLISH.rate(Rate(0, 0)) == ENGLISH.rate_in_table(Rate(0, 0)) == "–"
    assert ENGLISH.rate(Rate(240_160_000, 20_000, is_money=True)) == "£24,016 of £2"


def test_days_and_quarters_read_as_the_language_writes_them() -> None:
    assert GERMAN.day(day("2026-09-05")) == "05.09.2026"
    assert GERMAN.long_day(day("2026-09-05")) == "5. September 2026"
    assert ENGLISH.long_day(day("2026-09-05")) == "5 September 2026"
    assert GERMAN.quarter(Quarter(2026, 3)) == "3. Quartal 2026"
    assert ENGLISH.fiscal_year(Quarter(2026, 2, start_month=4)) == "2026/27"
    assert ENGLISH.axis_year(Quarter(2026, 2, start_month=4)) == "26/27"
    assert ENGLISH.axis_year(Quarter(2026, 2)) == "2026"


def test_lists_are_joined_as_sentences_join_them() -> None:
    assert GERMAN.listing(["a", "b", "c"]) == "a, b und c"
    assert GERMAN.listing(["a"]) == "a"
    assert ENGLISH.listing(["Bar, Millhaven", "b", "c"]) == "Bar, Millhaven; b; c"
