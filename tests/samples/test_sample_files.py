"""The committed samples obey the rules of the data folder."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from retention_reports.model.schema import TABLES
from tests.samples.client_files import Row, read_client

DATA = Path(__file__).parents[2] / "data"
KINDS = ("musterhandel", "example_ltd")
UNASSIGNED = 2
SUNDAY = 6


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tables(kind: str) -> dict[str, list[Row]]:
    return read_client(DATA / kind)


def settings_of(kind: str) -> dict[str, object]:
    return tomllib.loads((DATA / kind / "client.toml").read_text(encoding="utf-8"))


def test_every_file_is_there_with_rows_and_all_columns_of_use(tables: dict[str, list[Row]]) -> None:
    # Lines of the samples have no prices, discounts or status of their own: their orders tell.
    not_used = {"order_lines": {"unit_price", "discount", "status"}, "products": {"price"}}
    for table in TABLES:
        expected = set(table.column_names) - {"currency"} - not_used.get(table.name, set())
        assert set(tables[table.name][0]) == expected, table.name


def test_ids_are_unique(tables: dict[str, list[Row]]) -> None:
    for table in TABLES:
        if table.key:
            ids = [row[table.key] for row in tables[table.name]]
            assert len(ids) == len(set(ids)), table.name


def test_every_reference_leads_to_a_row(tables: dict[str, list[Row]]) -> None:
    known = {
        "customer_id": {row["customer_id"] for row in tables["customers"]} | {""},
        "order_id": {row["order_id"] for row in tables["orders"]} | {""},
        "product_id": {row["product_id"] for row in tables["products"]} | {""},
    }
    targets = {"referred_by": "customer_id", "merged_into": "customer_id"}
    for name, rows in tables.items():
        for row in rows:
            for column, cell in row.items():
                target = targets.get(column, column)
                assert target not in known or cell in known[target], (name, row)


def test_customer_ids_are_missing_on_two_orders_alone(tables: dict[str, list[Row]]) -> None:
    needed = ("orders", "contacts", "touchpoints", "visits", "offers", "losses", "feedback")
    missing = [(name, row) for name in needed for row in tables[name] if not row["customer_id"]]

    assert [name for name, _ in missing] == ["orders"] * UNASSIGNED


def test_lines_add_up_to_their_order(tables: dict[str, list[Row]]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in tables["order_lines"]:
        sums[line["order_id"]] += line["amount"]

    assert sums == {row["order_id"]: row["amount"] for row in tables["orders"]}


def test_orders_stand_by_day_and_never_on_sundays(tables: dict[str, list[Row]]) -> None:
    days = [row["ordered_on"] for row in tables["orders"]]

    assert days == sorted(days)
    assert all(day.weekday() != SUNDAY for day in days)


def test_a_new_product_is_not_sold_before_its_introduction(tables: dict[str, list[Row]]) -> None:
    introduced = {row["product_id"]: row["introduced_on"] for row in tables["products"] if row["introduced_on"]}
    days = {row["order_id"]: row["ordered_on"] for row in tables["orders"]}
    lines = [row for row in tables["order_lines"] if row["product_id"] in introduced]

    assert {row["product_id"] for row in lines} == set(introduced)
    assert all(days[row["order_id"]] >= introduced[row["product_id"]] for row in lines)


def test_days_of_offers_follow_each_other(tables: dict[str, list[Row]]) -> None:
    for row in tables["offers"]:
        later = [row[name] for name in ("decision_due_on", "decided_on", "followed_up_on") if row[name]]
        assert all(day >= row["offered_on"] for day in later), row
        assert (row["decided_on"] is None) == (row["state"] == "open"), row


def test_only_one_delivery_came_before_its_order(tables: dict[str, list[Row]]) -> None:
    early = [row for row in tables["orders"] if row["delivered_on"] and row["delivered_on"] < row["ordered_on"]]

    assert len(early) == 1


def test_customer_addresses_lie_in_the_domain_that_nobody_owns(tables: dict[str, list[Row]]) -> None:
    addresses = [row["email"] for name in ("customers", "contacts") for row in tables[name] if row["email"]]

    assert addresses
    assert all(address.endswith(".example") and address.isascii() for address in addresses)


def test_every_reason_for_a_loss_is_mapped(kind: str, tables: dict[str, list[Row]]) -> None:
    mapped = settings_of(kind)["loss_reasons"]

    assert isinstance(mapped, dict)
    assert {row["reason"] for row in tables["losses"]} <= set(mapped)


def test_every_question_of_the_standard_sales_check_is_answered(kind: str, tables: dict[str, list[Row]]) -> None:
    standard = Path(__file__).parents[2] / "retention_reports" / "questionnaire" / "standard.toml"
    asked = {(one["id"], one["version"]) for one in tomllib.loads(standard.read_text(encoding="utf-8"))["questions"]}
    own_file = DATA / kind / "sales_check" / "questions.toml"
    own = tomllib.loads(own_file.read_text(encoding="utf-8"))["questions"] if own_file.is_file() else []
    newest = max(row["quarter"] for row in tables["answers"])
    answered = {(row["question_id"], int(row["version"])) for row in tables["answers"] if row["quarter"] == newest}

    assert answered == asked | {(one["id"], one["version"]) for one in own}
