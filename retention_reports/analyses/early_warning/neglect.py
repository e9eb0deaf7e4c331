"""Neglected regulars: long-standing customers who get fewer new impulses than others of their class."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.early_warning.finding import Finding
from retention_reports.model.distinct import without
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.quarters import months_before
from retention_reports.model.value_classes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.analyses.early_warning.early_warning_results import Fact
    from retention_reports.model.contact_cadence import Contacts
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

LONG_STANDING_MONTHS = 24
IMPULSES_NEEDED = 2
CLASSMATES_NEEDED = 5
IMPULSES = ("contacts", "offers", "new_products")


def neglected(dataset: Dataset, contacts: Contacts | None, lines: ProductLines | None) -> Finding | Missing:
    """Flag long-standing customers whose impulses all lie below half of what their class gets.

    Long-standing: active, first purchase at least 24 months ago. Impulses of the last twelve months: contacts, offers
    made, products bought for the first time. An impulse counts where it is on record and the mean of the class's
    long-standing customers is above zero; at least two must count, and a class needs five long-standing customers.
    """
    start = months_before(dataset.cut_off, LONG_STANDING_MONTHS)
    if not dataset.covers(start + timedelta(days=1)):
        return Missing("signals.neglected", Unknown.BEFORE_START_OF_DATA)
    impulses = _impulses(dataset, contacts, lines)
    if len(impulses) < IMPULSES_NEEDED:
        return Missing("signals.neglected", Unknown.NO_FILE, "touchpoints, visits, offers, order_lines")
    ledger = dataset.ledger
    first = ledger.first_purchase
    long_standing = ledger.active(dataset.cut_off) & (first != NEVER) & (first <= day_number(start))
    classes = dataset.value_classes(dataset.cut_off)
    means = {name: _class_means(classes, long_standing, counts) for name, counts in impulses.items()}
    compared = [means[name] > 0 for name in impulses]
    below = [2 * counts < means[name] for name, counts in impulses.items()]
    all_below = np.all([~known | low for known, low in zip(compared, below, strict=True)], axis=0)
    eligible: Flags = long_standing & (np.sum(compared, axis=0) >= IMPULSES_NEEDED)

    def facts(customer: int) -> Mapping[str, Fact]:
        told: dict[str, Fact] = {"value_class": str(classes[customer])}
        for name in IMPULSES:
            known = name in impulses
            told[name] = int(impulses[name][customer]) if known else None
            told[f"{name}_of_class"] = round(float(means[name][customer]), 1) if known else None
        return told

    return Finding("neglected", eligible & all_below, eligible, facts)


def _impulses(dataset: Dataset, contacts: Contacts | None, lines: ProductLines | None) -> dict[str, Integers]:
    year_ago, count = pd.Timestamp(dataset.year_ago), dataset.ledger.customer_count
    found: dict[str, Integers] = {}
    if contacts is not None:
        found["contacts"] = contacts.days.between(dataset.year_ago, dataset.cut_off)
    offers = dataset.table("offers")
    if offers is not None:
        rows = offers.loc[(offers["customer"] >= 0) & (offers["offered_on"] > year_ago), "customer"]
        found["offers"] = np.bincount(rows, minlength=count)
    if lines is not None:
        found["new_products"] = _new_products(dataset, lines)
    return found


def _new_products(dataset: Dataset, lines: ProductLines) -> Integers:
    """Count the products that each customer bought for the first time in the last twelve months."""
    rows = np.flatnonzero(lines.bought & (lines.customer >= 0) & (lines.day <= day_number(dataset.cut_off)))
    pairs = lines.customer[rows] * len(lines.products) + lines.product[rows]
    earlier = pairs[lines.day[rows] <= day_number(dataset.year_ago)]
    new = without(pairs, earlier)
    return np.bincount(new // max(len(lines.products), 1), minlength=dataset.ledger.customer_count)


def _class_means(classes: np.ndarray, members: Flags, counts: Integers) -> np.ndarray:
    """Return for each customer the mean of its class's members; 0 where the class is too small to compare."""
    means = np.zeros(len(classes))
    for name in CLASSES:
        mates = members & (classes == name)
        if mates.sum() >= CLASSMATES_NEEDED:
            means[classes == name] = counts[mates].sum() / mates.sum()
    return means
