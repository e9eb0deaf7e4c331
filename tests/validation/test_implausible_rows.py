"""What each cell may well be, and rows together are not: an order's shipping on each line, days that run backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError
from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

LINES = "order_id,customer_id,ordered_on,product_id,net,other,status\n"
SUM = CLIENT + '[files.orders]\nrows = "order_line"\n{}\n[files.orders.columns]\namount = "net {} other"\n'
OFFERS = "offer_id,customer_id,offered_on,amount,state,{}\n1,K1,2026-01-05,10.00,won,{}\n"


def lines(*rows: str) -> str:
    return LINES + "".join(f"{row}\n" for row in rows)


TWO_ORDERS = lines(
    "1,K1,2026-01-05,A,10.00,5.00,completed",
    "1,K1,2026-01-05,B,20.00,5.00,completed",
    "2,K2,2026-01-06,A,12.00,3.00,completed",
    "2,K2,2026-01-06,B,13.00,3.00,completed",
)


@pytest.mark.parametrize(
    ("sign", "kept", "revenue"),
    [("+", "per_order", 63.0), ("+", "per_line", 71.0), ("-", "per_order", 47.0), ("-", "per_line", 39.0)],
)
def test_a_column_of_a_sum_counts_once_an_order_where_that_is_declared(
    tmp_path: Path, sign: str, kept: str, revenue: float
) -> None:
    folder = load(tmp_path, SUM.format(f'{kept} = ["other"]', sign), orders=TWO_ORDERS)

    assert folder.tables["orders"]["amount"].sum() / 10_000 == revenue


@pytest.mark.parametrize("sign", ["+", "-"])
def test_a_column_of_a_sum_that_is_the_same_on_all_lines_is_asked_about(tmp_path: Path, sign: str) -> None:
    with pytest.raises(DataError) as found:
        load(tmp_path, SUM.format("", sign), orders=TWO_ORDERS)

    assert [(problem.kind, problem.location.column) for problem in found.value.problems if "total" in problem.kind] == [
        ("repeated total", "other")
    ]


@pytest.mark.parametrize("other", [("5.00", "3.00"), ("5.00", ""), ("0.00", "0.00")])
def test_columns_that_differ_by_line_or_stand_once_are_not_asked_about(tmp_path: Path, other: tuple[str, str]) -> None:
    rows = [
        f"{order},K1,2026-01-05,{product},{order}{net}.00,{text},completed"
        for order in "123"
        for product, net, text in zip("AB", "12", other, strict=True)
    ]

    assert problems(tmp_path, SUM.format("", "+"), orders=lines(*rows)) == []


def test_a_cancelled_line_takes_no_shipping_of_its_order_with_it(tmp_path: Path) -> None:
    rows = lines("1,K1,2026-01-05,A,10.00,5.00,cancelled", "1,K1,2026-01-05,B,20.00,5.00,completed")
    folder = load(tmp_path, SUM.format('per_order = ["other"]', "+"), orders=rows)

    assert folder.tables["orders"]["amount"].tolist() == [250_000]


def test_what_is_declared_as_the_orders_and_differs_by_line_is_refused(tmp_path: Path) -> None:
    rows = lines("1,K1,2026-01-05,A,10.00,5.00,completed", "1,K1,2026-01-05,B,20.00,6.00,completed")
    told = problems(tmp_path, SUM.format('per_order = ["other"]', "+"), orders=rows)

    assert ["more than one" in text or "another other" in text for text in told] == [True]


@pytest.mark.parametrize(
    ("column", "day", "told"),
    [
        ("decided_on", "2025-12-01", 1),
        ("followed_up_on", "2026-01-04", 1),
        ("decision_due_on", "2016-01-06", 1),
        ("decided_on", "2026-01-05", 0),
    ],
)
def test_days_of_an_offer_that_run_backwards_are_told(tmp_path: Path, column: str, day: str, told: int) -> None:
    assert len(problems(tmp_path, offers=OFFERS.format(column, day))) == told


def test_many_rows_whose_days_run_backwards_are_one_message(tmp_path: Path) -> None:
    head = "order_id,customer_id,ordered_on,amount,delivered_on\n"
    rows = "".join(f"{order},K1,2026-01-05,{order}.00,2026-01-04\n" for order in range(1, 9))
    told = problems(tmp_path, orders=head + rows)

    assert len(told) == 1
    assert "8 rows" in told[0]


@pytest.mark.parametrize(("day", "told"), [("2068-03-04", 1), ("2026-02-07", 1), ("1968-03-04", 0)])
def test_birthdays_after_the_last_order_are_told(tmp_path: Path, day: str, told: int) -> None:
    assert len(problems(tmp_path, contacts=f"customer_id,name,birthday\nK1,Anna,{day}\n")) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2016-01-05", "2026-01-05", "2026-02-05"), "others, which begin on 2026-01-05"),
        (("2025-12-05", "2026-01-05", "2062-02-05"), "others, which end on 2026-01-05"),
        (("2016-01-05", "2026-01-05"), "all orders lie years apart"),
        (("2024-01-05", "2026-01-05"), ""),
    ],
)
def test_far_off_days_are_told_among_few_orders(tmp_path: Path, days: tuple[str, ...], told: str) -> None:
    rows = "".join(f"{order},K1,{day},{order}.00\n" for order, day in enumerate(days, 1))
    found = problems(tmp_path, orders=f"order_id,customer_id,ordered_on,amount\n{rows}")

    assert len(found) == bool(told)
    assert told in "".join(found)


@pytest.mark.parametrize(
    ("potentials", "told"), [(("1", "0.5"), 1), (("0.1", ""), 0), (("120", "60"), 0), (("3", "2"), 0)]
)
def test_potentials_far_below_what_is_bought_are_told(tmp_path: Path, potentials: tuple[str, str], told: int) -> None:
    customers = f"customer_id,potential\nK1,{potentials[0]}\nK2,{potentials[1]}\n"

    assert len(problems(tmp_path, customers=customers)) == told


@pytest.mark.parametrize(("factor", "amounts"), [("1000", [1_000_000, 250_000_000]), ("0.01", [10, 2_500])])
def test_amounts_of_thousands_or_cents_are_multiplied(tmp_path: Path, factor: str, amounts: list[int]) -> None:
    client = f"{CLIENT}[files.customers.factors]\npotential = {factor}\n"
    folder = load(tmp_path, client, customers="customer_id,potential\nK1,0.1\nK2,25\n")

    assert folder.tables["customers"]["potential"].tolist() == amounts
