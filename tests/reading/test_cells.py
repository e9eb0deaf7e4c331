from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.cells import cells_of, joined, same_in_every_row

TEXTS = st.lists(st.sampled_from(["", "a", "b", "ä", "10"]), max_size=12)


@given(TEXTS)
def test_cells_are_the_texts_they_were_made_from(texts: list[str]) -> None:
    cells = cells_of(texts)

    assert cells.texts.tolist() == texts
    assert cells.empty.tolist() == [text == "" for text in texts]
    assert len(cells) == len(texts)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_pieces_are_joined_in_their_order(pieces: list[list[str]]) -> None:
    whole = joined([cells_of(piece) for piece in pieces])

    assert whole.texts.tolist() == [text for piece in pieces for text in piece]


def test_repeated_texts_are_held_once_and_their_rows_found() -> None:
    cells = cells_of(["a", "b", "a", "a"])

    assert cells.words.tolist() == ["a", "b"]
    assert list(cells.rows_of({0})) == [(0, 0), (2, 0), (3, 0)]
    assert list(cells_of(["a", "b", "c"]).rows_of({2, 0})) == [(0, 0), (2, 2)]
    assert list(cells.rows_of(())) == []


def test_other_words_stand_in_the_same_rows() -> None:
    cells = cells_of(["yes", "no", "yes"]).reworded(lambda words: [word.upper() for word in words])

    assert cells.texts.tolist() == ["YES", "NO", "YES"]
    assert same_in_every_row("x", 2).texts.tolist() == ["x", "x"]
