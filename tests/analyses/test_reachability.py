"""Reachability and giving, worked by hand."""

from __future__ import annotations

import pytest

from retention_reports.analyses.reachability.addresses import Group
from retention_reports.analyses.reachability.giving import NothingGiven
from retention_reports.analyses.reachability.reachability_analysis import reachability
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.occasions import is_business
from tests.support.datasets import Row, amount, dataset, orders

LEDGER = """
    anna   2025-12-01  900
    anna   2026-08-01  100
    bernd  2026-08-01   30
    clara  2025-10-05   90
    dora   2024-01-01   10
"""
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "email": "anna@example.org", "email_permission": "yes"},
    {"customer_id": "bernd", "email": "bernd@example.org", "email_permission": "no"},
    {"customer_id": "clara", "email": "clara", "email_permission": "yes"},
    {"customer_id": "dora", "email": "dora@example.org", "email_permission": "yes"},
    {"customer_id": "never bought", "email": "e@example.org", "email_permission": "yes"},
]


def test_reachability_is_counted_by_status_and_by_value_class() -> None:
    found = reachability(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS)).addresses

    assert found.everyone == Group("all", "", address=3, permission=3, reachable=Rate(2, 4))
    assert found.groups == (
        Group("status", "new", 1, 0, Rate(0, 1)),
        Group("status", "loyal_repeat", 1, 1, Rate(1, 1)),
        Group("status", "loyal_single", 0, 1, Rate(0, 1)),
        Group("status", "lost", 1, 1, Rate(1, 1)),
        Group("value_class", "A", 1, 1, Rate(1, 1)),
        Group("value_class", "B", 0, 1, Rate(0, 1)),
        Group("value_class", "C", 1, 0, Rate(0, 1)),
    )


def test_a_young_export_knows_addresses_but_no_status() -> None:
    data = dataset(orders("anna 2026-08-01 10"), quarter="2026-Q3", customers=CUSTOMERS, history_complete=False)
    found = reachability(data)

    assert found.addresses.everyone == Group("all", "", 1, 1, Rate(1, 1))
    assert found.addresses.groups == ()
    assert Missing("groups.status", Unknown.BEFORE_START_OF_DATA) in found.missing


def test_without_the_columns_reachability_is_missing() -> None:
    found = reachability(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert found.figures()["reachable_n"] is None
    assert Missing("giving", Unknown.NO_FILE, "touchpoints") in found.missing


@pytest.mark.parametrize(
    ("occasion", "business"),
    [
        ("Angebot", True),
        ("Nachfassen Angebotsfrist", True),
        ("RECHNUNG 4711", True),
        ("Price list 2026", True),
        ("Offer", True),
        ("Dank", False),
        ("Einladung Hausmesse", False),
        ("Birthday", False),
        ("", False),
    ],
)
def test_an_occasion_sells_or_gives(occasion: str, *, business: bool) -> None:
    assert is_business(occasion) is business


def test_customers_who_had_offers_and_bills_at_most() -> None:
    touchpoints: list[Row] = [
        {"customer_id": who, "date": day, "channel": "mail", "state": state, "occasion": occasion}
        for who, day, state, occasion in [
            ("anna", "2026-07-01", "done", "Offer"),
            ("anna", "2026-07-02", "done", "Invoice"),
            ("anna", "2026-07-03", "planned", "Thank-you"),
            ("bernd", "2026-07-01", "done", "Offer"),
            ("bernd", "2025-09-30", "done", "Thank-you"),
            ("dora", "2026-07-01", "done", "Thank-you"),
        ]
    ]
    visits: list[Row] = [{"customer_id": "clara", "visited_on": "2025-10-20"}]
    tables = {"touchpoints": touchpoints, "visits": visits}
    found = reachability(dataset(orders(LEDGER), quarter="2026-Q3", tables=tables)).giving

    # Active: anna, bernd, clara. In the last year: two offers and a bill against Clara's visit; four purchase days.
    assert found is not None
    assert found.customers == (NothingGiven("anna", "anna", "", 2, amount("1000")),)
    assert found.only_business == Rate(1, 3)
    assert (found.giving, found.business, found.purchase_days, found.giving_per_purchase) == (1, 3, 4, 0.25)


def test_touchpoints_without_any_occasion_tell_nothing() -> None:
    touchpoints: list[Row] = [{"customer_id": "anna", "date": "2026-07-01", "channel": "mail", "state": "done"}]
    found = reachability(dataset(orders(LEDGER), quarter="2026-Q3", tables={"touchpoints": touchpoints}))

    assert found.giving is None
    assert Missing("giving", Unknown.NO_COLUMN, "touchpoints.occasion") in found.missing
