from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.frame import Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from tests.charts.reading_svg import boxes, shown_texts


def drawn(*bars: RankedBar) -> str:
    return draw_ranked_bars(
        RankedBars(
            identifier="r",
            title="t",
            description="d",
            bars=bars,
            now_label="2026",
            previous_label="2025",
            share_heading="Anteil",
        )
    )


def plain(value: float) -> RankedBar:
    return RankedBar(f"Kunde {value:g}", Value(value, f"{value:g} T€"))


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=12))
def test_lengths_are_proportional_to_values(values: list[int]) -> None:
    lengths = [box.width for box in boxes(drawn(*map(plain, values)), "c-actual")]
    longest = max(lengths)
    assert all(
        length == pytest.approx(longest * value / max(values), abs=0.02)
        for length, value in zip(lengths, values, strict=True)
    )


def test_a_negative_value_runs_to_the_left_of_the_same_line() -> None:
    gain, loss = boxes(drawn(plain(10), plain(-5)), "c-actual")
    assert loss.right == pytest.approx(gain.left, abs=0.02)
    assert loss.width == pytest.approx(gain.width / 2, abs=0.02)


def test_the_previous_year_is_a_thinner_bar_on_the_same_scale_and_named() -> None:
    svg = drawn(RankedBar("Maier", Value(100, "100"), Value(50, "50"), "20 %"))
    (now,) = [box for box in boxes(svg, "c-actual") if box.width > 8]
    (before,) = [box for box in boxes(svg, "c-previous") if box.width > 8]
    assert before.height < now.height / 2
    assert before.width == pytest.approx(now.width / 2, abs=0.02)
    assert {"2026", "2025", "Anteil", "20 %"} <= set(shown_texts(svg))


def test_without_a_previous_year_there_is_no_key() -> None:
    assert "2025" not in shown_texts(drawn(plain(1)))


def test_no_bars_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one bar"):
        drawn()
