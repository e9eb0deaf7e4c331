"""Notice management: how soon a notice was answered, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.lost_customers.notice_results import Notice, NoticeManagement, Reaction
from retention_reports.model.contact_cadence import contact_events
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retention_reports.analyses.lost_customers.three_questions import Losses
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

SOON_DAYS = 2
"""A notice answered on the same day or one of the next two counts as answered within 48 hours."""
JUDGED_DAYS = 180
"""How long after the notice a purchase counts as its outcome."""


@record
class _Given:
    """Every notice of a customer who had bought: row numbers and day numbers beside each other, NEVER where not."""

    customer: Integers
    day: Integers
    contact: Integers
    back: Integers


def notice_management(dataset: Dataset, losses: Losses) -> NoticeManagement:
    """Follow each notice to its first contact and to the next purchase; again without one between, it counts once."""
    given, contacts_since = _given(dataset)
    return NoticeManagement(
        notices=tuple(sorted(_listed(dataset, losses, given), key=_unanswered_first)),
        reactions=None if contacts_since is None else _reactions(given, contacts_since, day_number(dataset.cut_off)),
    )


def _given(dataset: Dataset) -> tuple[_Given, int | None]:
    """Return the notices, and the day of the first recorded contact (None where contacts are not recorded)."""
    ledger, events = dataset.ledger, dataset.ledger.notice_events
    customers, days = events.customers, events.days
    bought = ledger.purchase_events.last(customers, days, missing=NEVER)
    repeated = np.zeros(len(days), dtype=np.bool_)
    repeated[1:] = (customers[1:] == customers[:-1]) & (days[:-1] >= bought[1:])
    first = (bought != NEVER) & ~repeated
    customers, days = customers[first], days[first]
    back = ledger.purchase_events.following(customers, days, missing=NEVER)
    contacts = contact_events(dataset)
    if contacts is None:
        return _Given(customers, days, np.full(len(days), NEVER, dtype=np.int64), back), None
    contact = contacts.following(customers, days - 1, missing=NEVER)
    in_time = (contact != NEVER) & ((back == NEVER) | (contact <= back))
    return _Given(customers, days, np.where(in_time, contact, NEVER), back), int(contacts.days.min())


def _listed(dataset: Dataset, losses: Losses, given: _Given) -> Iterator[Notice]:
    recent = given.day > day_number(dataset.year_ago)
    columns = (part[recent].tolist() for part in (given.customer, given.day, given.contact, given.back))
    for row, day, contact, back in zip(*columns, strict=True):
        line = dataset.customer_lines.line(row)
        yield Notice(
            customer_id=line.customer_id,
            name=line.name,
            given_on=day_of(day),
            first_contact_on=None if contact == NEVER else day_of(contact),
            returned_on=None if back == NEVER else day_of(back),
            revenue_year=int(losses.value.revenue[row]) if losses.value.complete[row] else None,
        )


def _unanswered_first(notice: Notice) -> tuple[bool, bool, int, str, date]:
    return (
        notice.returned_on is not None,
        notice.first_contact_on is not None,
        -(notice.revenue_year or 0),
        notice.customer_id,
        notice.given_on,
    )


def _reactions(given: _Given, contacts_since: int, cut_off: int) -> tuple[tuple[Reaction, Rate], ...]:
    judged = (given.day + JUDGED_DAYS <= cut_off) & (given.day >= contacts_since)
    came = (given.back != NEVER) & (given.back - given.day <= JUDGED_DAYS)
    waited = np.where(given.contact == NEVER, JUDGED_DAYS + 1, given.contact - given.day)
    soon, never = waited <= SOON_DAYS, waited > JUDGED_DAYS
    groups = {Reaction.SOON: soon, Reaction.LATER: ~soon & ~never, Reaction.NEVER: never}
    return tuple(
        (reaction, Rate(int((judged & group & came).sum()), int((judged & group).sum())))
        for reaction, group in groups.items()
    )
