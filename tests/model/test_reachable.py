"""Which addresses one can write to."""

from __future__ import annotations

import pytest

from retention_reports.model.reachable import reach
from tests.support.datasets import Row, dataset, orders

OTHER: Row = {"customer_id": "o", "email": "o@example.org", "email_permission": "yes"}


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        ("anna@example.org", True),
        ("anna.müller+shop@bücher.example", True),
        ("a@mail.sub-domain.example", True),
        ("", False),
        ("anna", False),
        ("anna@example", False),
        ("anna@@example.org", False),
        ("anna@example..org", False),
        ("anna@-example.org", False),
        ("anna@example.org, bernd@example.org", False),
        ("anna @example.org", False),
        ("anna@192.0.2.1", False),
    ],
)
def test_an_address_is_valid_where_it_has_the_form_of_one(address: str, *, valid: bool) -> None:
    customers: list[Row] = [{"customer_id": "a", "email": address, "email_permission": "yes"}, OTHER]
    found = reach(dataset(orders("a 2026-01-01 1"), quarter="2026-Q1", customers=customers))

    assert found is not None
    assert found.reachable.tolist() == [valid, True]


@pytest.mark.parametrize(("permission", "reachable"), [("yes", True), ("no", False), ("unknown", False)])
def test_only_a_permission_that_was_given_counts(permission: str, *, reachable: bool) -> None:
    customers: list[Row] = [{"customer_id": "a", "email": "a@example.org", "email_permission": permission}, OTHER]
    found = reach(dataset(orders("a 2026-01-01 1"), quarter="2026-Q1", customers=customers))

    assert found is not None
    assert found.reachable.tolist() == [reachable, True]


def test_without_the_columns_nobody_can_tell() -> None:
    assert reach(dataset(orders("a 2026-01-01 1"), quarter="2026-Q1")) is None
