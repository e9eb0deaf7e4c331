"""Contacts and visits, worked by hand on small tables."""

from __future__ import annotations

from datetime import date

import pytest

from retention_reports.analyses.contacts.contact_analysis import contacts
from retention_reports.analyses.contacts.occasions import birthday_in
from retention_reports.errors import Location, Problem, Severity
from retention_reports.messages import say
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from retention_reports.model.spellings import in_capitals
from tests.support.datasets import Row, amount, client_folder, orders
from tests.support.laws import assert_laws

QUARTER = Quarter.parse("2026-Q3")
LEDGER = """
    anna   2026-06-01  800.00
    bernd  2026-06-01  150.00
    clara  2026-06-01   40.00
    dora   2026-06-01   10.00
    anna   2026-09-10  100.00
    emil   2024-01-01  500.00
"""
# Revenue 900, 150, 40, 10 of 1,100: A anna (0 % before), B bernd (82 % before), C clara (95 %) and dora; emil is lost.
TABLES: dict[str, list[Row]] = {
    "touchpoints": [
        {"customer_id": "anna", "date": "2026-08-01", "channel": "phone", "state": "done"},
        {"customer_id": "anna", "date": "2026-08-20", "channel": "phone", "state": "planned"},
        {"customer_id": "bernd", "date": "2026-09-01", "channel": "phone", "state": "done"},
        {"customer_id": "clara", "date": "2026-01-10", "channel": "phone", "state": "done"},
        {"customer_id": "anna", "date": "2026-11-01", "channel": "phone", "state": "planned"},
    ],
    "visits": [
        {"customer_id": "anna", "visited_on": "2026-06-01", "sales_rep": "Vogt", "order_id": "1"},
        {"customer_id": "bernd", "visited_on": "2026-08-20", "sales_rep": "Vogt", "order_id": ""},
        {"customer_id": "bernd", "visited_on": "2026-08-25", "sales_rep": "Oehme", "order_id": ""},
        {"customer_id": "clara", "visited_on": "2025-01-20", "sales_rep": "Oehme", "order_id": ""},
    ],
    "contacts": [
        {"customer_id": "anna", "name": "Karin Vogel", "salutation": "Frau", "birthday": "1980-10-04"},
        {"customer_id": "bernd", "name": "Jens Kruse", "salutation": "", "birthday": "1970-03-04"},
        {"customer_id": "bernd", "name": "RALF SIEVERT", "salutation": "Herr"},
        {"customer_id": "emil", "name": "Emil Lost", "salutation": "", "birthday": "1970-10-10"},
    ],
    "offers": [
        {"offer_id": "1", "customer_id": "anna", "offered_on": "2026-09-01", "amount": "70", "state": "open",
         "decision_due_on": "2026-12-31"},
        {"offer_id": "2", "customer_id": "anna", "offered_on": "2026-09-01", "amount": "60", "state": "open",
         "decision_due_on": "2027-01-01"},
        {"offer_id": "3", "customer_id": "bernd", "offered_on": "2026-09-01", "amount": "50", "state": "won",
         "decision_due_on": "2026-10-05", "decided_on": "2026-09-20"},
        {"offer_id": "4", "customer_id": "bernd", "offered_on": "2026-09-01", "amount": "40", "state": "won",
         "decision_due_on": "2026-10-05", "decided_on": "2026-10-02"},
    ],
}  # fmt: skip


def _folder(**tables: list[Row]) -> Dataset:
    return Dataset.at(client_folder(orders(LEDGER), tables=tables), QUARTER)


def test_contacts_are_held_against_the_cadence_of_the_class() -> None:
    found = contacts(_folder(**TABLES))

    # A is due every 30 days: anna's last contact was 60 days ago. B 90: bernd 29. C 180: clara 263 days; dora was never
    # contacted, and silence counts from her first purchase on 1 June (121 days).
    assert [(entry.name, entry.on_time, entry.done, entry.planned, entry.due) for entry in found.classes] == [
        ("A", Rate(0, 1), 2, 1, 12),
        ("B", Rate(1, 1), 3, 0, 4),
        ("C", Rate(1, 2), 1, 0, 4),
    ]
    assert found.classes[0].overdue_revenue == amount("900")


def test_who_waits_is_listed_by_class_with_the_plan_that_nothing_came_of() -> None:
    found = contacts(_folder(**TABLES)).overdue

    assert [(entry.customer.customer_id, entry.last_contact, entry.days_over) for entry in found] == [
        ("anna", date(2026, 8, 1), 30),
        ("clara", date(2026, 1, 10), 83),
    ]
    assert [entry.missed_plan for entry in found] == [date(2026, 8, 20), None]


