from __future__ import annotations

import pytest

from retention_reports.charts.dumbbell import Dumbbells, Pair, draw_dumbbells
from retention_reports.charts.frame import Value
from retention_reports.charts.style import Effect
from tests.charts.reading_svg import attribute, marks, shown_texts


def drawn(*pairs: Pair) -> str:
    return draw_dumbbells(
        Dumbbells(
            identifier="d",
            title="t",
            description="d",
            pairs=pairs,
            first_label="Angabe",
            second_label="Gemessen",
            top=1,
        )
    )


def test_a_line_joins_the_two_values_in_the_colour_of_the_effect() -> None:
    svg = drawn(Pair("Besuche", Value(0.9, "90 %"), Value(0.6, "60 %"), Effect.BAD))
    (line,) = marks(svg, "line", "s-bad")
    (hollow,), (solid,) = marks(svg, "circle", "s-bad"), marks(svg, "circle", "c-bad")
    assert attribute(line, "x1") == attribute(hollow, "cx")
    assert attribute(line, "x2") == attribute(solid, "cx")
    assert attribute(line, "x2") < attribute(line, "x1")


def test_rows_share_one_scale() -> None:
    svg = drawn(Pair("A", Value(0, "0 %"), Value(1, "100 %")), Pair("B", Value(0.5, "50 %"), None))
    left, middle, right = (attribute(mark, "cx") for mark in (marks(svg, "circle")[index] for index in (2, 4, 3)))
    assert middle == pytest.approx((left + right) / 2, abs=0.02)


def test_what_was_not_measured_is_said_in_words() -> None:
    svg = drawn(Pair("Besuche", Value(0.5, "50 %"), None, missing="nicht gemessen"))
    assert {"50 %", "nicht gemessen"} <= set(shown_texts(svg))


def test_equal_values_show_both_texts() -> None:
    assert shown_texts(drawn(Pair("A", Value(0.5, "50 %"), Value(0.5, "50 %")))).count("50 %") == 2


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        drawn()
