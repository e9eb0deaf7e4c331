from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.support.folders import CLIENT, load, problems
from tests.support.spreadsheets import xlsx

if TYPE_CHECKING:
    from pathlib import Path

Row: TypeAlias = list[object]
HEADER = "order_id,customer_id,ordered_on,amount\n"


@pytest.mark.parametrize("row", ["Region North,,,\n", ",,Region North,\n", ",,,as of 31 March\n"])
def test_a_row_of_one_cell_is_told_once_and_left_out_as_it_says(row: str, tmp_path: Path) -> None:
    orders = f"{HEADER}{row}1,K1,2026-01-05,100.00\n{row}2,K2,2026-02-06,50.50\n"

    told = problems(tmp_path, orders=orders)
    cure = told[0].partition("skip_rows] ")[2].partition(" in client.toml")[0]
    folder = load(tmp_path, f"{CLIENT}[files.orders.skip_rows]\n{cure}\n", orders=orders)

    assert len(told) == 1
    assert told[0].startswith("orders.csv:2: 2 rows hold one cell alone, such as ")
    assert len(folder.tables["orders"]) == 2
    assert folder.warnings == ()


def test_groups_of_a_spreadsheet_are_told_with_all_their_headings(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["order_id", "customer_id", "ordered_on", "amount", "comment"],
        ["North"],
        ["1", "K1", date(2026, 1, 5), 100, "as ever"],
        ["South"],
        ["2", "K2", date(2026, 1, 5), 50, ""],
    ]
    client = f'{CLIENT}[files.orders]\npath = "orders.xlsx"\n'

    told = [
        problem
        for problem in problems(tmp_path, client, orders=None, orders___xlsx=xlsx(rows))
        if "one cell alone" in problem
    ]

    assert ['"order_id" = ["North", "South"]' in message for message in told if ":2: " in message] == [True]


def test_a_row_with_more_than_one_cell_is_an_incomplete_row(tmp_path: Path) -> None:
    told = problems(tmp_path, orders=f"{HEADER}1,K1,2026-01-05,100.00\n2,K2,,\n")

    assert not any("one cell alone" in problem for problem in told)
    assert any("ordered_on" in problem for problem in told)


def test_a_customer_of_whom_the_id_alone_is_known_is_a_customer(tmp_path: Path) -> None:
    assert problems(tmp_path, customers="customer_id,name\nK1,Anna\nK2,\n") == []
