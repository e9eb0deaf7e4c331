"""Segments and services, worked by hand on small tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.segments.segment_analysis import segments
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset, orders
from tests.support.laws import assert_laws

if TYPE_CHECKING:
    from retention_reports.analyses.segments.segment_results import Segments

QUARTER = Quarter.parse("2026-Q3")
LEDGER = """
    anna   2026-06-01  800.00
    anna   2026-06-02  200.00
    bernd  2026-06-01  100.00
    clara  2026-06-01   50.00  returned
    clara  2026-07-01   10.00
    bernd  2026-06-05  300.00  cancelled
    dora   2024-01-01  500.00
"""
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "fit": 5, "motive": "Price", "potential": "1500", "segment": "Home",
     "email": "a@b.example", "email_permission": "yes"},
    {"customer_id": "bernd", "fit": 2, "motive": "Price", "potential": "90", "segment": "Home", "email": "",
     "email_permission": "no"},
    {"customer_id": "clara", "fit": "", "motive": "", "potential": "", "segment": "", "email": "",
     "email_permission": "unknown"},
    {"customer_id": "dora", "fit": 5, "motive": "Price", "potential": "9000", "segment": "Lost", "email": "",
     "email_permission": "yes"},
]  # fmt: skip
COSTS = ("700.00", "150.00", "60.00", "45.00", "30.00", "200.00", "400.00")


def _order_rows() -> list[Row]:
    rows = orders(LEDGER)
    for row, cost in zip(rows, COSTS, strict=True):
        row.update({"cost": cost, "sales_rep": "Vogt" if row["customer_id"] != "anna" else "Oehme"})
    return rows


TABLES: dict[str, list[Row]] = {
    "touchpoints": [
        {"customer_id": "anna", "date": "2026-08-01", "channel": "phone", "state": "done"},
        *(
            {"customer_id": "bernd", "date": f"2026-08-0{day}", "channel": "phone", "state": "done"}
            for day in (1, 2, 3)
        ),
    ],
    "costs": [
        {"quarter": "2026-Q3", "kind": "retention", "amount": "100"},
        {"quarter": "2025-Q4", "kind": "retention", "amount": "60"},
        {"quarter": "2025-Q3", "kind": "retention", "amount": "999"},
        {"quarter": "2026-Q3", "kind": "acquisition", "amount": "999"},
    ],
    "feedback": [{"customer_id": "bernd", "date": "2026-08-01", "kind": "complaint"}],
}


def _segments() -> Segments:
    return segments(dataset(_order_rows(), quarter="2026-Q3", customers=CUSTOMERS, tables=TABLES))


def test_wish_customers_bring_revenue_margin_and_effort() -> None:
    found = _segments().by_fit

    # Clara's only revenue (10) cost 30; dora is no active customer.
    assert [(group.name, group.customers, group.revenue, group.margin, group.contacts) for group in found] == [
        ("5", 1, amount("1000"), amount("150"), 1),
        ("2", 1, amount("100"), amount("40"), 3),
        ("", 1, amount("10"), amount("-20"), 0),
    ]


def test_open_potential_is_never_below_nothing() -> None:
    found = _segments().portfolio

    assert [(point.customer.customer_id, point.open_potential, point.share) for point in found] == [
        ("anna", amount("500"), 0.666667),
        ("bernd", 0, 1.111111),
    ]


def test_a_relationship_costs_more_than_it_brings_when_the_margin_does_not_cover_contacts() -> None:
    found = _segments().relationships

    # 160 of retention spending in four quarters for four contacts: 40 each. Bernd: margin 40, three contacts 120.
    assert found is not None
    assert found.cost_per_contact == amount("40")
    assert found.judged == Rate(2, 3)
    assert [(entry.customer.customer_id, entry.contribution, entry.complaints, entry.returns) for entry in
            found.customers] == [("bernd", amount("-80"), 1, 0), ("clara", amount("-20"), 0, 1)]  # fmt: skip


def test_without_spending_only_negative_margins_are_sure() -> None:
    tables = {name: rows for name, rows in TABLES.items() if name != "costs"}
    found = segments(dataset(_order_rows(), quarter="2026-Q3", customers=CUSTOMERS, tables=tables)).relationships

    assert found is not None
    assert (found.cost_per_contact, found.judged) == (None, None)
    assert [entry.customer.customer_id for entry in found.customers] == ["clara"]


def test_cancelled_orders_are_counted_of_all_and_returned_ones_of_the_rest() -> None:
    found = _segments().by_sales_rep

    assert [(entry.name, entry.cancelled, entry.returned, entry.revenue) for entry in found] == [
        ("Vogt", Rate(1, 4), Rate(1, 3), amount("110")),
        ("Oehme", Rate(0, 2), Rate(0, 2), amount("1000")),
    ]
    assert _segments().by_channel == ()


def test_the_heavy_fifth_is_rounded_up() -> None:
    found = _segments().usage

    assert found is not None
    assert (found.heavy, found.customers, found.orders) == (1, 3, Rate(2, 5))
    assert found.revenue == Rate(amount("1000"), amount("1110"), is_money=True)


def test_the_demands_that_need_no_statistics() -> None:
    found = _segments().demands

    assert found is not None
    assert (found.measurable, found.addressable, found.weakest) == (Rate(2, 3), Rate(1, 2), ("Home", Rate(1, 2)))
    assert found.verdicts == {
        "alike": "unknown", "different": "unknown", "measurable": "unmet", "addressable": "met", "few": "met",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "explained", "different"),
    [((100, 100, 900, 900), 1.0, "met"), ((100, 900, 100, 900), 0.0, "unmet")],
)
def test_variance_between_segments_is_told_from_chance(
    values: tuple[int, ...], explained: float, different: str
) -> None:
    ledger = "\n".join(f"c{number:02} 2026-06-01 {values[number // 3]}" for number in range(12))
    customers: list[Row] = [
        {"customer_id": f"c{number:02}", "segment": "one" if number < 6 else "two"} for number in range(12)
    ]
    found = segments(dataset(orders(ledger), quarter="2026-Q3", customers=customers)).demands

    assert found is not None
    assert found.explained == pytest.approx(explained)
    assert found.verdicts["different"] == different


SERVICE_LEDGER = """
    user    2025-06-01  100
    user    2026-06-01  100
    other   2025-06-01  100
    third   2025-06-01  100
    third   2026-06-01   50
