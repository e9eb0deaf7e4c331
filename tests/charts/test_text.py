from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.geometry import Box
from retention_reports.charts.text import (
    Anchor,
    Label,
    Weight,
    ellipsized,
    keep_apart,
    push_apart,
    text_width,
    wrapped,
)

any_text = st.text("abcÄÖüß –.,0123456789€\u00ad", max_size=60)


def test_widths_come_from_the_font() -> None:
    assert text_width("iii", 10) < text_width("WWW", 10) / 3
    assert text_width("Umsatz", 10) < text_width("Umsatz", 10, Weight.SEMIBOLD)
    assert text_width("Umsatz", 20) == pytest.approx(2 * text_width("Umsatz", 10))


@pytest.mark.parametrize("weight", Weight)
def test_the_table_covers_what_reports_write(weight: Weight) -> None:
    written = "AZaz09ÄÖÜäöüßŁłŐőŠšŽžéèçñå€%–—…„“”‘’·−±×▲▼ \u00a0"
    assert all(text_width(character, 1000, weight) != 1000 for character in written if character not in "—…▲▼")
    assert text_width("▲", 1000, weight) != text_width("\u4e2d" * 2, 1000, weight)


def test_an_unknown_character_counts_as_one_em_and_a_soft_hyphen_as_nothing() -> None:
    assert text_width("\u4e2d", 10) == 10
    assert text_width("a\u00adb", 10) == text_width("ab", 10)


def test_text_that_fits_is_left_alone() -> None:
    assert ellipsized("Neue", 100, 10) == "Neue"


def test_text_without_any_room_vanishes() -> None:
    assert ellipsized("Neue", 2, 10) == ""


@given(any_text, st.floats(1, 200))
def test_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(ellipsized(text, width, 10), 10) <= width


def test_lines_break_at_spaces_and_soft_hyphens_only() -> None:
    assert wrapped("Zurück\u00adgewonnene Kunden", 70, 10) == ("Zurück-", "gewonnene…")
    assert wrapped("Zurück\u00adgewonnene Kunden", 70, 10, lines=3) == ("Zurück-", "gewonnene", "Kunden")
    assert wrapped("Aktiv 30.\u00a0Juni", 50, 10) == ("Aktiv", "30.\u00a0Juni")


@given(any_text, st.floats(10, 200), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_few(text: str, width: float, lines: int) -> None:
    result = wrapped(text, width, 10, lines=lines)
    assert len(result) <= lines
    assert all(text_width(line, 10) <= width for line in result)


@pytest.mark.parametrize(("anchor", "left"), [(Anchor.START, 100), (Anchor.MIDDLE, 90), (Anchor.END, 80)])
def test_an_anchor_decides_where_the_text_lies(anchor: Anchor, left: float) -> None:
    label = Label(100, 50, "\u4e2d\u4e2d", 10, anchor)
    assert (label.box.left, label.box.width) == (left, 20)
    assert label.box.top < 50 < label.box.bottom


def test_a_label_beyond_an_edge_is_moved_inside() -> None:
    label = Label(0, 50, "\u4e2d\u4e2d", 10, Anchor.MIDDLE)
    assert label.kept_within(0, 100).box.left == 0
    assert label.kept_within(-50, 5).box.right == 5


def test_the_more_important_of_two_overlapping_labels_stays() -> None:
    first, second, third = Label(0, 50, "eins"), Label(5, 50, "zwei"), Label(80, 50, "drei")
    assert keep_apart([first, second, third]) == [first, third]
    assert keep_apart([first, third], [Box(70, 40, 90, 60)]) == [first]
    assert keep_apart([first, Label(first.box.right + 2, 50, "neben")], gap=4) == [first]


def test_labels_far_enough_apart_stay_where_they_are() -> None:
    assert push_apart([80, 20], [10, 10], 0, 100) == [80, 20]


def test_labels_pushed_apart_keep_their_order() -> None:
    assert push_apart([50, 51], [10, 10], 0, 100) == [50, 60]
    assert push_apart([99, 99], [10, 10], 0, 100) == [85, 95]


@given(st.lists(st.tuples(st.floats(-50, 250), st.floats(1, 20)), max_size=10))
def test_labels_pushed_apart_never_overlap_or_leave(wanted: list[tuple[float, float]]) -> None:
    heights = [height for _, height in wanted]
    placed = push_apart([centre for centre, _ in wanted], heights, 0, 200)
    edges = sorted((centre - height / 2, centre + height / 2) for centre, height in zip(placed, heights, strict=True))
    assert all(edge[0] >= -1e-6 and edge[1] <= 200 + 1e-6 for edge in edges)
    assert all(first[1] <= second[0] + 1e-6 for first, second in pairwise(edges))


def test_labels_higher_than_their_space_are_refused() -> None:
    with pytest.raises(ValueError, match="higher together"):
        push_apart([1, 2], [60, 60], 0, 100)
