"""Which categories go together, and which one opens which."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.cross_selling.cross_selling_results import Affinity, Opening
from retention_reports.model.acquisition import known_newcomers
from retention_reports.model.distinct import distinct
from retention_reports.model.figures import Rate, difference_interval
from retention_reports.model.ledger import day_number, day_of
from retention_reports.model.quarters import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.product_lines import ProductLines

FEWEST_CASES = 5
"""Pairs of categories with fewer cases are not told."""

MOST_CATEGORIES = 200
"""Pairs are sought among the categories that most customers bought from: with thousands, nobody could read the rest."""


def affinities(dataset: Dataset, lines: ProductLines) -> tuple[Affinity, ...]:
    """Return the ordered pairs of categories bought together in at least five customer-years, by confidence.

    A customer-year is one customer and one of the periods of twelve months that end with the cut-off (and every twelve
    months before), as far as they lie wholly within the data, in which it bought from at least one known category.
    """
    chosen = _most_bought(lines)
    names = [lines.categories[place] for place in chosen.tolist()]
    baskets = _customer_years(dataset, lines, chosen)
    count = len(baskets)
    both = baskets.T @ baskets
    size = np.diagonal(both)
    found = []
    for first, second in zip(*np.nonzero(both >= FEWEST_CASES), strict=True):
        if first == second:
            continue
        rate = Rate(int(both[first, second]), int(size[first]))
        without = Rate(int(size[second]) - rate.k, count - rate.n)
        together = without.n > 0 and difference_interval(rate, without)[0] > 0
        found.append(Affinity(names[first], names[second], rate, without, together=together))
    return tuple(
        sorted(found, key=lambda pair: (not pair.together, -pair.rate.k / pair.rate.n, pair.first, pair.second))
    )


def openings(dataset: Dataset, lines: ProductLines) -> tuple[Opening, ...]:
    """Return which category followed which as the first new one, where at least five customers began with the first.

    Customers whose first purchase is known. Every category of the first purchase day counts as a beginning; followers
    are the categories, not bought on that day, of the earliest later day that holds one.
    """
    chosen = _most_bought(lines)
    days = _category_days(lines, chosen)
    if len(days) == 0:
        return ()
    newcomers = known_newcomers(dataset)
    first_day = dataset.ledger.first_purchase[days[:, 0]]
    beginning = days[newcomers[days[:, 0]] & (days[:, 2] == first_day)]
    later = days[newcomers[days[:, 0]] & (days[:, 2] > first_day) & np.isin(days[:, 0], beginning[:, 0])]
    next_day = np.full(dataset.ledger.customer_count, np.iinfo(np.int64).max)
    np.minimum.at(next_day, later[:, 0], later[:, 2])
    followers = later[later[:, 2] == next_day[later[:, 0]]]
    names = [lines.categories[place] for place in chosen.tolist()]
    count = len(names)
    began = _flags(beginning, dataset.ledger.customer_count, count)
    followed = _flags(followers, dataset.ledger.customer_count, count)
    pairs, starters = began.T @ followed, began.sum(axis=0)
    found = [
        Opening(names[a], names[b], Rate(int(pairs[a, b]), int(starters[a])))
        for a, b in zip(*np.nonzero(pairs), strict=True)
        if starters[a] >= FEWEST_CASES
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.rate.k, entry.rate.n, entry.first, entry.second)))


def _most_bought(lines: ProductLines) -> Integers:
    """Return the places of the categories that most customers bought from, at most 200, in the order of their names."""
    known = lines.bought & (lines.customer >= 0) & (lines.category >= 0)
    categories = len(lines.categories)
    pairs = distinct(lines.customer[known] * max(categories, 1) + lines.category[known])
    customers = np.bincount(pairs % max(categories, 1), minlength=categories)
    return np.sort(np.argsort(-customers, kind="stable")[:MOST_CATEGORIES]).astype(np.int64)


def _customer_years(dataset: Dataset, lines: ProductLines, chosen: Integers) -> Integers:
    """Return one row of zeros and ones by chosen category for each customer-year, customers and years in order."""
    ends = [_end_of_year(dataset, back) for back in range(_years(dataset) + 1)]
    known = lines.bought & (lines.customer >= 0) & (lines.category >= 0) & lines.within(ends[-1], ends[0])
    # The ends run backwards; a line dated on an end belongs to the year that closes with it.
    bounds = np.array([day_number(end) for end in reversed(ends)], dtype=np.int64)
    year = np.searchsorted(bounds, lines.day[known], side="left")
    keys, rows = np.unique(lines.customer[known] * (len(bounds) + 1) + year, return_inverse=True)
    baskets = np.zeros((len(keys), len(chosen)), dtype=np.int64)
    among = np.isin(lines.category[known], chosen)
    baskets[rows[among], np.searchsorted(chosen, lines.category[known][among])] = 1
    return baskets


def _years(dataset: Dataset) -> int:
    """Return how many periods of twelve months, the last one included, lie within the data and hold a purchase day."""
    oldest = day_of(int(dataset.ledger.day_numbers.min()))
    years = 1
    while _end_of_year(dataset, years) >= oldest and dataset.covers(_end_of_year(dataset, years + 1) + timedelta(1)):
        years += 1
    return years


def _end_of_year(dataset: Dataset, back: int) -> date:
    """Return the last day of the period of twelve months that ends so many years before the cut-off."""
    return dataset.quarter.plus(-QUARTERS_PER_YEAR * back).last_day


def _category_days(lines: ProductLines, chosen: Integers) -> Integers:
    """Return triples of customer, place among the chosen categories and the day number of its first purchase there."""
    known = lines.bought & (lines.customer >= 0) & np.isin(lines.category, chosen)
    count = len(chosen)
    pairs = lines.customer[known] * count + np.searchsorted(chosen, lines.category[known])
    order = np.lexsort((lines.day[known], pairs))
    pairs, days = pairs[order], lines.day[known][order]
    new = np.diff(pairs, prepend=-1) != 0
    return np.stack([pairs[new] // max(count, 1), pairs[new] % max(count, 1), days[new]], axis=1)


def _flags(triples: Integers, customers: int, categories: int) -> Integers:
    flags = np.zeros((customers, categories), dtype=np.int64)
    flags[triples[:, 0], triples[:, 1]] = 1
    return flags
