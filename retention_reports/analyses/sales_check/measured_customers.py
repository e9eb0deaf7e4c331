"""What the data says about customers: contact persons, contacts, visits, and e-mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.sales_check.gaps import Gap
from retention_reports.model.contact_cadence import cadence_days, contacts
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.reachable import missing_columns, reach
from retention_reports.model.value_classes import CLASSES

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

_TWO = 2


def contacts_recorded(dataset: Dataset) -> Rate | Gap:
    """Active customers with at least one contact person on record ÷ active customers."""
    people = _contact_persons(dataset)
    if isinstance(people, Gap):
        return people
    return _of_active(dataset, people > 0)


def two_contacts_at_a_customers(dataset: Dataset) -> Rate | Gap:
    """A customers with two or more contact persons (by name) ÷ A customers."""
    people = _contact_persons(dataset)
    if isinstance(people, Gap):
        return people
    return _of_a_customers(dataset, people >= _TWO)


def contact_coverage(dataset: Dataset) -> Rate | Gap:
    """Active customers contacted or visited within the days of their value class ÷ active customers.

    Customers without a value class are due a contact as often as C customers.
    """
    if dataset.table("touchpoints") is None:
        return Gap(Unknown.NO_FILE, "touchpoints")
    if not _covers_last_year(dataset):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    made = contacts(dataset)
    if made is None:
        return Gap(Unknown.NO_ROWS, "touchpoints")
    allowed = cadence_days(dataset.client)
    limits = [allowed.get(name, allowed[CLASSES[-1]]) for name in dataset.value_classes(dataset.cut_off)]
    in_time = (made.last != NEVER) & (day_number(dataset.cut_off) - made.last <= np.array(limits, dtype=np.int64))
    return _of_active(dataset, in_time)


def visits_planned_by_importance(dataset: Dataset) -> Rate | Gap:
    """A customers visited in the quarter ÷ A customers."""
    visits = dataset.table("visits")
    if visits is None:
        return Gap(Unknown.NO_FILE, "visits")
    rows = visits.loc[dataset.in_quarter(visits["visited_on"], dataset.quarter) & (visits["customer"] >= 0)]
    return _of_a_customers(dataset, _occurrences(dataset, rows["customer"].to_numpy(dtype=np.int64)) > 0)


def email_reachable(dataset: Dataset) -> Rate | Gap:
    """Active customers with a valid e-mail address and the permission to use it ÷ active customers."""
    found = reach(dataset)
    if found is None:
        return Gap(Unknown.NO_COLUMN, ", ".join(entry.detail for entry in missing_columns(dataset, "reachable")))
    return _of_active(dataset, found.reachable)


def _contact_persons(dataset: Dataset) -> Integers | Gap:
    """Return how many contact persons of different names each customer has."""
    table = dataset.table("contacts")
    if table is None:
        return Gap(Unknown.NO_FILE, "contacts")
    people = table.loc[table["customer"] >= 0].drop_duplicates(["customer", "name"])
    return _occurrences(dataset, people["customer"].to_numpy(dtype=np.int64))


def _occurrences(dataset: Dataset, customers: Integers) -> Integers:
    return np.bincount(customers, minlength=len(dataset.customers)).astype(np.int64)


def _of_active(dataset: Dataset, flags: Flags) -> Rate | Gap:
    if not dataset.covers_activity_on(dataset.cut_off):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    active = dataset.ledger.active(dataset.cut_off)
    if not active.any():
        return Gap(Unknown.NOBODY_ACTIVE)
    return Rate(int((flags & active).sum()), int(active.sum()))


def _of_a_customers(dataset: Dataset, flags: Flags) -> Rate | Gap:
    if not _covers_last_year(dataset):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    important = dataset.value_classes(dataset.cut_off) == CLASSES[0]
    if not important.any():
        return Gap(Unknown.NO_PURCHASE)
    return Rate(int((flags & important).sum()), int(important.sum()))


def _covers_last_year(dataset: Dataset) -> bool:
    return dataset.covers(dataset.year_ago + timedelta(days=1))
