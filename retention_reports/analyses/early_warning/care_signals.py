"""Signals in how customers are looked after: contact, complaints, offers, new impulses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.early_warning.finding import Finding, flags_of
from retention_reports.model.contact_cadence import cadence_days
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.value_classes import NO_CLASS

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_reports.analyses.early_warning.early_warning_results import Fact
    from retention_reports.model.contact_cadence import Contacts
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

LOW_SCORE = 6
NO_CONTACT_FILE = "touchpoints"


def contact_overdue(dataset: Dataset, contacts: Contacts | None) -> Finding | Missing:
    """Flag whose last contact is longer ago than the value class allows."""
    if contacts is None:
        return Missing("signals.contact_overdue", Unknown.NO_FILE, NO_CONTACT_FILE)
    classes = dataset.value_classes(dataset.cut_off)
    allowed = cadence_days(dataset.client)

    def facts(customer: int) -> dict[str, Fact]:
        value_class = str(classes[customer])
        return {
            "value_class": value_class,
            "cadence_days": allowed[value_class],
            "silent_days": day_number(dataset.cut_off) - int(contacts.since[customer]),
            "ever_contacted": bool(contacts.last[customer] != NEVER),
        }

    return Finding("contact_overdue", contacts.overdue, classes != NO_CLASS, facts)


def dissatisfied(dataset: Dataset) -> Finding | Missing:
    """Flag who has an open complaint of the last 12 months, or gave 6 or less in the latest survey in them.

    Where no complaint is ever said to be settled, nobody knows which are open; then the scores tell alone.

    Older complaints without a day of resolution are gaps in the records rather than warnings. Of several scores on the
    latest day the lowest counts.
    """
    feedback = dataset.table("feedback")
    if feedback is None:
        return Missing("signals.dissatisfied", Unknown.NO_FILE, "feedback")
    lacking = dataset.lacks("feedback.resolved_on | feedback.score")
    if lacking is not None:
        return Missing("signals.dissatisfied", *lacking)
    settled_known = dataset.has_column("feedback", "resolved_on")
    recent = ((feedback["customer"] >= 0) & (feedback["date"] > pd.Timestamp(dataset.year_ago))).to_numpy()
    customers, days = feedback["customer"].to_numpy(dtype=np.int64), feedback["date"].to_numpy()
    complaining = recent & (feedback["kind"] == "complaint").to_numpy() & feedback["resolved_on"].isna().to_numpy()
    complaining &= settled_known
    counts, oldest = _counted(customers[complaining], days[complaining])
    scores = feedback["score"].to_numpy(dtype=np.float64)
    surveyed = recent & (feedback["kind"] == "survey").to_numpy() & ~np.isnan(scores)
    latest = _latest_scores(customers[surveyed], days[surveyed], scores[surveyed])
    unhappy = {*counts, *(customer for customer, (score, _) in latest.items() if score <= LOW_SCORE)}

    def facts(customer: int) -> dict[str, Fact]:
        score, scored_on = latest.get(customer, (None, None))
        return {
            "open_complaints": counts.get(customer, 0) if settled_known else None,
            "complaint_on": oldest.get(customer),
            "score": score,
            "score_on": scored_on,
        }

    return Finding("dissatisfied", flags_of(dataset, unhappy), dataset.known_customers, facts)


def offer_overdue(dataset: Dataset) -> Finding | Missing:
    """Flag who has an open offer whose decision was due before the cut-off."""
    offers = dataset.table("offers")
    if offers is None:
        return Missing("signals.offer_overdue", Unknown.NO_FILE, "offers")
    if not dataset.has_column("offers", "decision_due_on"):
        return Missing("signals.offer_overdue", Unknown.NO_COLUMN, "offers.decision_due_on")
    customers, days = offers["customer"].to_numpy(dtype=np.int64), offers["decision_due_on"].to_numpy()
    waiting = (customers >= 0) & (offers["state"] == "open").to_numpy() & ~np.isnat(days)
    late = waiting & (days < np.datetime64(dataset.cut_off))
    counts, due = _counted(customers[late], days[late])
    amounts: dict[int, int] = {}
    for customer, amount in zip(customers[late].tolist(), offers["amount"].to_numpy()[late].tolist(), strict=True):
        amounts[customer] = amounts.get(customer, 0) + amount

    def facts(customer: int) -> dict[str, Fact]:
        return {
            "offers": counts[customer],
            "amount_open": amounts[customer],
            "due_on": due[customer],
        }

    return Finding("offer_overdue", flags_of(dataset, counts), flags_of(dataset, customers[waiting].tolist()), facts)


def _counted(customers: Integers, days: npt.NDArray[np.datetime64]) -> tuple[dict[int, int], dict[int, date]]:
    """Return each customer's number of rows and their first day."""
    who, places, counts = np.unique(customers, return_inverse=True, return_counts=True)
    first = np.full(len(who), np.datetime64("9999-12-31"), dtype="datetime64[D]")
    np.minimum.at(first, places, days.astype("datetime64[D]"))
    names = who.tolist()
    return dict(zip(names, counts.tolist(), strict=True)), dict(zip(names, first.tolist(), strict=True))


def _latest_scores(
    customers: Integers, days: npt.NDArray[np.datetime64], scores: npt.NDArray[np.float64]
) -> dict[int, tuple[float, date]]:
    """Return each customer's score of the latest day, the lowest of several, and that day."""
    order = np.lexsort((-scores, days, customers))
    entries = zip(scores[order].tolist(), days[order].astype("datetime64[D]").tolist(), strict=True)
    return dict(zip(customers[order].tolist(), entries, strict=True))
