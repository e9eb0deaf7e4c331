from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "order_id,customer_id,ordered_on,amount,status\n"
LEAVE_OUT = f'{CLIENT}[files.orders]\nplaceholder_days = "leave_out"\n'


def orders(*days: str, amount: str = "10.00", status: str = "completed") -> str:
    usual = [f"{number},K1,2026-0{number}-05,50.00,completed" for number in range(1, 5)]
    return HEAD + "\n".join([*usual, *(f"X{day},K2,{day},{amount},{status}" for day in days), ""])


@pytest.mark.parametrize("day", ["1970-01-01", "0000-00-00", "9999-12-31", "1900-01-01 00:00:00"])
def test_an_order_without_a_real_day_is_refused_or_left_out_as_declared(tmp_path: Path, day: str) -> None:
    assert 'placeholder_days = "leave_out"' in problems(tmp_path / "asked", orders=orders(day))[0]

    folder = load(tmp_path / "told", LEAVE_OUT, orders=orders(day))

    assert len(folder.tables["orders"]) == 4
    assert folder.first_order == date(2026, 1, 5)
    assert [str(warning.on_first_page) for warning in folder.warnings] == [
        "Figures lack 1 row (orders) that has no real day."
    ]
    account = next(account for account in folder.accounts if account.table == "orders")
    assert (account.rows_in, account.rows_used) == (5, 4)


def test_an_order_of_nothing_without_a_real_day_is_left_out_at_once(tmp_path: Path) -> None:
    folder = load(tmp_path, orders=orders("1970-01-01", amount="0.00"))

    assert folder.first_order == date(2026, 1, 5)
    assert [warning.on_first_page for warning in folder.warnings] == [None]


def test_lines_without_a_real_day_are_left_out_too(tmp_path: Path) -> None:
    client = LEAVE_OUT + 'rows = "order_line"\n'
    folder = load(tmp_path, client, orders=orders("1970-01-01"))

    assert len(folder.tables["orders"]) == 4


def test_placeholders_in_other_columns_are_gaps_and_told_once(tmp_path: Path) -> None:
    contacts = "customer_id,name,birthday\nK1,A,1900-01-01\nK1,B,1970-01-01\nK1,C,1980-05-07\n"
    folder = load(tmp_path, contacts=contacts)

    assert folder.tables["contacts"]["birthday"].isna().tolist() == [True, True, False]
    assert len(folder.warnings) == 1


@pytest.mark.parametrize("day", ["2052-03-25", "2126-01-05", "1926-01-05"])
def test_a_far_off_day_moves_neither_end_of_the_data(tmp_path: Path, day: str) -> None:
    folder = load(tmp_path, orders=orders(day))

    assert (folder.first_order, folder.newest_order) == (date(2026, 1, 5), date(2026, 4, 5))
    assert [day in str(warning.on_first_page) for warning in folder.warnings] == [True]


def test_an_order_of_the_year_before_is_not_far_off(tmp_path: Path) -> None:
    folder = load(tmp_path, orders=orders("2023-03-25"))

    assert folder.first_order == date(2023, 3, 25)
    assert not folder.warnings


def test_a_cancelled_order_does_not_say_where_the_data_begins(tmp_path: Path) -> None:
    assert load(tmp_path, orders=orders("2025-03-25", status="cancelled")).first_order == date(2026, 1, 5)
