from __future__ import annotations

import pytest

from retention_reports.charts.frame import Value
from retention_reports.charts.heat_map import HeatMap, HeatRow, draw_heat_map
from tests.charts.reading_svg import boxes, shown_texts


def drawn(*rows: tuple[Value | None, ...], columns: int = 2, high: float = 1) -> str:
    return draw_heat_map(
        HeatMap(
            identifier="h",
            title="t",
            description="d",
            columns=tuple(f"M{index}" for index in range(columns)),
            rows=tuple(HeatRow(f"Q{index}", cells, "24") for index, cells in enumerate(rows)),
            high=high,
        )
    )


def test_higher_values_have_deeper_shades() -> None:
    svg = drawn((Value(0.05, "5 %"), Value(0.95, "95 %")))
    assert len(boxes(svg, "c-heat-1")) == len(boxes(svg, "c-heat-6")) == 1


def test_an_unknown_cell_stays_empty_and_nought_does_not() -> None:
    svg = drawn((Value(0, "0 %"), None))
    assert len(boxes(svg)) == 1
    assert "0 %" in shown_texts(svg)


def test_cells_of_a_column_stand_below_one_another() -> None:
    first, second = boxes(drawn((Value(1, "a"), None), (Value(1, "b"), None)))
    assert (first.left, first.right) == (second.left, second.right)
    assert first.bottom < second.top


def test_rows_that_do_not_match_the_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="one cell a column"):
        drawn((None,), columns=2)


def test_a_scale_without_extent_is_refused() -> None:
    with pytest.raises(ValueError, match="extent"):
        drawn((None, None), high=0)


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        drawn()
