"""Cross-selling as an organisation, worked by hand."""

from __future__ import annotations

from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.analyses.cross_selling.cross_selling_results import (
    DepartmentContacts,
    Organisation,
    SuitableProduct,
)
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from tests.support.datasets import Row, dataset, orders

LEDGER = """
    anna   2025-11-01  10
    anna   2026-02-01  20
    bernd  2026-01-01  30
    clara  2026-03-01  40
"""
LINES: list[Row] = [
    {"order_id": "1", "product_id": "soap", "amount": "10"},
    {"order_id": "2", "product_id": "brush", "amount": "20"},
    {"order_id": "3", "product_id": "brush", "amount": "20"},
    {"order_id": "3", "product_id": "soap", "amount": "10"},
    {"order_id": "4", "product_id": "soap", "amount": "40"},
]
PRODUCTS: list[Row] = [
    {"product_id": "soap", "name": "Soap", "category": "Clean", "suitability": "rarely"},
    {"product_id": "brush", "name": "Brush", "category": "Tools", "suitability": "always"},
]
TOUCHPOINTS: list[Row] = [
    {"customer_id": "anna", "date": "2026-05-04", "initiated_by": "customer", "department": "sales"},  # offer day 14
    {"customer_id": "bernd", "date": "2026-05-04", "initiated_by": "customer", "department": "sales"},  # offer day 15
    {"customer_id": "anna", "date": "2026-05-18", "initiated_by": "us", "department": "sales"},
    {"customer_id": "clara", "date": "2026-05-05", "initiated_by": "customer", "department": "service"},  # same day
    {"customer_id": "clara", "date": "2025-09-30", "initiated_by": "customer", "department": "service"},  # too old
    {"customer_id": "clara", "date": "2026-05-07", "initiated_by": "customer", "state": "planned"},
]
OFFERS: list[Row] = [
    {"offer_id": "1", "customer_id": "anna", "offered_on": "2026-05-18", "amount": "1", "state": "open"},
    {"offer_id": "2", "customer_id": "bernd", "offered_on": "2026-05-19", "amount": "1", "state": "open"},
    {"offer_id": "3", "customer_id": "clara", "offered_on": "2026-05-05", "amount": "1", "state": "open"},
]


def found(**without: list[Row] | None) -> Organisation:
    contacts: list[Row] = [{"channel": "phone", "state": "done", **row} for row in TOUCHPOINTS]
    tables: dict[str, list[Row] | None] = {
        "touchpoints": contacts,
        "offers": OFFERS,
        "order_lines": LINES,
        "products": PRODUCTS,
        **without,
    }
    given = {name: rows for name, rows in tables.items() if rows is not None}
    return cross_selling(dataset(orders(LEDGER), quarter="2026-Q3", tables=given)).organisation


def test_contacts_that_customers_begin_are_followed_to_an_offer_within_fourteen_days() -> None:
    assert found().followed == Rate(2, 3)
    assert found().departments == (
        DepartmentContacts("sales", 3, 2, Rate(1, 2)),
        DepartmentContacts("service", 1, 1, Rate(1, 1)),
    )


def test_without_offers_nobody_knows_what_followed() -> None:
    told = found(offers=None)

    assert told.followed is None
    assert [one.followed for one in told.departments] == [None, None]
    assert [one.begun for one in told.departments] == [2, 1]


def test_declared_suitability_stands_beside_who_added_the_product_later() -> None:
    # Anna took the brush on her second day; bernd bought both at once.
    assert found().suitability == (
        SuitableProduct("brush", "Brush", "always", Rate(1, 2)),
        SuitableProduct("soap", "Soap", "rarely", Rate(0, 3)),
    )


def test_a_declared_state_stands_beside_what_the_data_tells() -> None:
    client = Client("test", "Test", history_complete=True, cross_selling={"decision": "done", "control": "open"})
    steps = cross_selling(dataset(orders(LEDGER), quarter="2026-Q3", client=client)).steps

    assert [(step.key, step.declared) for step in steps if step.declared] == [("decision", "done"), ("control", "open")]
    assert steps[0].figures() == {"step": "decision", "state": "unknown", "declared": "done"}
