"""Amounts of order lines from the prices of the list of products: worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'name = "Client"\n[files.orders]\nrows = "order_line"\n'
PRICED = '[files.orders.columns]\nunit_price = { from = "Artikel", lookup = "price" }\nproduct_id = "Artikel"\n'
LINES = (
    "order_id,customer_id,ordered_on,Artikel,quantity\n"
    "1,K1,2026-01-05,P-1,2\n1,K1,2026-01-05,P2,1\n2,K2,2026-01-06,P-1,-1\n"
)
PRODUCTS = "product_id,name,category,price\nP-1,Chair,Seats,40.00\nP2,Table,Tables,1150.50\nP3,Lamp,Lights,\n"


def _amounts(tmp_path: Path, client: str, **files: str | None) -> tuple[list[float], list[float]]:
    tables = load(tmp_path, client, **files).tables
    return (tables["orders"]["amount"] / 10_000).tolist(), (tables["order_lines"]["amount"] / 10_000).tolist()


def test_a_line_counts_its_quantity_times_the_listed_price(tmp_path: Path) -> None:
    amounts = _amounts(tmp_path, HEAD + PRICED, orders=LINES, products=PRODUCTS)

    assert amounts == ([1230.5, -40], [80, 1150.5, -40])


@pytest.mark.parametrize("decimal", ["", 'decimal = ","\n'])
def test_each_file_keeps_its_own_decimal_sign(tmp_path: Path, decimal: str) -> None:
    client = HEAD + decimal + PRICED + '[files.products]\nseparator = ";"\ndecimal = ","\n'
    products = "product_id;name;category;price\nP-1;Chair;Seats;40,25\nP2;Table;Tables;1.150,50\n"

    assert _amounts(tmp_path, client, orders=LINES, products=products)[1] == [80.5, 1150.5, -40.25]


@pytest.mark.parametrize("where", ["orders", "products"])
def test_gross_prices_are_taken_net_wherever_the_rate_is_declared(tmp_path: Path, where: str) -> None:
    client = f"{HEAD}{PRICED}[files.products]\n"
    table = f"[files.{where}]\n"
    client = client.replace(table, f"{table}tax_rate = 25\n")

    assert _amounts(tmp_path, client, orders=LINES, products=PRODUCTS)[1] == [64, 920.4, -32]


def test_a_file_of_lines_of_its_own_takes_them_too(tmp_path: Path) -> None:
    client = 'name = "Client"\n[files.order_lines.columns]\nunit_price = { from = "product_id", lookup = "price" }\n'
    orders = "order_id,customer_id,ordered_on\n1,K1,2026-01-05\n"
    lines = "order_id,product_id,quantity,discount\n1,P-1,2,0.25\n1,P2,1,\n"

    assert _amounts(tmp_path, client, orders=orders, order_lines=lines, products=PRODUCTS) == ([1210.5], [60, 1150.5])


def test_page_one_says_that_prices_are_those_of_a_list(tmp_path: Path) -> None:
    (warning,) = load(tmp_path, HEAD + PRICED, orders=LINES, products=PRODUCTS).warnings

    assert warning.kind == "prices of a list"
    assert str(warning.on_first_page).startswith("Revenue is worked out from quantities and the prices of the list")


def test_prices_called_gross_are_told(tmp_path: Path) -> None:
    client = HEAD + PRICED + '[files.products.columns]\nprice = "Bruttopreis"\n'
    folder = load(tmp_path, client, orders=LINES, products=PRODUCTS.replace("price", "Bruttopreis"))

    assert [warning.kind for warning in folder.warnings] == ["prices of a list", "gross amounts"]


def test_a_product_without_a_price_or_without_a_row_is_refused(tmp_path: Path) -> None:
    lines = LINES.replace("P2", "P3").replace("6,P-1", "6,P9")

    told = problems(tmp_path, HEAD + PRICED, orders=lines, products=PRODUCTS)

    first = 'orders.csv:3:Artikel: 2 rows name products without a price in the file of products, the first one "P3"'
    assert [line.partition(" (")[0] for line in told if "without a price" in line] == [first]
