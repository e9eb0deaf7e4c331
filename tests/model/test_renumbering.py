from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.renumbering import KnownCustomers, renumbered_customers


def known(customers: list[tuple[str, str, str]], orders: list[tuple[str, str]]) -> KnownCustomers:
    return KnownCustomers(
        pd.DataFrame(customers, columns=["customer_id", "name", "email"], dtype="str"),
        pd.DataFrame(orders, columns=["order_id", "customer_id"], dtype="str"),
    )


def without_names(*orders: tuple[str, str]) -> KnownCustomers:
    return known([(name, name, "") for name in dict.fromkeys(customer for _, customer in orders)], list(orders))


BEFORE = known([("K1", "Anna", "a@b.de"), ("K2", "Bernd", "b@b.de"), ("K3", "Carl", "")], [("1", "K1"), ("2", "K2")])


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (known([("7", "ANNA", ""), ("K2", "Bernd", "")], []), {"K1": "7"}),
        (known([("7", "Anna Mai", "A@b.de"), ("K2", "Bernd", "")], []), {"K1": "7"}),
        (known([("K2", "Anna", ""), ("K1", "Bernd", "")], []), {"K1": "K2", "K2": "K1"}),
        (known([("7", "7", ""), ("8", "8", "")], [("1", "7"), ("2", "8")]), {"K1": "7", "K2": "8"}),
        (BEFORE, {}),
    ],
    ids=["by name", "by address", "names swapped", "by order", "nothing"],
)
def test_names_addresses_and_orders_tell_who_has_another_id(now: KnownCustomers, expected: dict[str, str]) -> None:
    assert renumbered_customers(BEFORE, now) == expected


def test_a_customer_merged_into_another_one_was_not_renumbered() -> None:
    then = without_names(("1", "K1"), ("2", "K2"), ("3", "K3"), ("4", "K4"))
    now = without_names(("1", "K2"), ("2", "K2"), ("3", "K3"), ("4", "K4"))

    assert renumbered_customers(then, now) == {}


def test_an_order_given_to_somebody_else_renumbers_nobody() -> None:
    then = without_names(("1", "K1"), ("2", "K1"), ("3", "K2"))
    now = without_names(("1", "K1"), ("2", "K9"), ("3", "K2"))

    assert renumbered_customers(then, now) == {}


def test_ids_that_got_their_zeros_back_are_the_same() -> None:
    assert renumbered_customers(without_names(("1", "132")), without_names(("1", "00132"))) == {}


def test_a_name_that_two_customers_have_tells_nothing() -> None:
    then = known([("K1", "Anna", "")], [])
    now = known([("K2", "Anna", ""), ("K3", "Anna", "")], [])

    assert renumbered_customers(then, now) == {}


@given(st.permutations(["K1", "K2", "K3", "K4", "K5"]))
def test_ids_dealt_out_anew_are_found_as_they_were_dealt(dealt: list[str]) -> None:
    before = [f"K{number}" for number in range(1, 6)]
    names = ["Anna", "Bernd", "Carl", "Dora", "Emil"]

    found = renumbered_customers(
        known([(old, name, "") for old, name in zip(before, names, strict=True)], []),
        known([(new, name, "") for new, name in zip(dealt, names, strict=True)], []),
    )

    assert found == {old: new for old, new in zip(before, dealt, strict=True) if old != new}
