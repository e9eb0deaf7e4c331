from __future__ import annotations

import pytest

from retention_reports.charts.frame import Value
from retention_reports.charts.grouped_columns import ColumnSet, GroupedColumns, draw_grouped_columns
from tests.charts.reading_svg import boxes, ids, shown_texts, zero_line


def drawn(*sets: ColumnSet) -> str:
    return draw_grouped_columns(
        GroupedColumns(
            identifier="g", title="t", description="d", sets=sets, actual_label="Ist", previous_label="Vorjahr"
        )
    )


def test_previous_and_actual_stand_beside_each_other_on_one_scale() -> None:
    svg = drawn(ColumnSet("Q1", Value(100, "100"), Value(50, "50")))
    (now,) = [box for box in boxes(svg, "c-actual") if box.height > 8.5]
    (before,) = [box for box in boxes(svg, "c-previous") if box.height > 8.5]
    assert before.right < now.left
    assert now.bottom == before.bottom == pytest.approx(zero_line(svg), abs=0.02)
    assert now.height == pytest.approx(2 * before.height, abs=0.02)


def test_a_forecast_is_hatched_in_place_of_an_actual_figure() -> None:
    svg = drawn(ColumnSet("Q1", Value(1, "1")), ColumnSet("Q2", forecast=Value(2, "2 erwartet")))
    assert "g-forecast-2" in ids(svg)
    assert "2 erwartet" in shown_texts(svg)


def test_an_actual_figure_makes_its_forecast_needless() -> None:
    svg = drawn(ColumnSet("Q1", Value(1, "1"), forecast=Value(2, "2 erwartet")))
    assert "2 erwartet" not in shown_texts(svg)


def test_a_plan_is_an_outline() -> None:
    assert len(boxes(drawn(ColumnSet("Q1", Value(1, "1"), plan=Value(2, "2"))), "s-plan")) == 1


def test_sets_without_any_value_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        drawn(ColumnSet("Q1"))
