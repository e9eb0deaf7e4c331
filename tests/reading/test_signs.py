from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.cleaning import clean
from retention_reports.reading.signs import is_plain


@pytest.mark.parametrize("text", ["", "Anna B", "Änne & Söhne – 5 €", "株式会社"])
def test_composed_letters_and_ordinary_blanks_are_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\u00a0b", "a\u200bb", "a\x7fb", "A\u0308nne", "q\u0308", "\u212b"])
def test_signs_that_cleaning_would_change_or_look_at_are_not_plain(text: str) -> None:
    assert not is_plain(text)


@given(st.text(max_size=8))
def test_cleaning_a_plain_text_only_trims_it(text: str) -> None:
    each = [part for part in (text, unicodedata.normalize("NFC", text)) if is_plain(part)]

    assert list(clean([*each, "\u200b"]).cells) == [*(part.strip() for part in each), ""]
