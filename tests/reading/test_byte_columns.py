from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.byte_columns import WIDEST, ByteColumn

TEXTS = st.lists(st.text(alphabet="abcä€\n", max_size=11), max_size=12)


@given(TEXTS)
def test_a_column_tells_its_cells(texts: list[str]) -> None:
    column = ByteColumn.of(texts)

    assert column.texts() == texts
    assert column.widths.tolist() == [len(text.encode()) for text in texts]
    assert column.every(2).texts() == texts[::2]
    assert column.at(np.arange(len(texts))[::-1]).texts() == texts[::-1]


@given(st.lists(st.text(alphabet="ab", max_size=WIDEST), max_size=12))
def test_the_same_cells_and_no_others_have_the_same_number(texts: list[str]) -> None:
    column = ByteColumn.of(texts)
    numbers = column.numbered().tolist()

    assert numbers == [list(dict.fromkeys(texts)).index(text) for text in texts]
    assert column.all_different is (len(set(texts)) == len(texts))


@given(TEXTS)
def test_cells_of_bytes_are_the_cells_of_their_texts(texts: list[str]) -> None:
    cells = ByteCells(ByteColumn.of(texts), plain=False)

    assert list(cells) == texts
    assert len(cells) == len(texts)
    assert cells.empty.tolist() == [text == "" for text in texts]
    assert cells.has_empty is ("" in texts)
    assert list(cells.at(np.arange(len(texts))[1:])) == texts[1:]


@pytest.mark.parametrize(("texts", "expected"), [(["a b", ""], False), (["a", " b"], True), (["b ", "a"], True)])
def test_blanks_around_a_cell_are_seen(texts: list[str], *, expected: bool) -> None:
    assert ByteColumn.of(texts).has_blank_edge is expected


def test_wide_cells_are_texts_of_their_own() -> None:
    texts = ["a" * 100, "b", "a" * 100]

    assert list(ByteCells(ByteColumn.of(texts), plain=True)) == texts
    assert not ByteCells(ByteColumn.of(texts), plain=True).needs_no_cleaning(99)
