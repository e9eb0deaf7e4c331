"""Order lines as arrays: whose, when, what, by whom, and which count as bought or as revenue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.support.datasets import Row, amount, dataset
from tests.support.lines import products, sales

if TYPE_CHECKING:
    from retention_reports.model.product_lines import ProductLines

TEXT = """
    anna  2026-01-01 soap:10 towel:5
    anna  2026-02-01 soap:-3
    -     2026-03-01 odd:4 returned
    bernd 2026-04-01 soap:9 cancelled
"""


def lines_of(text: str, goods: list[Row] | None = None, customers: list[Row] | None = None) -> ProductLines:
    orders, lines = sales(text)
    tables = {"order_lines": lines, **({} if goods is None else {"products": goods})}
    found = dataset(orders, quarter="2026-Q3", customers=customers or [], tables=tables).product_lines
    assert found is not None
    return found


def test_cancelled_orders_have_no_lines_and_credit_notes_were_not_bought() -> None:
    found = lines_of(TEXT, products("soap/Soap", "towel/Paper"))

    assert found.customer.tolist() == [0, 0, 0, -1]
    assert found.amount.tolist() == [amount(text) for text in ("10", "5", "-3", "4")]
    assert found.bought.tolist() == [True, True, False, True]
    assert found.billed.tolist() == [True, True, True, False]


def test_products_are_those_on_offer_by_the_cut_off_and_those_sold() -> None:
    goods = products("towel/Paper", "soap/Soap/2026-10-01", "later/Soap/2026-10-01", "now/Paper/2026-09-30")
    found = lines_of(TEXT, goods)

    assert [entry.identifier for entry in found.products] == ["now", "odd", "soap", "towel"]
    assert [entry.listed for entry in found.products] == [True, False, True, True]
    assert found.products[0].introduced_on == date(2026, 9, 30)
    assert found.categories == ("Paper", "Soap")
    assert [found.categories[place] if place >= 0 else "" for place in found.category.tolist()] == [
        "Soap", "Paper", "Soap", "",
    ]  # fmt: skip


def test_without_a_product_file_every_product_is_its_own_name() -> None:
    found = lines_of(TEXT)

    assert [(entry.name, entry.category, entry.listed) for entry in found.products] == [
        ("odd", "", False),
        ("soap", "", False),
        ("towel", "", False),
    ]
    assert found.categories == ()
    assert set(found.category.tolist()) == {-1}


def test_a_line_is_sold_by_whom_the_order_names_else_by_the_customer_s_person() -> None:
    found = lines_of(TEXT, customers=[{"customer_id": "anna", "sales_rep": "Ida"}])

    assert found.sellers == ("", "Ida")
    assert [found.sellers[place] for place in found.seller.tolist()] == ["Ida", "Ida", "Ida", ""]


def test_a_window_begins_after_its_first_day() -> None:
    found = lines_of(TEXT)

    assert found.within(date(2026, 1, 1), date(2026, 2, 1)).tolist() == [False, False, True, False]


def test_without_order_lines_there_is_nothing() -> None:
    orders, _ = sales(TEXT)

    assert dataset(orders, quarter="2026-Q3").product_lines is None
