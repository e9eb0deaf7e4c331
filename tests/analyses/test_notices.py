"""Notice management, worked by hand."""

from __future__ import annotations

from datetime import date

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.lost_customers.notice_results import NoticeManagement, Reaction
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Rate
from tests.support.datasets import Row, amount, dataset, orders
from tests.support.small_clients import reported_quarter, small_client

LEDGER = """
    anna   2025-11-01  100
    bernd  2025-11-01  200
    bernd  2026-02-10   10
    clara  2025-11-01  300
    dora   2026-08-01  400
    emil   2024-06-01   50
"""
NOTICES = {
    "anna": "2026-01-10",
    "bernd": "2026-01-12",
    "clara": "2026-01-15",
    "dora": "2026-09-20",
    "emil": "2024-07-01",
}
CUSTOMERS: list[Row] = [{"customer_id": name, "notice_on": day} for name, day in NOTICES.items()]


def contact(customer: str, day: str, state: str = "done") -> Row:
    return {"customer_id": customer, "date": day, "channel": "phone", "state": state}


CONTACTS = [
    contact("anna", "2026-01-09"),  # before the notice: no answer
    contact("anna", "2026-01-12"),
    contact("bernd", "2026-01-30"),
    contact("clara", "2026-01-16", "planned"),  # never took place
    contact("dora", "2025-01-02"),
]


def found(rows: list[Row] | None = None, *, losses: list[Row] | None = None) -> NoticeManagement:
    given = {"touchpoints": CONTACTS if rows is None else rows, **({"losses": losses} if losses else {})}
    given = {name: entries for name, entries in given.items() if entries}
    return lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS, tables=given)).notices


def test_each_notice_is_followed_to_its_first_contact_and_the_next_purchase() -> None:
    notices = {one.customer_id: one for one in found().notices}

    assert list(notices) == ["dora", "clara", "anna", "bernd"]
    assert [one.days_to_contact for one in notices.values()] == [None, None, 2, 18]
    assert notices["bernd"].returned_on == date(2026, 2, 10)
    assert notices["clara"].revenue_year == amount("300")
    assert found().unanswered == 2


def test_who_came_back_is_counted_by_how_soon_they_were_called() -> None:
    # dora's notice is too fresh to be judged, emil's older than the first contact on record.
    assert found().reactions == (
        (Reaction.SOON, Rate(0, 1)),
        (Reaction.LATER, Rate(1, 1)),
        (Reaction.NEVER, Rate(0, 1)),
    )


def test_a_contact_after_the_return_was_no_answer() -> None:
    rows = [contact("dora", "2025-01-02"), contact("bernd", "2026-02-20")]

    assert next(one for one in found(rows).notices if one.customer_id == "bernd").first_contact_on is None


def test_a_notice_told_twice_without_a_purchase_between_counts_once() -> None:
    twice: list[Row] = [
        {"customer_id": "anna", "noticed_on": "2026-01-20", "kind": "notice", "reason": "price"},
        {"customer_id": "bernd", "noticed_on": "2026-03-01", "kind": "notice", "reason": "price"},
    ]
    days = [(one.customer_id, one.given_on) for one in found(losses=twice).notices]

    assert [day for name, day in days if name == "anna"] == [date(2026, 1, 10)]
    assert sorted(day for name, day in days if name == "bernd") == [date(2026, 1, 12), date(2026, 3, 1)]


def test_without_recorded_contacts_nobody_knows_what_was_answered() -> None:
    notices = found([])

    assert (notices.unanswered, notices.reactions) == (None, None)
    assert len(notices.notices) == 4


def test_no_contact_lies_before_its_notice_or_after_the_return() -> None:
    for seed in (3, 4, 5):
        folder = small_client(seed)
        for one in lost_customers(Dataset.at(folder, reported_quarter(folder))).notices.notices:
            assert one.days_to_contact is None or one.days_to_contact >= 0
            assert one.returned_on is None or one.given_on < one.returned_on
            assert None in (one.first_contact_on, one.returned_on) or one.first_contact_on <= one.returned_on  # type: ignore[operator]
