"""Services as products: what they bring, who uses them, and who of these stays."""

from __future__ import annotations

from datetime import timedelta
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.segments.segment_results import ServiceLine, Services
from retention_reports.model.figures import Rate, difference_interval

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.product_lines import Product, ProductLines


def services(dataset: Dataset) -> Services | None:
    """Sum up services and compare retention with and without; None where no product is said to be a service."""
    lines = dataset.product_lines
    if lines is None or not any(product.kind == "service" for product in lines.products):
        return None
    before = dataset.quarter.plus(-8).last_day
    active = dataset.ledger.active(dataset.cut_off)
    users = _users(dataset, lines, dataset.year_ago, dataset.cut_off)
    kept, others, interval = _retention(dataset, lines, before)
    return Services(
        products=_products(dataset, lines, before),
        users=Rate(int((users & active).sum()), int(active.sum())),
        users_kept=kept,
        others_kept=others,
        interval=interval,
        beside_goods=_beside_goods(dataset, lines),
    )


def _products(dataset: Dataset, lines: ProductLines, before: date) -> tuple[ServiceLine, ...]:
    count = len(lines.products)
    revenue, earlier = (
        np.bincount(lines.product[rows], weights=lines.amount[rows], minlength=count).astype(np.int64)
        for rows in (
            lines.within(dataset.year_ago, dataset.cut_off) & lines.billed,
            lines.within(before, dataset.year_ago) & lines.billed,
        )
    )
    year = lines.within(dataset.year_ago, dataset.cut_off)
    recent = year & lines.bought & (lines.customer >= 0)
    found = [
        ServiceLine(
            product_id=product.identifier,
            name=product.name,
            revenue=int(revenue[place]),
            revenue_before=int(earlier[place]),
            customers=len(np.unique(lines.customer[recent & (lines.product == place)])),
            coverage=_coverage(lines, product, year & lines.billed & (lines.product == place)),
        )
        for place, product in enumerate(lines.products)
        if product.kind == "service"
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.revenue, entry.product_id)))


def _coverage(lines: ProductLines, product: Product, rows: Flags) -> Rate | None:
    """Return revenue beside cost of the lines whose quantity is known; None without cost or quantity."""
    counted = rows & ~np.isnan(lines.quantity)
    if product.cost is None or not counted.any():
        return None
    cost = round(fsum(lines.quantity[counted].tolist()) * product.cost)
    return Rate(int(lines.amount[counted].sum()), cost, is_money=True) if cost > 0 else None


def _beside_goods(dataset: Dataset, lines: ProductLines) -> Rate:
    is_service = np.array([product.kind == "service" for product in lines.products], dtype=np.bool_)
    rows = lines.within(dataset.year_ago, dataset.cut_off) & lines.bought & (lines.customer >= 0)
    served, goods = (
        set(zip(lines.customer[rows & kind].tolist(), lines.day[rows & kind].tolist(), strict=True))
        for kind in (is_service[lines.product], ~is_service[lines.product])
    )
    return Rate(len(goods & served), len(goods))


def _retention(
    dataset: Dataset, lines: ProductLines, before: date
) -> tuple[Rate | None, Rate | None, tuple[float, float] | None]:
    known = dataset.covers_activity_on(dataset.year_ago) and dataset.covers(before + timedelta(days=1))
    if not known:
        return None, None, None
    then, now = dataset.ledger.active(dataset.year_ago), dataset.ledger.active(dataset.cut_off)
    users = _users(dataset, lines, before, dataset.year_ago)
    kept = Rate(int((then & users & now).sum()), int((then & users).sum()))
    others = Rate(int((then & ~users & now).sum()), int((then & ~users).sum()))
    if kept.n == 0 or others.n == 0:
        return kept, others, None
    low, high = difference_interval(kept, others)
    return kept, others, (round(low, 6), round(high, 6))


def _users(dataset: Dataset, lines: ProductLines, after: date, until: date) -> Flags:
    is_service = np.array([product.kind == "service" for product in lines.products], dtype=np.bool_)
    rows = lines.within(after, until) & lines.bought & (lines.customer >= 0) & is_service[lines.product]
    users = np.zeros(dataset.ledger.customer_count, dtype=np.bool_)
    users[lines.customer[rows]] = True
    return users
