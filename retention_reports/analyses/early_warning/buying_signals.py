"""Signals in what customers buy: a broken rhythm, smaller orders, something regular dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.early_warning.finding import Finding, flags_of
from retention_reports.model.figures import Missing, Unknown, average
from retention_reports.model.ledger import RunningTotals, day_number, day_numbers
from retention_reports.model.quarters import QUARTERS_PER_YEAR, months_before, quarter_ordinals
from retention_reports.model.rhythm import usual_intervals

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.results import Fact
    from retention_reports.model.dataset import Dataset

BROKEN_AFTER = 2
"""A rhythm is broken after so many usual intervals without a purchase."""

RECENT_MONTHS = 3
PURCHASES_NEEDED = 2
FALLEN_BELOW_PERCENT = 70
REGULAR_QUARTERS = 3


def rhythm_broken(dataset: Dataset) -> Finding | Missing:
    """Flag who has not bought for more than twice the usual interval."""
    usual = usual_intervals(dataset.ledger)
    if usual is None:
        return Missing("signals.rhythm_broken", Unknown.NO_PURCHASE)
    silent = day_number(dataset.cut_off) - dataset.ledger.last_purchase(dataset.cut_off)

    def facts(customer: int) -> dict[str, Fact]:
        return {"usual_days": round(float(usual[customer]), 1), "silent_days": int(silent[customer])}

    return Finding("rhythm_broken", silent > BROKEN_AFTER * usual, facts)


def order_value_falling(dataset: Dataset) -> Finding | Missing:
    """Flag whose average purchase of the last 3 months is below 70 % of that of the 9 months before (2 in each)."""
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Missing("signals.order_value_falling", Unknown.BEFORE_START_OF_DATA)
    purchases = dataset.purchases.loc[dataset.purchases["customer"] >= 0]
    customers = purchases["customer"].to_numpy(dtype=np.int64)
    amounts = RunningTotals(
        customers, day_numbers(purchases["ordered_on"]), purchases["amount"].to_numpy(), dataset.ledger.customer_count
    )
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

    return Finding("order_value_falling", enough & fallen, facts)


def assortment_dropped(dataset: Dataset, lines: pd.DataFrame | None) -> tuple[Finding | Missing, Finding | Missing]:
    """Flag who dropped a category, and who dropped a product of a category that is still bought.

    Dropped: bought in at least 3 of the 4 quarters before this one, and not in this one.
    """
    keys = ("category_dropped", "product_dropped")
    reason = None if dataset.covers(dataset.quarter.year_before.first_day) else Unknown.BEFORE_START_OF_DATA
    if lines is None or reason:
        detail = "order_lines" if lines is None else ""
        first, second = (Missing(f"signals.{key}", reason or Unknown.NO_FILE, detail) for key in keys)
        return first, second
    recent = _recent_quarters(dataset, lines)
    categories = _dropped(recent.loc[recent["category"] != ""], "category")
    products = _dropped(recent, "product")
    gone = set(zip(categories["customer"], categories["category"], strict=True))
    pairs = zip(products["customer"], products["category"], strict=True)
    by_product = _finding(dataset, keys[1], products.loc[[pair not in gone for pair in pairs]], "product")
    if dataset.table("products") is None:
        return Missing("signals.category_dropped", Unknown.NO_FILE, "products"), by_product
    return _finding(dataset, keys[0], categories, "category"), by_product


def _recent_quarters(dataset: Dataset, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of this quarter and the four before; `back` counts quarters backwards from this one."""
    recent = lines.loc[lines["ordered_on"] >= pd.Timestamp(dataset.quarter.year_before.first_day)]
    ordinals = quarter_ordinals(recent["ordered_on"], dataset.quarter.start_month)
    return recent.assign(back=dataset.quarter.ordinal - ordinals)


def _dropped(recent: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one row a customer and dropped thing, its name in `column`, `amount` that of the quarters before."""
    codes, _ = pd.factorize(recent[column])
    pairs = recent["customer"].to_numpy(dtype=np.int64) * (len(codes) + 1) + codes
    back = recent["back"].to_numpy(dtype=np.int64)
    seen = np.unique(pairs * (QUARTERS_PER_YEAR + 1) + back)
    before = seen[seen % (QUARTERS_PER_YEAR + 1) > 0] // (QUARTERS_PER_YEAR + 1)
    regular, quarters = np.unique(before, return_counts=True)
    dropped = np.setdiff1d(regular[quarters >= REGULAR_QUARTERS], pairs[back == 0])
    rows = recent.loc[np.isin(pairs, dropped), ["customer", column, "category", "amount"]]
    rows = rows.loc[:, ~rows.columns.duplicated()]
    sums = rows.groupby(["customer", column], sort=True)["amount"].sum()
    first = rows.drop_duplicates(["customer", column]).set_index(["customer", column], drop=False)
    ranked = first.assign(amount=sums).reset_index(drop=True)
    return ranked.sort_values(["customer", "amount", column], ascending=[True, False, True], kind="stable")


def _finding(dataset: Dataset, key: str, dropped: pd.DataFrame, column: str) -> Finding:
    names: dict[int, list[str]] = {}
    amounts: dict[int, int] = {}
    for customer, name, amount in zip(dropped["customer"], dropped[column], dropped["amount"], strict=True):
        names.setdefault(customer, []).append(name)
        amounts[customer] = amounts.get(customer, 0) + int(amount)
    plural = {"category": "categories", "product": "products"}[column]

    def facts(customer: int) -> dict[str, Fact]:
        return {plural: tuple(names[customer]), "amount_before": amounts[customer]}

    return Finding(key, flags_of(dataset, names), facts)
