"""Rows that add up others and look like any other are found by arithmetic, and only they."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = "order_id,customer_id,ordered_on,amount\n"
BY_CUSTOMER = [("K1", 5, 100), ("K1", 6, 50), ("K1", 7, 150), ("K2", 8, 30), ("K2", 9, 40), ("K2", 9, 70)]
CLIENT = 'name = "Client"\n[files.orders]\n'


def _orders(rows: Sequence[tuple[str, int, float]], month: str = "2026-01") -> str:
    lines = (f"{place},{who},{month}-{day:02d},{amount}" for place, (who, day, amount) in enumerate(rows, start=1))
    return HEAD + "\n".join(lines) + "\n"


def _revenue(tmp_path: Path, client: str, orders: str) -> float:
    return float(load(tmp_path, client, orders=orders).tables["orders"]["amount"].sum() / 10_000)


def test_sums_below_each_customer_are_refused_and_left_out_where_that_is_said(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, orders=_orders(BY_CUSTOMER))

    assert told.startswith("orders.csv:4:amount: 2 rows are the sums of those above them, such as 150.00 of 2 rows")
    assert "they add 220.00" in told
    assert _revenue(tmp_path, CLIENT + 'subtotals = "leave_out"\n', _orders(BY_CUSTOMER)) == 220
    assert _revenue(tmp_path, CLIENT + 'subtotals = "count"\n', _orders(BY_CUSTOMER)) == 440


@pytest.mark.parametrize("whole", [220, 440])
def test_a_sum_of_all_below_is_left_out_with_them(tmp_path: Path, whole: float) -> None:
    """440.00 is the sum of a program that adds up its own sums."""
    client = CLIENT + 'subtotals = "leave_out"\n'

    for customer in ("K1", "K2"):
        place = tmp_path / customer
        assert _revenue(place, client, _orders([*BY_CUSTOMER, (customer, 10, whole)])) == 220


def test_a_sum_of_all_alone_is_refused_below_four_rows_or_more(tmp_path: Path) -> None:
    rows: list[tuple[str, int, float]] = [("K1", 5, 10), ("K2", 6, 20), ("K1", 7, 35), ("K2", 8, 5)]
    (told,) = problems(tmp_path, orders=_orders([*rows, ("K2", 9, 70)]))

    assert told.startswith("orders.csv:6:amount: the row is the sum of the 4 rows above, 70.00")
    assert problems(tmp_path, orders=_orders([*rows[1:], ("K2", 9, 60)])) == []


def test_sums_of_months_are_found_whoever_bought(tmp_path: Path) -> None:
    january = _orders([("K1", 5, 10), ("K2", 6, 20), ("K2", 31, 30)])
    february = _orders([("K2", 5, 1), ("K1", 6, 2), ("K1", 9, 3)], "2026-02").splitlines()[1:]

    (told,) = problems(tmp_path, orders=january + "".join(f"F{line}\n" for line in february))

    assert "2 rows are the sums of those above them" in told


def test_lines_of_an_order_with_their_sum_below_are_refused(tmp_path: Path) -> None:
    lines = "order_id,product_id,amount\n1,P1,10\n1,P2,20\n1,P9,30\n2,P1,5\n2,P2,6\n2,P9,11\n"
    orders = "order_id,customer_id,ordered_on\n1,K1,2026-01-05\n2,K2,2026-01-06\n"

    (told,) = problems(tmp_path, orders=orders, order_lines=lines)

    assert told.startswith("order_lines.csv:4:amount: 2 rows are the sums")
    client = 'name = "Client"\n[files.order_lines]\nsubtotals = "leave_out"\n'
    folder = load(tmp_path, client, orders=orders, order_lines=lines)
    assert (folder.tables["orders"]["amount"] / 10_000).tolist() == [30, 11]


@pytest.mark.parametrize(
    "rows",
    [
        [("K1", 5, 50), ("K1", 6, 50), ("K2", 7, 20), ("K2", 8, 20), ("K1", 9, 50), ("K1", 9, 50)],
        [("K1", 5, 50), ("K1", 6, 50), ("K1", 7, 100), ("K2", 8, 20), ("K2", 8, 20), ("K2", 9, 25)],
        [("K1", 5, 0), ("K1", 6, 0), ("K1", 7, 0), ("K2", 8, 0), ("K2", 8, 0), ("K2", 9, 0)],
    ],
    ids=["the same twice", "one by chance", "nothing"],
)
def test_orders_that_happen_to_be_alike_are_orders(tmp_path: Path, rows: Sequence[tuple[str, int, float]]) -> None:
    assert not [line for line in problems(tmp_path, orders=_orders(rows)) if "sum" in line]
