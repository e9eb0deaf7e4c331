from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.frame import Group, Value
from retention_reports.charts.stacked_columns import StackedColumn, StackedColumns, draw_stacked_columns
from retention_reports.charts.style import EARLIER_OPACITY, Role
from tests.charts.reading_svg import attribute, boxes, marks, shown_texts, tooltips, zero_line

GROUPS = (Group(Role.LOYAL, "Treue"), Group(Role.NEW, "Neue"))
ROUNDING = 0.02


def drawn(*values: tuple[float, float], width: float = 680) -> str:
    columns = tuple(
        StackedColumn(f"Q{index}", tuple(Value(value, f"{value:g} T€") for value in pair), f"{sum(pair):g}", "2026")
        for index, pair in enumerate(values)
    )
    return draw_stacked_columns(
        StackedColumns(identifier="s", title="t", description="d", groups=GROUPS, columns=columns, width=width)
    )


def test_heights_are_proportional_to_values() -> None:
    first, second = boxes(drawn((100, 0), (50, 0)), "c-loyal")
    assert first.bottom - first.top + 1 == pytest.approx(2 * (second.height + 1), abs=ROUNDING)


def test_groups_stand_on_one_another_and_the_first_on_zero() -> None:
    svg = drawn((60, 40))
    (loyal,), (new,) = boxes(svg, "c-loyal"), boxes(svg, "c-new")
    assert loyal.bottom == pytest.approx(zero_line(svg), abs=ROUNDING)
    assert new.bottom == pytest.approx(loyal.top - 1, abs=ROUNDING)


def test_negative_values_hang_below_zero_and_do_not_shorten_the_stack() -> None:
    svg = drawn((60, -40))
    (loyal,), (new,) = boxes(svg, "c-loyal"), boxes(svg, "c-new")
    assert loyal.bottom == pytest.approx(zero_line(svg), abs=ROUNDING)
    assert new.top - 1 == pytest.approx(zero_line(svg), abs=ROUNDING)
    assert (new.height + 1) / (loyal.height + 1) == pytest.approx(40 / 60, abs=0.001)


def test_the_last_period_is_emphasised() -> None:
    rectangles = marks(drawn((1, 1), (1, 1), (1, 1)), "rect", "c-loyal")
    assert [mark.get("fill-opacity") for mark in rectangles] == [str(EARLIER_OPACITY)] * 2 + [None]


def test_groups_are_named_once_at_the_right_with_their_last_value() -> None:
    texts = shown_texts(drawn((60, 40), (70, 30)))
    assert [texts.count(name) for name in ("Treue", "70 T€", "Neue", "30 T€")] == [1, 1, 1, 1]
    assert "60 T€" not in texts


def test_every_segment_says_its_figures_on_hovering() -> None:
    assert tooltips(drawn((60, 40)))[0] == "Q0 2026 · Treue: 60 T€"


def test_totals_that_would_overlap_give_way_to_the_last_one() -> None:
    svg = drawn(*((123456789, 1) for _ in range(12)), width=330)
    shown = [text for text in shown_texts(svg) if text == "1.23457e+08"]
    assert 1 <= len(shown) < 12


def test_all_zero_draws_no_bars() -> None:
    assert boxes(drawn((0, 0), (0, 0))) == []


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1, max_size=8))
def test_bars_never_leave_the_plot(values: list[tuple[int, int]]) -> None:
    svg = drawn(*values)
    base = zero_line(svg)
    assert all(box.top >= 0 and box.bottom <= base + ROUNDING for box in boxes(svg))
    assert all(attribute(mark, "height") >= 0 for mark in marks(svg, "rect"))


def test_a_column_without_a_value_for_each_group_is_refused() -> None:
    column = StackedColumn("Q1", (Value(1, "1"),), "1")
    spec = StackedColumns(identifier="s", title="t", description="d", groups=GROUPS, columns=(column,))
    with pytest.raises(ValueError, match="one value for each group"):
        draw_stacked_columns(spec)


def test_nothing_to_draw_is_refused() -> None:
    spec = StackedColumns(identifier="s", title="t", description="d", groups=GROUPS, columns=())
    with pytest.raises(ValueError, match="at least one column"):
        draw_stacked_columns(spec)


def test_an_identifier_that_could_not_start_an_id_is_refused() -> None:
    with pytest.raises(ValueError, match="identifier"):
        StackedColumns(identifier="Kein Bezeichner", title="t", description="d", groups=GROUPS, columns=())
