"""Early warning signals, worked by hand on small tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.model.client import Client
from retention_reports.model.figures import Missing, Unknown
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning, FlaggedCustomer

# Gaps of 30 days make the client's median 30; bernd fell silent after 30 July.
RHYTHM = """
    anna   2026-06-30  100
    anna   2026-07-30  100
    anna   2026-08-29  100
    bernd  2026-05-31   50
    bernd  2026-06-30   50
    bernd  2026-07-30   50
"""


def _flagged(found: EarlyWarning) -> dict[str, FlaggedCustomer]:
    return {customer.customer_id: customer for customer in found.flagged}


def _facts(found: EarlyWarning, customer: str, key: str) -> dict[str, object]:
    return {
        name: fact for one in _flagged(found)[customer].signals if one.key == key for name, fact in one.facts.items()
    }


def test_a_rhythm_is_broken_after_twice_the_usual_interval() -> None:
    found = early_warning(dataset(orders(RHYTHM), quarter="2026-Q3"))

    # On 30 September bernd has been silent for 62 days, anna for 32.
    assert list(_flagged(found)) == ["bernd"]
    assert _facts(found, "bernd", "rhythm_broken") == {"usual_days": 30.0, "silent_days": 62, "own_gaps": 2}
    assert _flagged(found)["bernd"].at_stake == amount("150")
    # So few customer-quarters prove nothing: the rhythm alone names whom to ask, and no money is at stake.
    assert (found.active, found.rule, found.at_stake) == (2, "rhythm", None)
    assert [entry.customer_id for entry in found.calls] == ["bernd"]


def test_exactly_twice_the_interval_is_not_broken() -> None:
    found = early_warning(dataset(orders(RHYTHM.replace("2026-07-30   50", "2026-08-01   50")), quarter="2026-Q3"))

    # 32 own days in the last gap: (30 + 32 + 3 × 30) ÷ 5 = 30.4 days, and 60 days of silence.
    assert found.flagged == ()


@pytest.mark.parametrize(("latest", "falls"), [("69", True), ("70", False)])
def test_the_order_value_falls_below_seventy_percent(latest: str, *, falls: bool) -> None:
    ledger = f"""
        anna  2025-12-01  80
        anna  2026-03-01  120
        anna  2026-07-15  {latest}
        anna  2026-09-15  {latest}
    """
    found = early_warning(dataset(orders(ledger), quarter="2026-Q3"))

    assert ("anna" in _flagged(found)) is falls
    if falls:
        assert _facts(found, "anna", "order_value_falling") == {
            "amount_now": amount(latest),
            "amount_before": amount("100"),
            "purchases_now": 2,
            "purchases_before": 2,
        }


def test_one_recent_purchase_says_nothing_about_the_order_value() -> None:
    ledger = "anna 2025-12-01 80\nanna 2026-03-01 120\nanna 2026-09-15 1"

    assert early_warning(dataset(orders(ledger), quarter="2026-Q3")).flagged == ()


PRODUCTS: list[Row] = [
    {"product_id": "s1", "name": "Soap", "category": "Cleaning"},
    {"product_id": "s2", "name": "Brush", "category": "Cleaning"},
    {"product_id": "t1", "name": "Tea", "category": "Kitchen"},
]
QUARTERLY = "\n".join(
    f"anna {day} 100" for day in ("2025-11-01", "2026-02-01", "2026-05-01", "2026-07-01", "2026-09-01")
)


def _lines(*products_by_order: str) -> list[Row]:
    return [
        {"order_id": str(number), "product_id": product, "amount": "10"}
        for number, products in enumerate(products_by_order, start=1)
        for product in products.split()
    ]


def test_a_category_bought_in_three_of_four_quarters_and_not_in_this_is_dropped() -> None:
    tables = {"order_lines": _lines("t1 s1", "t1 s1", "t1 s1", "s1", "s1"), "products": PRODUCTS}
    found = early_warning(dataset(orders(QUARTERLY), quarter="2026-Q3", tables=tables))

    assert [one.key for one in _flagged(found)["anna"].signals] == ["category_dropped"]
    assert _facts(found, "anna", "category_dropped") == {"categories": ("Kitchen",), "amount_before": amount("30")}


def test_a_product_is_dropped_although_its_category_is_still_bought() -> None:
    tables = {"order_lines": _lines("s2 s1", "s2 s1", "s2 s1", "s1", "s1"), "products": PRODUCTS}
    found = early_warning(dataset(orders(QUARTERLY), quarter="2026-Q3", tables=tables))

    assert _facts(found, "anna", "product_dropped") == {"products": ("Brush",), "amount_before": amount("30")}
    assert _facts(found, "anna", "category_dropped") == {}


def test_two_of_four_quarters_make_no_regular_product() -> None:
    tables = {"order_lines": _lines("s2 s1", "s2 s1", "s1", "s1", "s1"), "products": PRODUCTS}

    assert early_warning(dataset(orders(QUARTERLY), quarter="2026-Q3", tables=tables)).flagged == ()


def test_without_order_lines_the_assortment_is_not_measured() -> None:
    found = early_warning(dataset(orders(QUARTERLY), quarter="2026-Q3"))

    assert Missing("signals.category_dropped", Unknown.NO_FILE, "order_lines") in found.missing
    assert [one.key for one in found.signals] == ["rhythm_broken", "order_value_falling"]


@pytest.mark.parametrize(("contact", "overdue"), [("2026-08-30", True), ("2026-08-31", False)])
def test_a_contact_is_overdue_after_the_days_of_the_value_class(contact: str, *, overdue: bool) -> None:
    touchpoints: list[Row] = [
        {"customer_id": "anna", "date": contact, "channel": "phone", "state": "done"},
        {"customer_id": "anna", "date": "2026-09-20", "channel": "phone", "state": "planned"},
    ]
    found = early_warning(dataset(orders("anna 2026-09-01 10"), quarter="2026-Q3", tables={"touchpoints": touchpoints}))

    assert ("anna" in _flagged(found)) is overdue
    if overdue:
        assert _flagged(found)["anna"].last_contact == date(2026, 8, 30)
        assert _facts(found, "anna", "contact_overdue") == {
            "value_class": "A",
            "cadence_days": 30,
            "silent_days": 31,
            "ever_contacted": True,
        }


def test_who_was_never_contacted_is_overdue_since_the_first_purchase_and_visits_are_contacts() -> None:
    visits: list[Row] = [{"customer_id": "anna", "visited_on": "2026-07-01"}]
    touchpoints: list[Row] = [{"customer_id": "anna", "date": "2026-06-20", "channel": "call", "state": "done"}]
    client = Client("test", "Test", history_complete=True, contact_cadence_days={"A": 100, "C": 5})
    ledger = "anna 2026-06-01 990\nbernd 2026-09-24 9\nclara 2026-09-25 1"
    found = early_warning(
        dataset(orders(ledger), quarter="2026-Q3", client=client, tables={"visits": visits, "touchpoints": touchpoints})
    )

    # bernd and clara are class C; six and five days have passed since they first bought.
    assert list(_flagged(found)) == ["bernd"]
    assert _facts(found, "bernd", "contact_overdue")["ever_contacted"] is False


def test_open_complaints_and_low_scores_of_the_last_year_are_told() -> None:
    feedback: list[Row] = [
        {"customer_id": "anna", "date": "2026-08-01", "kind": "complaint"},
        {"customer_id": "bernd", "date": "2026-08-01", "kind": "complaint", "resolved_on": "2026-08-05"},
        {"customer_id": "clara", "date": "2026-08-01", "kind": "survey", "score": "9"},
        {"customer_id": "clara", "date": "2026-09-01", "kind": "survey", "score": "6"},
        {"customer_id": "dora", "date": "2025-09-30", "kind": "survey", "score": "1"},
        {"customer_id": "emil", "date": "2026-09-01", "kind": "complaint", "resolved_on": "2026-10-01"},
    ]
    ledger = "\n".join(f"{who} 2026-09-10 10" for who in ("anna", "bernd", "clara", "dora", "emil"))
    found = early_warning(dataset(orders(ledger), quarter="2026-Q3", tables={"feedback": feedback}))

    assert list(_flagged(found)) == ["anna", "clara", "emil"]
    assert _facts(found, "anna", "dissatisfied") == {
        "open_complaints": 1,
        "complaint_on": date(2026, 8, 1),
        "score": None,
        "score_on": None,
    }
    assert _facts(found, "clara", "dissatisfied")["score"] == 6.0


def test_an_open_offer_is_overdue_from_the_day_after_its_decision_date() -> None:
    offers: list[Row] = [
        {"offer_id": "1", "customer_id": "anna", "state": "open", "decision_due_on": "2026-09-29", "amount": "500"},
        {"offer_id": "2", "customer_id": "bernd", "state": "open", "decision_due_on": "2026-09-30", "amount": "500"},
        {"offer_id": "3", "customer_id": "clara", "state": "won", "decision_due_on": "2026-09-01", "amount": "500"},
    ]
    rows = [{"offered_on": "2026-07-01", **offer} for offer in offers]
    ledger = "anna 2026-09-10 10\nbernd 2026-09-10 10\nclara 2026-09-10 10"
    found = early_warning(dataset(orders(ledger), quarter="2026-Q3", tables={"offers": rows}))

    assert list(_flagged(found)) == ["anna"]
    assert _facts(found, "anna", "offer_overdue") == {
        "offers": 1,
        "amount_open": amount("500"),
        "due_on": date(2026, 9, 29),
    }


def _call(customer: str) -> Row:
    return {"customer_id": customer, "date": "2026-09-25", "channel": "phone", "state": "done"}


def test_a_regular_who_gets_less_than_half_of_what_its_class_gets_is_neglected() -> None:
    names = ["a", "b", "c", "d", "e"]
    # The sixth, who brings a little less than five equal customers, is class B.
    amounts = dict.fromkeys(names, 100) | {"f": 90}
    ledger = "\n".join(f"{name} {day} {amounts[name]}" for name in amounts for day in ("2024-01-10", "2026-09-20"))
    touchpoints = [_call(name) for name in names for _ in "xx"][1:]
    offers: list[Row] = [
        {"offer_id": name, "customer_id": name, "offered_on": "2026-09-01", "amount": "1", "state": "won"}
        for name in names[1:]
    ]
    # a: one contact of 9 ÷ 5 = 1.8 on average is more than half; without it a is neglected.
    for contacts, neglected in ((touchpoints, []), (touchpoints[1:], ["a"])):
        tables: dict[str, list[Row]] = {"touchpoints": contacts, "offers": offers}
        client = Client("test", "Test", history_complete=True, contact_cadence_days=dict.fromkeys("ABC", 9999))
        found = early_warning(dataset(orders(ledger), quarter="2026-Q3", client=client, tables=tables))
        shown = [one.customer_id for one in found.flagged if "neglected" in [signal.key for signal in one.signals]]
        assert shown == neglected
    assert _facts(found, "a", "neglected") == {
        "value_class": "A",
        "contacts": 0,
        "contacts_of_class": 1.6,
        "offers": 0,
        "offers_of_class": 0.8,
        "new_products": None,
        "new_products_of_class": None,
    }


def test_lost_customers_are_not_warned_of_and_the_largest_stake_stands_first() -> None:
    ledger = "gone 2025-01-01 900\n" + RHYTHM.replace("anna   2026-08-29  100", "anna   2026-07-31  100")
    found = early_warning(dataset(orders(ledger), quarter="2026-Q3"))

    assert [(one.customer_id, one.at_stake) for one in found.flagged] == [
        ("anna", amount("300")),
        ("bernd", amount("150")),
    ]


def test_the_list_names_whom_to_call() -> None:
    contacts: list[Row] = [
        {"customer_id": "bernd", "name": "Zoe Amsel", "decides": "yes"},
        {"customer_id": "bernd", "name": "Ada Meise", "decides": "no"},
    ]
    customers: list[Row] = [{"customer_id": "bernd", "email_permission": "no", "sales_rep": "Vogt"}]
    data = dataset(orders(RHYTHM), quarter="2026-Q3", customers=customers, tables={"contacts": contacts})
    entry = _flagged(early_warning(data))["bernd"]

    assert entry.contact is not None
    assert (entry.contact.name, entry.permission, entry.sales_rep) == ("Zoe Amsel", "no", "Vogt")
    assert entry.last_contact is None


def test_a_young_export_knows_no_yearly_stake_and_no_trend() -> None:
    found = early_warning(dataset(orders(RHYTHM), quarter="2026-Q3", history_complete=False))

    assert found.trend is None
    assert [one.at_stake for one in found.flagged] == [None]
    assert {"at_stake", "trend", "signals.neglected", "back_test.2026-Q2"} <= {one.key for one in found.missing}


def test_the_trend_follows_regular_customers_month_by_month() -> None:
    ledger = QUARTERLY + "\nanna 2026-09-02 40\nrare 2026-09-05 7"
    tables = {"order_lines": _lines("t1 s1", "s1", "s1", "s1", "s1 s2", "t1"), "products": PRODUCTS}
    trend = early_warning(dataset(orders(ledger), quarter="2026-Q3", tables=tables)).trend

    assert trend is not None
    assert [regular.customer_id for regular in trend.regulars] == ["anna"]
    last = trend.months[-1]
    assert (last.month, last.buyers, last.purchases) == (date(2026, 9, 1), 1, 2)
    assert (last.revenue, last.average_order_value, last.categories) == (amount("140"), amount("70"), 2.0)
    assert trend.regulars[0].purchases == (0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 2)
    assert trend.months[0].average_order_value is None
