"""Signals in how customers are looked after: contact, complaints, offers, new impulses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.analyses.early_warning.finding import Finding, flags_of
from retention_reports.model.contact_cadence import cadence_days
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.value_classes import NO_CLASS

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.results import Fact
    from retention_reports.model.contact_cadence import Contacts
    from retention_reports.model.dataset import Dataset

LOW_SCORE = 6
NO_CONTACT_FILES = "touchpoints, visits"


def contact_overdue(dataset: Dataset, contacts: Contacts | None) -> Finding | Missing:
    """Flag whose last contact is longer ago than the value class allows."""
    if contacts is None:
        return Missing("signals.contact_overdue", Unknown.NO_FILE, NO_CONTACT_FILES)
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

    Older complaints without a day of resolution are gaps in the records rather than warnings. Of several scores on the
    latest day the lowest counts.
    """
    feedback = dataset.table("feedback")
    if feedback is None:
        return Missing("signals.dissatisfied", Unknown.NO_FILE, "feedback")
    rows = feedback.loc[(feedback["customer"] >= 0) & (feedback["date"] > pd.Timestamp(dataset.year_ago))]
    complaints = rows.loc[(rows["kind"] == "complaint") & rows["resolved_on"].isna()]
    ages = complaints.groupby("customer", sort=True)["date"]
    counts, oldest = ages.count().to_dict(), ages.min().to_dict()
    surveys = rows.loc[(rows["kind"] == "survey") & rows["score"].notna()]
    latest = surveys.sort_values(["customer", "date", "score"], ascending=[True, False, True], kind="stable")
    latest = latest.drop_duplicates("customer").set_index("customer")
    scores, scored_on = latest["score"].to_dict(), latest["date"].to_dict()
    unhappy = {*counts, *(customer for customer, score in scores.items() if score <= LOW_SCORE)}

    def facts(customer: int) -> dict[str, Fact]:
        return {
            "open_complaints": counts.get(customer, 0),
            "complaint_on": oldest[customer].date() if customer in oldest else None,
            "score": scores.get(customer),
            "score_on": scored_on[customer].date() if customer in scored_on else None,
        }

    return Finding("dissatisfied", flags_of(dataset, unhappy), dataset.known_customers, facts)


def offer_overdue(dataset: Dataset) -> Finding | Missing:
    """Flag who has an open offer whose decision was due before the cut-off."""
    offers = dataset.table("offers")
    if offers is None:
        return Missing("signals.offer_overdue", Unknown.NO_FILE, "offers")
    if not dataset.has_column("offers", "decision_due_on"):
        return Missing("signals.offer_overdue", Unknown.NO_COLUMN, "offers.decision_due_on")
    overdue = offers["decision_due_on"] < pd.Timestamp(dataset.cut_off)
    waiting = (offers["customer"] >= 0) & (offers["state"] == "open") & offers["decision_due_on"].notna()
    offered = offers.loc[waiting, "customer"].tolist()
    grouped = offers.loc[waiting & overdue].groupby("customer", sort=True)
    counts, amounts = grouped["offer_id"].count().to_dict(), grouped["amount"].sum().to_dict()
    due = grouped["decision_due_on"].min().to_dict()

    def facts(customer: int) -> dict[str, Fact]:
        return {
            "offers": counts[customer],
            "amount_open": int(amounts[customer]),
            "due_on": due[customer].date(),
        }

    return Finding("offer_overdue", flags_of(dataset, counts), flags_of(dataset, offered), facts)
