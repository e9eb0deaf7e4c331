from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.cleaning import clean, unwrapped


def test_cells_are_trimmed_of_every_kind_of_blank() -> None:
    assert list(clean([" a ", "\tb", "\u00a0c\u202f", " "]).cells) == ["a", "b", "c", ""]


def test_ids_and_words_that_look_like_gaps_stay_as_they_are() -> None:
    assert list(clean(["0012", "NA", "null", "1E5"]).cells) == ["0012", "NA", "null", "1E5"]


def test_both_ways_to_write_an_umlaut_become_one() -> None:
    assert list(clean([unicodedata.normalize("NFD", "Müller"), "Müller"]).cells) == ["Müller", "Müller"]


def test_line_breaks_and_fixed_blanks_inside_a_cell_become_blanks() -> None:
    assert list(clean(["a\u00a0b", "a\nb"]).cells) == ["a b", "a b"]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad"])
def test_invisible_signs_are_dropped_and_told(sign: str) -> None:
    result = clean(["Bernd", f"An{sign}na"])

    assert list(result.cells) == ["Bernd", "Anna"]
    assert result.stripped_rows == (1,)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("a\x1bb", "control character"),
        ("a" * 51, "cell too long"),
        ("Ä" * 51, "cell too long"),
        ("a" + "\u0316" * 9, "combining marks"),
    ],
)
def test_what_no_report_could_print_is_a_fault(cell: str, kind: str) -> None:
    result = clean(["fine", cell], longest=50)

    assert [(row, found) for row, found, _ in result.faults] == [(1, kind)]
    assert list(result.cells) == ["fine", ""]


@given(st.lists(st.text(max_size=8), max_size=5))
def test_cleaning_twice_changes_nothing_more(cells: list[str]) -> None:
    once = list(clean(cells).cells)

    assert list(clean(once).cells) == once


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (['="0012"', '="7"'], ["0012", "7"]),
        (['="0012"', "7"], ["0012", "7"]),
        (["'0012", "'7"], ["0012", "7"]),
        (["'K1'", "", "'K2'"], ["K1", "", "K2"]),
        (["'t Hoen", "Behn"], ["'t Hoen", "Behn"]),
        (['=HYPERLINK("x")', "=1+1"], ['=HYPERLINK("x")', "=1+1"]),
    ],
)
def test_what_keeps_a_spreadsheet_from_counting_is_no_part_of_a_cell(written: list[str], meant: list[str]) -> None:
    assert unwrapped(written) == meant
