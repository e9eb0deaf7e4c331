"""Signals in what customers buy: a broken rhythm, smaller orders, something regular dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.finding import Finding, flags_of
from retention_reports.model.distinct import distinct, distinct_counted, without
from retention_reports.model.figures import Missing, Unknown, average
from retention_reports.model.ledger import day_number
from retention_reports.model.quarters import QUARTERS_PER_YEAR, months_before
from retention_reports.model.rhythm import usual_intervals
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import Fact
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.product_lines import ProductLines

BROKEN_AFTER = 2
"""A rhythm is broken after so many usual intervals without a purchase."""

RECENT_MONTHS = 3
PURCHASES_NEEDED = 2
FALLEN_BELOW_PERCENT = 70
REGULAR_QUARTERS = 3
PLURALS = {"category_dropped": "categories", "product_dropped": "products"}


def rhythm_broken(dataset: Dataset) -> Finding | Missing:
    """Flag who has not bought for more than twice the usual interval."""
    usual = usual_intervals(dataset.ledger)
    if usual is None:
        return Missing("signals.rhythm_broken", Unknown.NO_PURCHASE)
    silent = day_number(dataset.cut_off) - dataset.ledger.last_purchase(dataset.cut_off)
    days = dataset.ledger.purchase_days(dataset.cut_off)

    def facts(customer: int) -> dict[str, Fact]:
        return {
            "usual_days": round(float(usual[customer]), 1),
            "silent_days": int(silent[customer]),
            "own_gaps": int(days[customer]) - 1,
        }

    return Finding("rhythm_broken", silent > BROKEN_AFTER * usual, dataset.known_customers, facts)


def order_value_falling(dataset: Dataset) -> Finding | Missing:
    """Flag whose average purchase of the last 3 months is below 70 % of that of the 9 months before (2 in each)."""
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Missing("signals.order_value_falling", Unknown.BEFORE_START_OF_DATA)
    amounts = dataset.ledger.purchase_amounts
    turn = months_before(dataset.cut_off, RECENT_MONTHS)
    now, before = amounts.between(turn, dataset.cut_off), amounts.between(dataset.year_ago, turn)
    count_now = dataset.ledger.purchases.between(turn, dataset.cut_off)
    count_before = dataset.ledger.purchases.between(dataset.year_ago, turn)
    enough = (count_now >= PURCHASES_NEEDED) & (count_before >= PURCHASES_NEEDED)
    fallen = now * count_before * 100 < before * count_now * FALLEN_BELOW_PERCENT

    def facts(customer: int) -> dict[str, Fact]:
        return {
            "amount_now": average(int(now[customer]), int(count_now[customer])),
            "amount_before": average(int(before[customer]), int(count_before[customer])),
            "purchases_now": int(count_now[customer]),
            "purchases_before": int(count_before[customer]),
        }

    return Finding("order_value_falling", enough & fallen, enough, facts)


def assortment_dropped(dataset: Dataset, lines: ProductLines | None) -> tuple[Finding | Missing, Finding | Missing]:
    """Flag who dropped a category, and who dropped a product of a category that is still bought.

    Dropped: bought in at least 3 of the 4 quarters before this one, and not in this one. Lines after the dataset's
    cut-off are passed over.
    """
    keys = ("category_dropped", "product_dropped")
    reason = None if dataset.covers(dataset.quarter.year_before.first_day) else Unknown.BEFORE_START_OF_DATA
    if lines is None or reason:
        detail = "order_lines" if lines is None else ""
        first, second = (Missing(f"signals.{key}", reason or Unknown.NO_FILE, detail) for key in keys)
        return first, second
    recent = _recent_lines(dataset, lines)
    categories = _dropped(recent, lines.category[recent.rows], len(lines.categories))
    products = _dropped(recent, lines.product[recent.rows], len(lines.products))
    gone = {(customer, category) for customer, category, _ in categories.dropped}
    kept = [one for one in products.dropped if (one[0], int(lines.product_category[one[1]])) not in gone]
    names = [product.name for product in lines.products]
    told = [(customer, names[product], amount) for customer, product, amount in kept]
    by_product = _finding(dataset, keys[1], told, products.regulars)
    if not lines.categories:
        return Missing("signals.category_dropped", Unknown.NO_FILE, "products"), by_product
    named = [(customer, lines.categories[category], amount) for customer, category, amount in categories.dropped]
    return _finding(dataset, keys[0], named, categories.regulars), by_product


@record
class _RecentLines:
    """Purchase lines of this quarter and the four before; `back` counts quarters backwards from this one."""

    rows: Integers
    customer: Integers
    amount: Integers
    back: Integers


@record
class _Dropped:
    """Customer, thing, and amount in the quarters before for all that was dropped; who has regular things at all."""

    dropped: list[tuple[int, int, int]]
    regulars: set[int]


def _recent_lines(dataset: Dataset, lines: ProductLines) -> _RecentLines:
    inside = lines.within(dataset.quarter.year_before.previous.last_day, dataset.cut_off)
    rows = np.flatnonzero(lines.bought & (lines.customer >= 0) & inside)
    starts = [day_number(dataset.quarter.plus(-back).first_day) for back in range(QUARTERS_PER_YEAR, -1, -1)]
    back = QUARTERS_PER_YEAR + 1 - np.searchsorted(starts, lines.day[rows], side="right")
    return _RecentLines(rows, lines.customer[rows], lines.amount[rows], back)


def _dropped(recent: _RecentLines, things: Integers, count: int) -> _Dropped:
    """Find what was bought in 3 of the 4 quarters before and not in this one; a negative thing is none."""
    known = things >= 0
    pairs, back = recent.customer[known] * count + things[known], recent.back[known]
    seen = distinct(pairs * (QUARTERS_PER_YEAR + 1) + back)
    before = seen[seen % (QUARTERS_PER_YEAR + 1) > 0] // (QUARTERS_PER_YEAR + 1)
    often, quarters = distinct_counted(before)
    regular = often[quarters >= REGULAR_QUARTERS]
    dropped = without(regular, pairs[back == 0])
    chosen = np.isin(pairs, dropped)
    amounts = np.zeros(len(dropped), dtype=np.int64)
    np.add.at(amounts, np.searchsorted(dropped, pairs[chosen]), recent.amount[known][chosen])
    entries = zip(dropped.tolist(), amounts.tolist(), strict=True)
    return _Dropped(
        [(pair // count, pair % count, amount) for pair, amount in entries], set((regular // max(count, 1)).tolist())
    )


def _finding(dataset: Dataset, key: str, dropped: list[tuple[int, str, int]], regulars: set[int]) -> Finding:
    names: dict[int, list[str]] = {}
    amounts: dict[int, int] = {}
    for customer, name, amount in sorted(dropped, key=lambda one: (one[0], -one[2], one[1])):
        names.setdefault(customer, []).append(name)
        amounts[customer] = amounts.get(customer, 0) + amount

    def facts(customer: int) -> dict[str, Fact]:
        return {PLURALS[key]: tuple(names[customer]), "amount_before": amounts[customer]}

    return Finding(key, flags_of(dataset, names), flags_of(dataset, regulars), facts)
