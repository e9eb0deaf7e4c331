"""Files without a header: every row is a row, and columns are named by their positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.grid import split_text

if TYPE_CHECKING:
    from pathlib import Path

from tests.support.folders import load

SETTINGS = (
    'name = "Client"\n[files.orders]\nheader_line = 0\n'
    "[files.orders.columns]\norder_id = 1\ncustomer_id = 2\nordered_on = 3\namount = 4\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "1,K1,2026-01-05,100.00\n2,K2,2026-02-06,50.50\n",
        "1;K1;2026-01-05;100.00\r\n2;K2;2026-02-06;50.50\r\n",
        '"1","K1","2026-01-05","100.00"\n"2","K2","2026-02-06","50.50"\n',
        '1,K1,2026-01-05,100.00\n"2",K2,2026-02-06,50.50',
        "sep=;\n1;K1;2026-01-05;100.00\n2;K2;2026-02-06;50.50\n",
    ],
)
def test_the_first_line_is_a_row_like_all_others(tmp_path: Path, text: str) -> None:
    orders = load(tmp_path, SETTINGS, orders=text).tables["orders"]

    assert orders["order_id"].tolist() == ["1", "2"]
    assert orders["amount"].sum() == 1_505_000


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert split_text(b"a,b\nc,d\n", header_line=0).lines.tolist() == [1, 2]
    assert split_text(b"sep=,\na,b\nc,d\n", header_line=0).lines.tolist() == [2, 3]
    assert split_text(b"a,b\nc,d\n", header_line=0).header == ("1", "2")
