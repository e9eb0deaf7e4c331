"""Contacts and visits: who is heard from as often as due, through whom, what visits bring, and what comes up next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.contacts.addresses import address_faults
from retention_reports.analyses.contacts.cadence import contact_classes, overdue_customers
from retention_reports.analyses.contacts.contact_results import ContactWork
from retention_reports.analyses.contacts.occasions import birthdays, decision_dates
from retention_reports.analyses.contacts.people import few_contacts
from retention_reports.analyses.contacts.visits import visit_record
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

_NEEDED = (
    ("one_contact", "contacts"),
    ("visits", "visits"),
    ("decisions", "offers.decision_due_on"),
    ("birthdays", "contacts.birthday"),
)


def contacts(dataset: Dataset, *, of_past: bool = False) -> ContactWork:
    """Hold contacts against the cadence, count contact persons, weigh visits, and list what the next quarter brings.

    `of_past` leaves out which addresses are wrong: only the report of its own quarter shows it.
    """
    lines = dataset.customer_lines
    return ContactWork(
        classes=contact_classes(dataset),
        overdue=overdue_customers(dataset, lines),
        people=few_contacts(dataset, lines),
        visits=visit_record(dataset, lines),
        decisions=decision_dates(dataset, lines),
        birthdays=birthdays(dataset, lines),
        faults=() if of_past else address_faults(dataset),
        missing=_missing(dataset),
    )


def _missing(dataset: Dataset) -> tuple[Missing, ...]:
    reasons = {key: dataset.lacks(needed) for key, needed in _NEEDED}
    if dataset.contacts is None:
        reasons = {"classes": dataset.lacks("touchpoints") or (Unknown.NO_ROWS, "touchpoints"), **reasons}
    return tuple(Missing(key, *reason) for key, reason in reasons.items() if reason is not None)
