"""Who stands on the lists to work with, why, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.contacts import contacts
from retention_reports.analyses.early_warning import early_warning
from retention_reports.analyses.lost_customers import lost_customers
from retention_reports.analyses.measures import measures
from retention_reports.analyses.new_customers import new_customers
from retention_reports.presentation.actions import present_actions
from tests.support.datasets import Row, amount, dataset, day, orders
from tests.support.presenting import context

if TYPE_CHECKING:
    from retention_reports.presentation.actions import Action, ActionsView

LEDGER = """
anna 2024-10-01 400
anna 2025-03-01 500
bernd 2026-06-20 250
clara 2025-01-10 100
clara 2026-05-01 900
dora 2024-02-01 10
dora 2025-06-01 10
"""
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "name": "Anna Ltd", "email_permission": "no", "sales_rep": ""},
    {"customer_id": "bernd", "name": "Bernd Ltd", "email": "b@example.test", "email_permission": "yes"},
    {"customer_id": "clara", "name": "Clara Ltd", "sales_rep": "Vogt"},
]
FILES: dict[str, list[Row]] = {
    "contacts": [{"customer_id": "anna", "name": "Karin Vogel"}],
    "touchpoints": [
        {"customer_id": "anna", "date": "2026-01-15", "channel": "phone", "state": "done"},
        {"customer_id": "clara", "date": "2026-02-01", "channel": "phone", "state": "done"},
    ],
    "measures": [
        {"measure_id": "m", "kind": "win_back", "title": "Call", "started_on": "2026-06-01", "state": "running",
         "owner": "Kessler", "due_on": "2026-12-01"},
    ],
}  # fmt: skip


def _view(language: str = "en", **files: list[Row]) -> ActionsView:
    data = dataset(orders(LEDGER), quarter="2026-Q2", customers=CUSTOMERS, tables={**FILES, **files})
    found = (analysis(data) for analysis in (contacts, early_warning, lost_customers, measures, new_customers))
    return present_actions(context(data, *found, language=language))


def _by_name(view: ActionsView) -> dict[str, tuple[Action, ...]]:
    return {entry.name: entry.actions for entry in view.lists}


def test_the_lists_come_in_a_fixed_order_and_every_column_has_a_heading() -> None:
    view = _view()

    assert [entry.name for entry in view.lists] == [
        "Early warning",
        "Contact overdue",
        "Ask for the reason",
        "Win back",
        "Second purchase",
    ]
    assert view.headings[:6] == ("List", "Customer number", "Customer", "Reason", "Value (EUR)", "The value is")
    assert len(view.headings) == 11


def test_a_lost_customer_of_unknown_reason_is_to_be_asked() -> None:
    first, *_ = _by_name(_view())["Ask for the reason"]

    assert (first.customer_id, first.customer, first.permission, first.person) == (
        "anna", "Anna Ltd", "no", "Karin Vogel",
    )  # fmt: skip
    assert first.reason == "No longer buys, last purchase 01/03/2025; reason not known"
    assert first.value == amount("900")
    assert first.owner == "Kessler"
    assert first.due == day("2026-07-28")
    assert first.last_contact == day("2026-01-15")


def test_a_known_reason_takes_a_customer_off_that_list_and_an_unavoidable_one_off_win_back() -> None:
    closed: Row = {"customer_id": "anna", "noticed_on": "2025-07-01", "kind": "notice", "reason": "business_closed"}

    before, after = _by_name(_view()), _by_name(_view(losses=[closed]))

    assert "anna" in {entry.customer_id for entry in before["Ask for the reason"]}
    assert "anna" not in {entry.customer_id for entry in after["Ask for the reason"]}
    assert "anna" not in {entry.customer_id for entry in after["Win back"]}


def test_whoever_is_overdue_is_called_first_by_revenue_and_the_sales_person_does_it() -> None:
    overdue = _by_name(_view())["Contact overdue"]

    (clara,) = [entry for entry in overdue if entry.customer_id == "clara"]
    assert clara.reason == "Contact overdue by 119 days (class A)"
    assert (clara.owner, clara.value, clara.due) == ("Vogt", amount("900"), day("2026-07-14"))
    assert [entry.value or 0 for entry in overdue] == sorted((entry.value or 0 for entry in overdue), reverse=True)


def test_early_warnings_tell_the_signals_in_words() -> None:
    (clara,) = [entry for entry in _by_name(_view())["Early warning"] if entry.customer_id == "clara"]

    assert "No contact for 149 days" in clara.reason
    assert clara.value == amount("900")


def test_one_time_buyers_are_listed_who_can_and_may_be_written_to() -> None:
    buyers = _by_name(_view())["Second purchase"]

    assert [(entry.customer_id, entry.permission) for entry in buyers] == [("bernd", "yes")]
    assert buyers[0].reason == "Single purchase on 20/06/2026, 10 days ago"
    assert buyers[0].last_contact is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_left_unworded(language: str) -> None:
    view = _view(language)
    said = [view.title, *view.headings]
    for entry in view.lists:
        said += [entry.name, entry.value_is, *(action.reason for action in entry.actions)]

    assert all(said)
    assert not any("{" in text for text in said)
    assert all(len(entry.name) <= 31 for entry in view.lists)
