"""Columns on paper are as wide as their texts need, and never break a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.presentation.view import Cell, Column
from retention_reports.rendering.column_widths import FULL_WIDTH, HALF_WIDTH, column_widths

COLUMNS = (Column("Kunde"), Column("Grund"), Column("Umsatz", numeric=True))
LONG = "Seit 212 Tagen kein Kontakt, zuletzt unzufrieden mit der Lieferung, deren Tag mehrmals verschoben wurde"


def _rows(*texts: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(text) for text in row) for row in texts)


def test_where_all_fits_columns_share_the_width_as_they_are_wide() -> None:
    name, reason, revenue = column_widths(COLUMNS, _rows(("Hotel Bergblick", "Preis", "128.431")), FULL_WIDTH)

    assert name > revenue > reason
    assert name + reason + revenue == 200


def test_long_texts_are_broken_and_numbers_are_not() -> None:
    alone = column_widths((Column("Umsatz", numeric=True),), _rows(("128.431",)), FULL_WIDTH)
    name, reason, revenue = column_widths(COLUMNS, _rows(("Hotel Bergblick", LONG, "128.431")), HALF_WIDTH)

    assert alone == (200,)
    assert reason > name > revenue > 200 * 40 / HALF_WIDTH


def test_a_closing_row_without_cells_asks_for_nothing() -> None:
    rows = _rows(("Hotel Bergblick", "Preis", "1"))

    assert column_widths(COLUMNS, (*rows, ()), FULL_WIDTH) == column_widths(COLUMNS, rows, FULL_WIDTH)


@pytest.mark.parametrize(
    "rows", [_rows(("W" * 80, "Preis", "1")), ((Cell("Hotel", svg="<svg/>"), Cell("Preis"), Cell("1")),)]
)
def test_words_wider_than_the_table_and_pictures_are_left_to_the_layout(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert column_widths(COLUMNS, rows, FULL_WIDTH) == ()


@given(st.lists(st.tuples(*[st.text("abc 1.,-\u00ad", max_size=40)] * 3), max_size=5))
def test_the_shares_make_a_whole_and_none_is_nothing(texts: list[tuple[str, ...]]) -> None:
    widths = column_widths(COLUMNS, _rows(*texts), FULL_WIDTH)

    assert sum(widths) == 200 or not widths
    assert all(width > 0 for width in widths)
