"""Occasions to turn to a customer for which no money can be named: they stand in the work lists alone."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.contacts.occasions import birthday_in
from retention_reports.model.activity_habit import orders_end_early
from retention_reports.model.email_addresses import ADDRESS
from retention_reports.model.ledger import NEVER, day_of
from retention_reports.model.quarters import months_before
from retention_reports.recommending.candidates import Candidate
from retention_reports.recommending.kinds import KEEPING, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from retention_reports.analyses.forecast.next_order_results import NextOrders
    from retention_reports.model.dataset import Dataset
    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.results import Entry, Fact

FITS_FROM = 4
"""Who fits so well (of 5) is a customer one wishes for."""
LITTLE = 5
"""A wish customer buys little where it buys less than this part of its potential, or without one, is of class C."""
ROUND_YEARS = 5
"""Every A customer's anniversary is one to call for, that of the others each so many years."""


def occasions(found: Findings, due: NextOrders | None, entries: Collection[Entry], start: date) -> Iterator[Candidate]:
    """Yield every occasion from the day `start` on. What an entry is about already is not asked for a second time."""
    dataset = found.dataset
    rows = dataset.folder.customer_rows
    followed_up = {entry.subject for entry in entries if entry.kind is Kind.FOLLOW_UP_OFFER}
    kept = {entry.customer_id for entry in entries if entry.kind in KEEPING}
    yield from _wish_customers(dataset)
    yield from _decision_days(found, rows, followed_up, start)
    if not orders_end_early(dataset):
        yield from _overdue_orders(dataset.cut_off, due, rows, kept)
    yield from _birthdays(found, rows, start)
    yield from _anniversaries(dataset, start)
    yield from _addresses(found, rows)


def _wish_customers(dataset: Dataset) -> Iterator[Candidate]:
    """Yield customers of a fit of 4 or 5 who buy nothing or little, the best fit and largest potential first."""
    fits = dataset.customers["fit"].to_numpy(dtype=np.float64)
    potentials = dataset.customers["potential"].fillna(0).to_numpy(dtype=np.int64)
    last = dataset.ledger.last_purchase(dataset.cut_off)
    lines = dataset.customer_lines
    wished = np.flatnonzero(fits >= FITS_FROM).tolist()
    for row in sorted(wished, key=lambda one: (-fits[one], -potentials[one], lines.identifiers[one])):
        revenue, potential = lines.revenue[row], int(potentials[row])
        little = revenue * LITTLE < potential if potential else lines.classes[row] in ("", "C")
        if little:
            why: dict[str, Fact] = {
                "fit": float(fits[row]),
                "last_purchase": None if last[row] == NEVER else day_of(last[row]),
                "amount_year": revenue,
                "amount_potential": potential or None,
            }
            yield Candidate(Kind.WISH_CUSTOMER, row, lines.identifiers[row], None, why)


def _decision_days(found: Findings, rows: Mapping[str, int], told: Collection[str], start: date) -> Iterator[Candidate]:
    """Yield open offers that are decided in the next quarter; whose day has passed is asked at once."""
    for entry in found.contacts.decisions:
        if entry.offer_id not in told:
            why: dict[str, Fact] = {"offer_id": entry.offer_id, "amount_offer": entry.amount, "day": entry.due_on}
            row = rows[entry.customer.customer_id]
            yield Candidate(Kind.DECISION_DAY, row, entry.offer_id, None, why, due_on=max(entry.due_on, start))


def _overdue_orders(
    cut_off: date, due: NextOrders | None, rows: Mapping[str, int], told: Collection[str]
) -> Iterator[Candidate]:
    """Yield regular customers who have waited longer than usual, the longest wait in usual intervals first."""
    orders = () if due is None else due.orders
    late = [one for one in orders if (cut_off - one.last_on).days > one.usual_days and one.customer_id not in told]
    for one in sorted(late, key=lambda one: (-(cut_off - one.last_on).days / max(one.usual_days, 1), one.customer_id)):
        why: dict[str, Fact] = {
            "last_purchase": one.last_on,
            "usual_days": one.usual_days,
            "days_over": (cut_off - one.last_on).days - one.usual_days,
        }
        yield Candidate(Kind.OVERDUE_ORDER, rows[one.customer_id], one.customer_id, None, why)


def _birthdays(found: Findings, rows: Mapping[str, int], start: date) -> Iterator[Candidate]:
    told: set[str] = set()
    for entry in found.contacts.birthdays:
        subject = f"{entry.customer.customer_id}/{entry.person}"
        if subject not in told and entry.day >= start:
            told.add(subject)
            why: dict[str, Fact] = {"person": entry.person, "day": entry.day}
            row = rows[entry.customer.customer_id]
            yield Candidate(Kind.BIRTHDAY, row, subject, None, why, due_on=entry.day)


def _anniversaries(dataset: Dataset, start: date) -> Iterator[Candidate]:
    """Yield active customers whose first purchase has its day in the next quarter, where it is surely the first."""
    following = dataset.quarter.plus(1)
    lines, first = dataset.customer_lines, dataset.ledger.first_purchase
    found = []
    for row in np.flatnonzero(dataset.ledger.active(dataset.cut_off)).tolist():
        began = day_of(first[row])
        day = birthday_in(began, following)
        if day is None or day < start or day.year == began.year:
            continue
        years = day.year - began.year
        worth_a_call = lines.classes[row] == "A" or years % ROUND_YEARS == 0
        if worth_a_call and dataset.covers(months_before(began, int(dataset.ledger.lapse_months[row]))):
            found.append((day, lines.identifiers[row], row, years))
    for day, name, row, years in sorted(found):
        yield Candidate(Kind.ANNIVERSARY, row, name, None, {"years": years, "day": day}, due_on=day)


def _addresses(found: Findings, rows: Mapping[str, int]) -> Iterator[Candidate]:
    """Yield active customers whose address, name or salutation is wrong, all faults of one together."""
    ranked = sorted(_faults(found), key=lambda fault: fault[0])
    for name, own in groupby(ranked, key=lambda fault: fault[0]):
        faults = dict.fromkeys((kind, text) for _, kind, text in own)
        why: dict[str, Fact] = {
            "faults": tuple(kind for kind, _ in faults),
            "texts": tuple(text for _, text in faults),
        }
        yield Candidate(Kind.CORRECT_ADDRESS, rows[name], name, None, why)


def _faults(found: Findings) -> Iterator[tuple[str, str, str]]:
    customers = found.dataset.customers
    wrong = (customers["email"] != "") & ~customers["email"].str.fullmatch(ADDRESS)
    told = customers.loc[wrong & found.dataset.ledger.active(found.dataset.cut_off)]
    yield from ((name, "email", email) for name, email in zip(told["customer_id"], told["email"], strict=True))
    for fault in found.contacts.faults:
        if fault.customer_id:
            yield fault.customer_id, fault.kind, fault.person or fault.customer
