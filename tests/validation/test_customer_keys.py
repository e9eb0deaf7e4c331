"""Customers who are named by e-mail address, by name or by an old number are found under their id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMERS = "customer_id,name,email\nK1,Anna GmbH,Anna@x.de\nK2,Bernd,b@y.de\n"
BY_MAIL = """name = "C"
[files.orders.columns]
customer_id = { from = "Mail", lookup = "email" }
"""


def test_orders_name_customers_by_address_whatever_the_case(tmp_path: Path) -> None:
    orders = "order_id,Mail,ordered_on,amount\n1, anna@X.de ,2026-01-05,5\n2,b@y.de,2026-01-06,6\n3,,2026-01-07,7\n"

    folder = load(tmp_path, BY_MAIL, customers=CUSTOMERS, orders=orders)

    assert folder.tables["orders"]["customer_id"].tolist() == ["K1", "K2", ""]
    assert folder.tables["orders"]["customer"].tolist() == [0, 1, -1]


def test_several_columns_can_name_the_customer_that_is_looked_up(tmp_path: Path) -> None:
    client = """name = "C"
        [files.visits.columns]
        customer_id = { from = { first = ["Firma", "Name"] }, lookup = "name" }
        """
    visits = "Firma,Name,visited_on\nanna gmbh,Eva,2026-01-05\n,BERND,2026-01-06\n"

    folder = load(tmp_path, client, customers=CUSTOMERS, visits=visits)

    assert folder.tables["visits"]["customer_id"].tolist() == ["K1", "K2"]


def test_who_shares_an_address_is_asked_for_once_with_the_number_of_rows(tmp_path: Path) -> None:
    customers = CUSTOMERS + "K3,Anna AG,anna@x.de\n"
    orders = (
        "order_id,Mail,ordered_on,amount\n1,anna@x.de,2026-01-05,5\n2,b@y.de,2026-01-06,6\n3,anna@x.de,2026-01-07,7\n"
    )

    told = [line for line in problems(tmp_path, BY_MAIL, customers=customers, orders=orders) if "several" in line]

    (line,) = told
    assert line.startswith(
        'orders.csv:2:Mail: the email of 2 rows is that of several customers, the first one "anna@x.de"'
    )
    merged = "customer_id,name,email,merged_into\nK1,Anna GmbH,anna@x.de,K3\nK2,Bernd,b@y.de,\nK3,Anna AG,Anna@x.de,\n"
    folder = load(tmp_path, BY_MAIL, customers=merged, orders=orders)
    assert folder.tables["orders"]["customer_id"].tolist() == ["K3", "K2", "K3"]


def test_a_number_that_is_no_address_is_not_taken_for_an_id(tmp_path: Path) -> None:
    orders = "order_id,Mail,ordered_on,amount\n1,K1,2026-01-05,5\n"

    (told,) = problems(tmp_path, BY_MAIL, customers=CUSTOMERS, orders=orders)

    assert "which is a customer's id" in told


RENUMBERED = """name = "C"
[[files.customers.renumbered]]
path = "umnummerierung.csv"
old = "Alt"
new = "Neu"
"""
HEAD = "order_id,customer_id,ordered_on,amount\n"
ORDERS = f"{HEAD}1,K1,2026-01-05,5\n2,N1,2026-02-05,6\n3,K2,2026-02-06,7\n4,M1,2026-02-07,8\n"


@pytest.mark.parametrize(
    ("customers", "names", "left"),
    [
        ("customer_id,name\nK1,Alt\nK2,Bernd\n", ["Alt", "Bernd"], 0),
        ("customer_id,name\nN1,Neu\nK2,Bernd\n", ["Neu", "Bernd"], 0),
        ("customer_id,name\nK1,Alt\nN1,Neu\nK2,Bernd\n", ["Neu", "Bernd"], 1),
        ("customer_id,name\nM1,Ganz alt\nK1,Alt\nK2,Bernd\n", ["Ganz alt", "Bernd"], 1),
    ],
)
def test_histories_are_merged_under_the_new_number(tmp_path: Path, customers: str, names: list[str], left: int) -> None:
    lists = "Alt,Neu\nM1,K1\nK1,N1\nK2,K2\n,\n"

    folder = load(tmp_path, RENUMBERED, customers=customers, orders=ORDERS, umnummerierung=lists)

    assert folder.tables["customers"]["name"].tolist() == names
    assert folder.tables["customers"]["customer_id"].tolist() == ["N1", "K2"]
    assert folder.tables["orders"]["customer"].tolist() == [0, 0, 1, 0]
    assert [part.rows for part in folder.accounts[0].left_out] == ([left] if left else [])


def test_a_list_cut_from_the_orders_is_renumbered_with_them(tmp_path: Path) -> None:
    client = RENUMBERED + '[files.customers]\npath = "orders.csv"\ndistinct = true\n'

    folder = load(tmp_path, client, customers=None, orders=ORDERS, umnummerierung="Alt,Neu\nM1,K1\nK1,N1\n")

    assert folder.tables["customers"]["customer_id"].tolist() == ["N1", "K2"]
    assert folder.tables["orders"]["customer"].tolist() == [0, 0, 1, 0]