"""


def _service_lines() -> dict[str, list[Row]]:
    return {
        "order_lines": [
            {"order_id": "1", "product_id": "care", "amount": "40"},
            {"order_id": "1", "product_id": "soap", "amount": "60"},
            {"order_id": "2", "product_id": "care", "amount": "30"},
            {"order_id": "3", "product_id": "soap", "amount": "100"},
            {"order_id": "5", "product_id": "care", "amount": "50"},
        ],
        "products": [
            {"product_id": "care", "name": "Care", "category": "Services", "kind": "service"},
            {"product_id": "soap", "name": "Soap", "category": "Wash", "kind": "product"},
        ],
    }


def test_services_are_products_with_users_who_may_stay_longer() -> None:
    found = segments(dataset(orders(SERVICE_LEDGER), quarter="2026-Q3", tables=_service_lines())).services

    assert found is not None
    assert [(entry.name, entry.revenue, entry.revenue_before, entry.customers) for entry in found.products] == [
        ("Care", amount("80"), amount("40"), 2)
    ]
    # Active on 30 September 2025: all three; only "user" had bought a service by then.
    assert (found.users, found.users_kept, found.others_kept) == (Rate(2, 2), Rate(1, 1), Rate(1, 2))
    assert found.interval is not None


def test_younger_data_cannot_tell_who_stayed() -> None:
    data = dataset(orders(SERVICE_LEDGER), quarter="2026-Q2", tables=_service_lines(), history_complete=False)
    found = segments(data)

    assert found.services is not None
    assert found.services.users_kept is None
    assert "services_retention" in [entry.key for entry in found.missing]


def test_a_year_before_the_data_is_not_known_at_all() -> None:
    found = segments(dataset(orders("a 2026-06-01 10"), quarter="2026-Q3", history_complete=False))

    assert [str(entry.reason) for entry in found.missing] == ["before_start_of_data"]
    assert (found.usage, found.demands, found.by_fit) == (None, None, ())


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    assert_laws(client_folder(_order_rows(), customers=CUSTOMERS, tables=TABLES), QUARTER, segments)
    ledger = "\n".join(f"c{number % 14} 2026-0{1 + number % 9}-11 {number * 7 % 31 + 1}" for number in range(40))
    customers: list[Row] = [{"customer_id": f"c{number}", "segment": f"s{number % 3}"} for number in range(14)]
    assert_laws(client_folder(orders(ledger), customers=customers), QUARTER, segments)


def test_a_service_is_held_against_what_it_costs_and_counted_beside_goods() -> None:
    rows = orders("a 2026-05-01 50\na 2026-06-01 30\nb 2026-06-02 20\nb 2026-06-03 60")
    lines: list[Row] = [
        {"order_id": "1", "product_id": "care", "quantity": "2", "amount": "30"},
        {"order_id": "1", "product_id": "soap", "quantity": "1", "amount": "20"},
        {"order_id": "2", "product_id": "soap", "quantity": "1", "amount": "30"},
        {"order_id": "3", "product_id": "care", "quantity": "1", "amount": "20"},
        {"order_id": "4", "product_id": "care", "amount": "60"},  # no quantity: not counted against its cost
        {"order_id": "4", "product_id": "show", "quantity": "3", "amount": "0"},
    ]
    products: list[Row] = [
        {"product_id": "care", "name": "Care", "category": "S", "kind": "service", "cost": "20"},
        {"product_id": "show", "name": "Show", "category": "S", "kind": "service"},
        {"product_id": "soap", "name": "Soap", "category": "G", "cost": "5"},
    ]
    found = segments(dataset(rows, quarter="2026-Q3", tables={"order_lines": lines, "products": products})).services

    assert found is not None
    # 50 earned with three units at 20; of two purchase days with soap one held a service, too.
    assert [one.coverage for one in found.products] == [Rate(amount("50"), amount("60"), is_money=True), None]
    assert [one.name for one in found.uncovered] == ["Care"]
    assert found.beside_goods == Rate(1, 2)