def test_contact_persons_are_counted_by_their_names() -> None:
    found = contacts(_folder(**TABLES)).people

    assert found is not None
    assert (found.one, found.one_in_a, found.none) == (Rate(1, 4), Rate(1, 1), 2)
    assert [(line.customer_id, persons) for line, persons in found.customers] == [
        ("anna", 1),
        ("clara", 0),
        ("dora", 0),
    ]


def test_a_visit_counts_with_the_order_it_names() -> None:
    found = contacts(_folder(**TABLES)).visits

    assert found is not None
    assert found.with_order == Rate(1, 3)
    assert [(entry.sales_rep, entry.with_order, entry.order_value) for entry in found.by_rep] == [
        ("Vogt", Rate(1, 2), amount("800")),
        ("Oehme", Rate(0, 1), 0),
    ]
    assert [(entry.customer.customer_id, entry.visits) for entry in found.never_order] == [("bernd", 2)]
    assert [entry.customer.customer_id for entry in found.order_without] == ["clara", "dora"]


def test_a_cancelled_order_is_none() -> None:
    visits: list[Row] = [{"customer_id": "a", "visited_on": "2026-09-01", "sales_rep": "Vogt", "order_id": "2"}]
    folder = client_folder(orders("a 2026-08-01 10\na 2026-09-01 10 cancelled"), tables={"visits": visits})
    found = contacts(Dataset.at(folder, QUARTER)).visits

    assert found is not None
    assert found.with_order == Rate(0, 1)


def test_decisions_and_birthdays_are_those_of_the_next_quarter() -> None:
    found = contacts(_folder(**TABLES))

    # Offer 4 was decided after the cut-off: at the cut-off it was open.
    assert [(entry.offer_id, entry.due_on) for entry in found.decisions] == [
        ("4", date(2026, 10, 5)),
        ("1", date(2026, 12, 31)),
    ]
    assert [(entry.person, entry.day) for entry in found.birthdays] == [("Karin Vogel", date(2026, 10, 4))]


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [("2027-Q1", date(2027, 2, 28)), ("2028-Q1", date(2028, 2, 29)), ("2027-Q2", None)],
)
def test_who_was_born_on_a_leap_day_has_a_birthday_every_year(quarter: str, expected: date | None) -> None:
    assert birthday_in(date(1988, 2, 29), Quarter.parse(quarter)) == expected


def test_a_quarter_over_the_turn_of_the_year_has_birthdays_of_both_years() -> None:
    winter = Quarter.parse("2026-Q3", 5)

    assert (winter.first_day, winter.last_day) == (date(2026, 11, 1), date(2027, 1, 31))
    assert birthday_in(date(1980, 11, 2), winter) == date(2026, 11, 2)
    assert birthday_in(date(1980, 1, 2), winter) == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("name", "shouted"),
    [("RALF SIEVERT", True), ("BMW AG", False), ("IKEA", False), ("Ralf SIEVERT", False), ("MÜLLER-LÜD GMBH", False)],
)
def test_names_in_capitals_are_told_from_abbreviations(name: str, *, shouted: bool) -> None:
    assert in_capitals(name) is shouted


def test_faults_are_those_of_active_customers_and_of_the_check() -> None:
    warning = Problem(
        Location("customers.csv", 7), "suspected duplicate customer", say("amounts.none"), Severity.WARNING
    )
    folder = client_folder(orders(LEDGER), tables=TABLES)
    object.__setattr__(folder, "warnings", (warning,))
    found = contacts(Dataset.at(folder, QUARTER))

    assert [(fault.kind, fault.person, fault.place) for fault in found.faults] == [
        ("capitals", "RALF SIEVERT", ""),
        ("duplicate", "", "customers.csv:7"),
        ("no_salutation", "Jens Kruse", ""),
    ]


def test_without_files_nothing_is_zero() -> None:
    found = contacts(_folder())
    figures = found.figures()

    assert [entry.key for entry in found.missing] == ["classes", "one_contact", "visits", "decisions", "birthdays"]
    assert [figures[key] for key in ("classes", "overdue", "one_contact_n", "visits", "decisions")] == [None] * 5


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    assert_laws(client_folder(orders(LEDGER), tables=TABLES), QUARTER, contacts)
