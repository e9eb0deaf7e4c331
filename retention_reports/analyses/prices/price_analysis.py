"""Prices: what customers did after past increases, and how to prepare each of them for the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.analyses.prices.increases import increase_effects
from retention_reports.analyses.prices.price_results import Prices
from retention_reports.analyses.prices.sheets import price_sheets
from retention_reports.model.figures import Missing, Unknown, average

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

_PER_CENT = 100
_PREPARATION = ("feedback", "touchpoints", "visits")


def prices(dataset: Dataset, *, of_past: bool = False) -> Prices:
    """Compare customers after past increases and write a preparation sheet for each active customer.

    `of_past` leaves out the increases: only the report of its own quarter shows what came of them.
    """
    lines = dataset.product_lines
    missing = []
    if dataset.table("price_changes") is None:
        missing.append(Missing("increases", Unknown.NO_FILE, "price_changes"))
    elif lines is None:
        missing.append(Missing("increases", Unknown.NO_FILE, "order_lines"))
    prepared = dataset.has_column("customers", "supplier_rank") or any(
        dataset.table(name) is not None for name in _PREPARATION
    )
    if not prepared:
        missing.append(Missing("sheets", Unknown.NO_COLUMN, "customers.supplier_rank"))
    known = dataset.covers(dataset.year_ago + timedelta(days=1))
    if not known:
        missing.append(Missing("one_percent", Unknown.BEFORE_START_OF_DATA))
    year = dataset.total_revenue_between(dataset.year_ago, dataset.cut_off)
    return Prices(
        increases=() if of_past else increase_effects(dataset, lines),
        sheets=price_sheets(dataset, lines) if prepared else (),
        one_percent=average(year, _PER_CENT) if known else None,
        prepared=prepared,
        missing=tuple(missing),
    )
