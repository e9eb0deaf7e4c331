"""Who buys a second time, how soon, and after what kind of first purchase."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.new_customers.new_customer_results import HORIZONS, AcquisitionQuarter, FirstPurchase
from retention_reports.model.acquisition import quarter_numbers
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, day_numbers
from retention_reports.model.quarters import quarter_from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.days_bought import PurchaseDays
    from retention_reports.model.ledger import Flags, Integers

AGAIN_DAYS = 180
"""First purchases are compared by who bought again within so many days."""

_LATER = 1 << 40


def waits(dataset: Dataset, days: PurchaseDays) -> Integers:
    """Return each customer's days from the first to the second purchase day; a very large number without a second."""
    second = days.at_rank(2, dataset.ledger.customer_count, missing=_LATER)[0]
    return np.where(second == _LATER, _LATER, second - dataset.ledger.first_purchase)


def acquisition_quarters(dataset: Dataset, waited: Integers, newcomers: Flags) -> tuple[AcquisitionQuarter, ...]:
    """Follow known first-time buyers by the quarter of their first purchase, oldest first; empty ones are left out."""
    quarters = quarter_numbers(dataset.ledger.first_purchase[newcomers], dataset.quarter.start_month)
    waited = waited[newcomers]
    found = []
    for ordinal in np.unique(quarters).tolist():
        quarter = quarter_from_ordinal(ordinal, dataset.quarter.start_month)
        own = waited[quarters == ordinal]
        observed = (dataset.cut_off - quarter.last_day).days
        cells = [int((own <= days).sum()) if days <= observed else None for days in HORIZONS]
        found.append(AcquisitionQuarter(quarter, len(own), *cells))
    return tuple(found)


def first_purchases(dataset: Dataset, waited: Integers, newcomers: Flags) -> tuple[FirstPurchase, ...]:
    """Compare what and where known first-time buyers first bought by who bought again within 180 days.

    Only customers whose 180 days are over count. Empty without any.
    """
    over = dataset.ledger.first_purchase <= day_number(dataset.cut_off - timedelta(days=AGAIN_DAYS))
    counted = newcomers & over
    if not counted.any():
        return ()
    again = waited <= AGAIN_DAYS
    everyone = FirstPurchase("all", "", Rate(int((again & counted).sum()), int(counted.sum())))
    categories = _by_word("category", first_day_categories(dataset), counted, again)
    channels = _by_word("channel", _first_day_channels(dataset), counted, again)
    return (everyone, *categories, *channels)


def first_day_categories(dataset: Dataset) -> list[tuple[int, str]]:
    """Return each customer with each category of its first purchase day, sorted; none without order lines."""
    lines = dataset.product_lines
    if lines is None:
        return []
    words = np.array([*lines.categories, ""], dtype=object)[lines.category]
    return _first_day_words(dataset, lines.customer[lines.bought], lines.day[lines.bought], words[lines.bought])


def _first_day_channels(dataset: Dataset) -> list[tuple[int, str]]:
    if not dataset.has_column("orders", "channel"):
        return []
    orders = dataset.purchases
    customers, days = orders["customer"].to_numpy(dtype=np.int64), day_numbers(orders["ordered_on"])
    return _first_day_words(dataset, customers, days, orders["channel"].to_numpy(dtype=object))


def _first_day_words(
    dataset: Dataset, customers: Integers, days: Integers, words: npt.NDArray[np.object_]
) -> list[tuple[int, str]]:
    """Return the customers (-1: nobody known) with their distinct words of that day; empty words are left out."""
    on_first = (customers >= 0) & (days == dataset.ledger.first_purchase[customers]) & (words != "")
    return sorted(set(zip(customers[on_first].tolist(), words[on_first].tolist(), strict=True)))


def _by_word(kind: str, words: Iterable[tuple[int, str]], counted: Flags, again: Flags) -> Iterator[FirstPurchase]:
    """Yield the words by how many customers they stand for, most first."""
    customers: dict[str, list[int]] = {}
    for customer, word in words:
        if counted[customer]:
            customers.setdefault(word, []).append(customer)
    for word, own in sorted(customers.items(), key=lambda item: (-len(item[1]), item[0])):
        yield FirstPurchase(kind, word, Rate(int(again[own].sum()), len(own)))
