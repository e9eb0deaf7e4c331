"""Contacts against what each value class is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.contacts.contact_results import ContactClass, OverdueCustomer
from retention_reports.model.contact_cadence import cadence_days
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_number, day_numbers, day_of
from retention_reports.model.value_classes import CLASSES

if TYPE_CHECKING:
    from retention_reports.model.customer_lines import CustomerLines
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

_YEAR_DAYS = 365


def contact_classes(dataset: Dataset) -> tuple[ContactClass, ...]:
    """Sum up contacts by value class of the active customers; empty where no contacts are on record."""
    made = dataset.contacts
    if made is None:
        return ()
    active = dataset.ledger.active(dataset.cut_off)
    classes = dataset.value_classes(dataset.cut_off)
    revenue = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    done = made.days.between(dataset.year_ago, dataset.cut_off)
    customers, days = _planned(dataset)
    recent = days > day_number(dataset.year_ago)
    planned = np.bincount(customers[recent], minlength=len(active))
    cadence = cadence_days(dataset.client)
    found = []
    for name in CLASSES:
        group = active & (classes == name)
        late = group & made.overdue
        size = int(group.sum())
        found.append(
            ContactClass(
                name=name,
                cadence_days=cadence[name],
                on_time=Rate(size - int(late.sum()), size),
                overdue_revenue=int(revenue[late].sum()),
                done=int(done[group].sum()),
                planned=int(planned[group].sum()),
                due=round(size * _YEAR_DAYS / cadence[name]),
            )
        )
    return tuple(found)


def overdue_customers(dataset: Dataset, lines: CustomerLines) -> tuple[OverdueCustomer, ...]:
    """List active customers whose contact is overdue: by class, then by revenue, largest first."""
    made = dataset.contacts
    if made is None:
        return ()
    late = np.flatnonzero(dataset.ledger.active(dataset.cut_off) & made.overdue)
    cadence = cadence_days(dataset.client)
    missed = _last_missed_plans(dataset, made.last)
    today = day_number(dataset.cut_off)
    return tuple(
        OverdueCustomer(
            customer=line,
            last_contact=None if made.last[row] == NEVER else day_of(int(made.last[row])),
            days_over=today - int(made.since[row]) - cadence[line.value_class],
            missed_plan=None if missed[row] == NEVER else day_of(int(missed[row])),
        )
        for row, line in lines.by_revenue(late)
    )


def _last_missed_plans(dataset: Dataset, last_contact: Integers) -> Integers:
    """Return the newest planned day since each customer's last contact that nothing came of, or NEVER."""
    customers, days = _planned(dataset)
    missed = np.full(len(last_contact), NEVER, dtype=np.int64)
    after = days > last_contact[customers]
    np.maximum.at(missed, customers[after], days[after])
    return missed


def _planned(dataset: Dataset) -> tuple[Integers, Integers]:
    table = dataset.table("touchpoints")
    if table is None:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    rows = table.loc[(table["state"] == "planned") & (table["customer"] >= 0)]
    return rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["date"])
