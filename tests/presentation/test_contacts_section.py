"""What the section on contacts says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.contacts.contact_analysis import contacts
from retention_reports.model.client import Client
from retention_reports.presentation.contacts.contact_section import present_contacts
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

LEDGER = "anna 2026-06-01 800\nbernd 2026-06-01 790\nclara 2026-06-01 40"
CALLS: list[Row] = [
    {"customer_id": name, "date": day, "channel": "phone", "state": "done"}
    for name, day in (("anna", "2026-06-05"), ("bernd", "2026-06-06"), ("clara", "2026-06-07"))
]
RECENT: list[Row] = [{**call, "date": "2026-09-25"} for call in CALLS]


@pytest.mark.parametrize(
    ("language", "calls", "headline"),
    [
        ("en", RECENT, "All 3 customers with a value class were contacted as often as they are due."),
        ("en", [*RECENT[1:], CALLS[0]],
         ("One customer has waited longer for a contact than its value class allows, among them one A customer with "
         "revenue of £800 a year.")),
        ("de", CALLS[:2],
         ("2 Kunden warten länger auf einen Kontakt, als ihrer Wertklasse zusteht; davon 2 A-Kunden mit zusammen "
         "1.590 £ Umsatz im Jahr.")),
        ("de", RECENT, "Alle 3 Kunden mit Wertklasse wurden so oft angesprochen, wie es ihnen zusteht."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_and_many(language: str, calls: list[Row], headline: str) -> None:
    client = Client("test", "Test", language=language, currency="GBP", history_complete=True)
    data = dataset(orders(LEDGER), quarter="2026-Q3", client=client, tables={"touchpoints": calls})

    view = present_contacts(context(data, contacts(data), language=language))

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_any_file_the_section_only_says_what_is_missing(language: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")

    view = present_contacts(context(data, contacts(data), language=language))

    assert view.rows == ()
    assert len(view.missing) == 4


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_list_that_invites_contact_says_whether_one_may_write(language: str) -> None:
    customers: list[Row] = [{"customer_id": "anna", "email_permission": "yes"}]
    tables_given: dict[str, list[Row]] = {
        "touchpoints": CALLS,
        "contacts": [{"customer_id": "anna", "name": "Karin Vogel", "birthday": "1980-10-04"}],
        "offers": [
            {"offer_id": "1", "customer_id": "anna", "offered_on": "2026-09-01", "amount": "70", "state": "open",
             "decision_due_on": "2026-12-31"},
        ],
    }  # fmt: skip
    data = dataset(orders(LEDGER), quarter="2026-Q3", customers=customers, tables=tables_given)

    view = present_contacts(context(data, contacts(data), language=language))

    shown = tables(view)
    for name in ("contacts-overdue", "contacts-decisions", "contacts-birthdays"):
        assert {"de": "ja", "en": "yes"}[language] in table_texts(shown[name])[0]
    assert "{" not in words(view)


@pytest.mark.parametrize(
    ("language", "given", "headline"),
    [
        ("en", {"visits": [{"customer_id": "anna", "visited_on": "2026-09-01", "sales_rep": "Vogt", "order_id": "1"}]},
         "1 of 1 visits in the last twelve months led to an order."),
        ("de", {"contacts": [{"customer_id": "anna", "name": "Karin Vogel"}]},
         "Bei 1 von 3 aktiven Kunden ist nur ein Ansprechpartner bekannt."),
        ("en", {"offers": [{"offer_id": "1", "customer_id": "anna", "offered_on": "2026-09-01", "amount": "70",
                            "state": "open", "decision_due_on": "2026-12-31"}]},
         "Customers decide on one offer in the next quarter."),
    ],
)  # fmt: skip
def test_any_one_file_is_enough_for_a_headline(language: str, given: dict[str, list[Row]], headline: str) -> None:
    recent = "anna 2026-09-20 800\nbernd 2026-09-20 790\nclara 2026-09-20 40"
    data = dataset(orders(recent), quarter="2026-Q3", tables=given)

    assert present_contacts(context(data, contacts(data), language=language)).headline == headline


@pytest.mark.parametrize(
    ("ordered", "title"),
    [
        (["of another"], "No visit led to an order"),
        (["1"], "One visit of 7 led to an order"),
        (["1", "2"], "2 of 7 visits led to an order"),
    ],
)
def test_the_picture_of_visits_names_five_sales_people_and_sums_up_the_others(ordered: list[str], title: str) -> None:
    visits: list[Row] = [
        {"customer_id": "anna", "visited_on": "2026-09-01", "sales_rep": f"Rep{number}", "order_id": order}
        for number, order in enumerate([*ordered, *[""] * (7 - len(ordered))])
    ]
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"visits": visits})

    said = words(present_contacts(context(data, contacts(data))))

    assert title in said
    assert "others: 0/2" in said
