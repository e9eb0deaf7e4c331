"""The programme, worked by hand on small tables, and the laws that always hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.programme.programme_analysis import programme
from retention_reports.analyses.programme.programme_results import NewProduct, Sales, UnsoldProduct
from retention_reports.analyses.programme.sales import carrying_count
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset
from tests.support.laws import assert_laws
from tests.support.lines import products, sales

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import Programme
    from retention_reports.model.dataset import Dataset

GOODS = products("soap/Soap", "towel/Paper", "roll/Paper", "odd/")
FIVE = """
    anna  2026-01-10 soap:80 towel:15
    bernd 2026-02-10 soap:10
    anna  2026-03-10 soap:-5
    bernd 2025-03-10 soap:30 roll:7
    -     2026-04-10 towel:1
"""


def made(text: str, *, goods: list[Row] = GOODS, more: list[Row] | None = None, **columns: str) -> Dataset:
    orders, lines = sales(text, **columns)
    return dataset([*orders, *(more or [])], quarter="2026-Q3", tables={"order_lines": lines, "products": goods})


def test_revenue_and_customers_by_product_are_compared_with_the_year_before() -> None:
    found = programme(made(FIVE))

    assert [(entry.product_id, entry.sales, entry.carries) for entry in found.products] == [
        ("soap", Sales(amount("85"), 2, amount("30"), 1), True),
        ("towel", Sales(amount("16"), 1, 0, 0), False),
        ("roll", Sales(0, 0, amount("7"), 1), False),
    ]
    assert found.pareto == Rate(1, 2)
    assert (found.revenue, found.unassigned) == (amount("101"), 0)


def test_categories_hold_all_their_products_and_those_without_come_last() -> None:
    found = programme(made(FIVE))

    assert [(entry.category, entry.products, entry.sales.revenue) for entry in found.categories] == [
        ("Soap", 1, amount("85")),
        ("Paper", 2, amount("16")),
        ("", 1, 0),
    ]


def test_returned_goods_have_buyers_and_bring_nothing() -> None:
    found = programme(
        made("anna 2026-01-10 soap:80 returned\nbernd 2026-01-10 towel:10 cancelled\nanna 2026-02-01 roll:5")
    )

    assert [(entry.product_id, entry.sales.revenue, entry.sales.customers) for entry in found.products] == [
        ("roll", amount("5"), 1),
        ("soap", 0, 1),
    ]
    assert [entry.product_id for entry in found.not_bought] == ["odd", "towel"]


def test_an_order_that_differs_from_its_lines_is_said() -> None:
    orders, lines = sales("anna 2026-01-10 soap:80\nbernd 2026-01-10 soap:10")
    orders[0]["amount"] = "77"
    more: list[Row] = [
        {"order_id": "9", "customer_id": "anna", "ordered_on": "2026-05-01", "amount": "50", "status": "completed"}
    ]
    found = programme(dataset([*orders, *more], quarter="2026-Q3", tables={"order_lines": lines, "products": GOODS}))

    assert found.revenue == amount("90")
    assert found.unassigned == amount("47")


def test_what_nobody_bought_tells_when_it_was_last_sold() -> None:
    goods = [*GOODS, *products("later/Soap/2026-10-01", "fresh/Soap/2026-09-30")]
    found = programme(made(FIVE, goods=goods))

    assert found.not_bought == (
        UnsoldProduct("fresh", "fresh", "Soap", date(2026, 9, 30), None),
        UnsoldProduct("odd", "odd", "", None, None),
        UnsoldProduct("roll", "roll", "Paper", None, date(2025, 3, 10)),
    )
    assert found.on_offer == 5


def test_new_products_are_told_by_their_uptake_among_active_customers() -> None:
    goods = products("soap/Soap", "towel/Paper/2026-01-01", "roll/Paper/2025-09-30", "mop/Tools/2026-08-01")
    text = """
        anna  2026-01-10 towel:80
        bernd 2026-01-10 soap:10
        clara 2025-12-31 towel:99
        clara 2026-02-01 soap:1
        dora  2024-01-01 soap:1
    """
    found = programme(made(text, goods=goods))

    assert found.new_products == (
        NewProduct("towel", "towel", "Paper", date(2026, 1, 1), Rate(1, 3), amount("80")),
        NewProduct("mop", "mop", "Tools", date(2026, 8, 1), Rate(0, 3), 0),
    )


@pytest.mark.parametrize(
    ("amounts", "carrying"),
    [([], 0), ([5], 1), ([80, 20], 1), ([79, 21], 2), ([50, 30, 20], 2), ([10, -90], 1), ([0, -1], 0), ([1] * 10, 8)],
)
def test_the_fewest_products_that_reach_four_fifths_carry(amounts: list[int], carrying: int) -> None:
    assert carrying_count(amounts) == carrying


def by_people() -> Programme:
    first, lines = sales("anna 2026-01-10 soap:80 towel:5\nbernd 2026-01-11 roll:5", sales_rep="Ida")
    second, more = sales("clara 2026-01-12 soap:9\nclara 2026-02-12 soap:9\nanna 2026-03-12 soap:1", sales_rep="Jan")
    for row in (*second, *more):
        row["order_id"] = f"J{row['order_id']}"
    third, none = sales("dora 2026-01-12 odd:9")
    for row in (*third, *none):
        row["order_id"] = f"N{row['order_id']}"
    tables = {"order_lines": [*lines, *more, *none], "products": GOODS}
    return programme(dataset([*first, *second, *third], quarter="2026-Q3", tables=tables))


def test_sales_people_are_told_by_the_part_of_the_programme_they_sell() -> None:
    found = by_people()

    assert [(entry.name, entry.customers, entry.products, entry.gap) for entry in found.sellers] == [
        ("Ida", 2, Rate(3, 4), 0),
        ("Jan", 2, Rate(1, 4), 2),
    ]
    jan = found.sellers[1]
    assert (jan.categories, jan.categories_missing) == (Rate(1, 2), ("Paper",))
    assert jan.unsold == ("roll", "towel")
    assert jan.figures()["products_others_sell"] == ["roll", "towel"]
    assert jan.revenue == amount("19")
    assert jan.breadth == 1.0
    assert jan.reach == (("Paper", Rate(0, 2)), ("Soap", Rate(2, 2)))
    assert found.sellers[0].breadth == 1.5


def test_a_customer_s_sales_person_stands_in_for_the_order_s() -> None:
    orders, lines = sales("anna 2026-01-10 soap:80")
    customers: list[Row] = [{"customer_id": "anna", "sales_rep": "Kurt"}]
    data = dataset(orders, quarter="2026-Q3", customers=customers, tables={"order_lines": lines, "products": GOODS})

    assert [entry.name for entry in programme(data).sellers] == ["Kurt"]


def test_what_is_missing_is_said() -> None:
    orders, lines = sales("anna 2026-05-01 soap:1")
    nothing = programme(dataset(orders, quarter="2026-Q3"))
    assert {(entry.reason, entry.detail) for entry in nothing.missing} == {(Unknown.NO_FILE, "order_lines")}
    assert nothing.figures()["not_bought"] is None
    bare = programme(dataset(orders, quarter="2026-Q3", tables={"order_lines": lines}))
    assert {(entry.key, entry.reason) for entry in bare.missing} == {
        ("categories", Unknown.NO_FILE),
        ("not_bought", Unknown.NO_FILE),
        ("new_products", Unknown.NO_FILE),
        ("sales_reps", Unknown.NO_COLUMN),
    }
    assert [entry.product_id for entry in bare.products] == ["soap"]
    young = programme(
        dataset(orders, quarter="2026-Q3", history_complete=False, tables={"order_lines": lines, "products": GOODS})
    )
    assert {entry.reason for entry in young.missing} == {Unknown.BEFORE_START_OF_DATA}


def test_a_year_before_the_data_is_unknown() -> None:
    orders, lines = sales("anna 2025-05-01 soap:1\nanna 2026-05-01 soap:1")
    data = dataset(orders, quarter="2026-Q3", history_complete=False, tables={"order_lines": lines, "products": GOODS})

    assert [entry.sales for entry in programme(data).products] == [Sales(amount("1"), 1, None, None)]


LINE = st.tuples(
    st.sampled_from(["anna", "bernd", "-"]),
    st.sampled_from(["2024-11-11", "2025-11-11", "2026-02-11"]),
    st.sampled_from(["soap", "towel", "roll", "odd", "unlisted"]),
    st.integers(-5, 9),
    st.sampled_from(["completed", "returned", "cancelled"]),
)


@given(drawn=st.lists(LINE, max_size=20))
def test_products_and_categories_add_up_to_the_same_revenue(drawn: list[tuple[str, str, str, int, str]]) -> None:
    text = "anna 2026-01-01 soap:1\n" + "\n".join(
        f"{who} {day} {product}:{value} {status}" for who, day, product, value, status in drawn
    )
    found = programme(made(text, sales_rep="Ida"))

    assert sum(entry.sales.revenue for entry in found.products) == found.revenue
    assert sum(entry.sales.revenue for entry in found.categories) == found.revenue
    assert found.unassigned == 0
    for before in (found.products, found.categories):
        assert sum(entry.sales.revenue_before or 0 for entry in before) == sum(
            value * 10_000 for _, day, _, value, status in drawn if day == "2024-11-11" and status == "completed"
        )
    carrying = sum(entry.sales.revenue for entry in found.products if entry.carries)
    positive = sum(max(entry.sales.revenue, 0) for entry in found.products)
    assert carrying * 100 >= 80 * positive
    unsold = {entry.product_id for entry in found.not_bought}
    assert unsold.isdisjoint(entry.product_id for entry in found.products if entry.sales.customers)


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    orders, lines = sales(FIVE, sales_rep="Ida")
    more, others = sales("anna 2026-06-01 soap:3 towel:3\nclara 2026-06-02 odd:4", sales_rep="Jan")
    for row in (*more, *others):
        row["order_id"] = f"J{row['order_id']}"
    folder = client_folder(
        [*orders, *more],
        client=Client("test", "Test", history_complete=True),
        tables={"order_lines": [*lines, *others], "products": [*GOODS, *products("new/Soap/2026-01-01")]},
    )

    assert_laws(folder, Quarter.parse("2026-Q3"), programme)
