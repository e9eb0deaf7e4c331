"""Personal contacts with customers, and how often each value class is due one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.events import Events
from retention_reports.model.ledger import NEVER, RunningTotals, day_number, day_numbers
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.client import Client
    from retention_reports.model.known_data import KnownData
    from retention_reports.model.ledger import Flags, Integers

DEFAULT_CADENCE_DAYS: Mapping[str, int] = {"A": 30, "B": 90, "C": 180}


@record
class Contacts:
    """Done touchpoints and visits up to the cut-off, one entry a customer.

    `last` is the day number of the last contact or NEVER. `since` is the day from which silence counts: the last
    contact, else the later of the first purchase and the first contact recorded with anybody. `overdue` tells that
    more days than the value class's cadence have passed since then (customers without a class are never overdue).
    """

    last: Integers
    since: Integers
    overdue: Flags
    days: RunningTotals


def cadence_days(client: Client) -> dict[str, int]:
    """Return after how many days a customer of each value class is due a contact."""
    return {**DEFAULT_CADENCE_DAYS, **client.contact_cadence_days}


def contacts(known: KnownData) -> Contacts | None:
    """Return the contacts with each customer; None where the client has no touchpoints that were carried out on record.

    Visits alone do not tell who was not contacted: nobody knows of calls and letters.
    """
    done = _done_contacts(known)
    if done is None:
        return None
    customers, days = done
    count = known.ledger.customer_count
    last = np.full(count, NEVER, dtype=np.int64)
    np.maximum.at(last, customers, days)
    since = np.where(last == NEVER, np.maximum(known.ledger.first_purchase, days.min()), last)
    allowed = cadence_days(known.client)
    limits = np.array([allowed.get(name, -1) for name in known.value_classes(known.cut_off)], dtype=np.int64)
    overdue = (limits >= 0) & (day_number(known.cut_off) - since > limits)
    totals = RunningTotals(customers, days, np.ones(len(days), dtype=np.int64), count)
    return Contacts(last, since, overdue, totals)


def contact_events(known: KnownData) -> Events | None:
    """Return every contact that took place, by customer and day; None where they are not recorded, as in `contacts`."""
    done = _done_contacts(known)
    return None if done is None else Events(*done)


def _done_contacts(known: KnownData) -> tuple[Integers, Integers] | None:
    touchpoints = known.table("touchpoints")
    if touchpoints is None or not (touchpoints["state"] == "done").any():
        return None
    rows = touchpoints.loc[(touchpoints["state"] == "done") & (touchpoints["customer"] >= 0)]
    found = [(rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["date"]))]
    visits = known.table("visits")
    if visits is not None:
        rows = visits.loc[visits["customer"] >= 0]
        found.append((rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["visited_on"])))
    customers, days = (np.concatenate(part) for part in zip(*found, strict=True))
    return (customers, days) if len(days) else None
