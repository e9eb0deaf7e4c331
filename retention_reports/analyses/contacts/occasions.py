"""What the next quarter brings: decisions at customers, birthdays of their people."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.analyses.contacts.contact_results import Birthday, DecisionDate
from retention_reports.model.ledger import day_numbers, day_of

if TYPE_CHECKING:
    from retention_reports.model.customer_lines import CustomerLines
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.quarters import Quarter

_LEAP_DAY = (2, 29)


def decision_dates(dataset: Dataset, lines: CustomerLines) -> tuple[DecisionDate, ...]:
    """List open offers whose decision is due in the next quarter, earliest first; empty without the file."""
    table = dataset.table("offers")
    if table is None:
        return ()
    due = table["decision_due_on"]
    coming = (due > pd.Timestamp(dataset.cut_off)) & (due <= pd.Timestamp(dataset.quarter.plus(1).last_day))
    rows = table.loc[(table["state"] == "open") & coming & (table["customer"] >= 0)]
    columns = (rows["customer"].tolist(), rows["offer_id"].tolist(), day_numbers(rows["decision_due_on"]).tolist())
    found = [
        DecisionDate(lines.line(customer), offer, day_of(day), int(amount))
        for customer, offer, day, amount in zip(*columns, rows["amount"].tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.due_on, -entry.amount, entry.offer_id)))


def birthdays(dataset: Dataset, lines: CustomerLines) -> tuple[Birthday, ...]:
    """List birthdays of people at active customers in the next quarter, earliest first; empty without the file."""
    table = dataset.table("contacts")
    if table is None:
        return ()
    active = dataset.ledger.active(dataset.cut_off)
    rows = table.loc[(table["customer"] >= 0) & table["birthday"].notna()]
    rows = rows.loc[active[rows["customer"]]].drop_duplicates(["customer", "name", "birthday"])
    following = dataset.quarter.plus(1)
    found = []
    born = day_numbers(rows["birthday"]).tolist()
    for customer, person, number in zip(rows["customer"].tolist(), rows["name"].tolist(), born, strict=True):
        day = birthday_in(day_of(number), following)
        if day is not None:
            found.append(Birthday(lines.line(customer), person, day))
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.customer.customer_id, entry.person)))


def birthday_in(born: date, quarter: Quarter) -> date | None:
    """Return the birthday in the quarter, or None; who was born on 29 February is kept in mind on the 28th."""
    for year in sorted({quarter.first_day.year, quarter.last_day.year}):
        leap_born = (born.month, born.day) == _LEAP_DAY
        day = date(year, 2, 28) if leap_born and not isleap(year) else date(year, born.month, born.day)
        if quarter.first_day <= day <= quarter.last_day:
            return day
    return None
