"""Revenue and buyers by product and category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.programme.programme_results import (
    CategorySales,
    NewProduct,
    ProductSales,
    Sales,
    UnsoldProduct,
)
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

CARRYING_PERCENT = 80


def product_sales(lines: ProductLines, now: Flags, before: Flags | None) -> tuple[ProductSales, ...]:
    """List the products sold in the last twelve months or the twelve before, largest revenue first, ties by id.

    A product carries where the share cumulated before it is below 80 % of all positive revenue.
    """
    sums = _sums(lines, lines.product, len(lines.products), now, before)
    listed = [
        (place, sales)
        for place, sales in enumerate(sums)
        if any((sales.revenue, sales.customers, sales.revenue_before, sales.customers_before))
    ]
    ranked = sorted(listed, key=lambda entry: (-entry[1].revenue, lines.products[entry[0]].identifier))
    carrying = carrying_count([sales.revenue for _, sales in ranked])
    return tuple(
        ProductSales(
            product_id=lines.products[place].identifier,
            name=lines.products[place].name,
            category=lines.products[place].category,
            sales=sales,
            carries=rank < carrying,
        )
        for rank, (place, sales) in enumerate(ranked)
    )


def carrying_count(revenues: Sequence[int]) -> int:
    """Return how many of the amounts (largest first) make up the first 80 % of the positive ones."""
    positive = [revenue for revenue in revenues if revenue > 0]
    total, reached = sum(positive), 0
    for count, revenue in enumerate(positive):
        if reached * 100 >= CARRYING_PERCENT * total:
            return count
        reached += revenue
    return len(positive)


def category_sales(lines: ProductLines, now: Flags, before: Flags | None) -> tuple[CategorySales, ...]:
    """List all categories, largest revenue first; products without a category come last as one ("")."""
    without = len(lines.categories)
    codes = np.where(lines.category < 0, without, lines.category)
    sums = _sums(lines, codes, without + 1, now, before)
    of_product = np.where(lines.product_category < 0, without, lines.product_category)
    numbers = np.bincount(of_product, minlength=without + 1).tolist()
    found = [CategorySales(name, numbers[place], sums[place]) for place, name in enumerate((*lines.categories, ""))]
    shown = [entry for entry in found if entry.category or entry.products]
    return tuple(sorted(shown, key=lambda entry: (not entry.category, -entry.sales.revenue, entry.category)))


def not_bought(lines: ProductLines, now: Flags) -> tuple[UnsoldProduct, ...]:
    """List products on offer that no purchase of the last twelve months holds; never or longest not sold first."""
    sold = np.zeros(len(lines.products), dtype=np.bool_)
    sold[lines.product[now & lines.bought]] = True
    last = np.full(len(lines.products), NEVER, dtype=np.int64)
    np.maximum.at(last, lines.product[lines.bought], lines.day[lines.bought])
    rows = [place for place in np.flatnonzero(~sold).tolist() if lines.products[place].listed]
    return tuple(
        UnsoldProduct(
            product_id=lines.products[place].identifier,
            name=lines.products[place].name,
            category=lines.products[place].category,
            introduced_on=lines.products[place].introduced_on,
            last_sold=None if last[place] == NEVER else day_of(int(last[place])),
        )
        for place in sorted(rows, key=lambda place: (last[place], lines.products[place].identifier))
    )


def new_products(dataset: Dataset, lines: ProductLines, now: Flags) -> tuple[NewProduct, ...]:
    """List products introduced in the last twelve months, the latest last; uptake is of the active customers.

    Customers and revenue count from the day of introduction on; buyers who are not active at the cut-off are left out.
    """
    active = dataset.ledger.active(dataset.cut_off)
    found = []
    for place, product in enumerate(lines.products):
        if product.introduced_on is None or product.introduced_on <= dataset.year_ago:
            continue
        since = now & (lines.product == place) & (lines.day >= day_number(product.introduced_on))
        buyers = np.unique(lines.customer[since & lines.bought & (lines.customer >= 0)])
        found.append(
            NewProduct(
                product_id=product.identifier,
                name=product.name,
                category=product.category,
                introduced_on=product.introduced_on,
                buyers=Rate(int(active[buyers].sum()), int(active.sum())),
                revenue=int(lines.amount[since & lines.billed].sum()),
            )
        )
    return tuple(sorted(found, key=lambda entry: (entry.introduced_on, entry.product_id)))


def _sums(lines: ProductLines, codes: Integers, size: int, now: Flags, before: Flags | None) -> list[Sales]:
    """Return revenue and buyers of each code, now and before."""
    revenue, customers = _revenue(lines, codes, size, now), _buyers(lines, codes, size, now)
    if before is None:
        return [Sales(*pair, None, None) for pair in zip(revenue, customers, strict=True)]
    earlier = _revenue(lines, codes, size, before), _buyers(lines, codes, size, before)
    return [Sales(*values) for values in zip(revenue, customers, *earlier, strict=True)]


def _revenue(lines: ProductLines, codes: Integers, size: int, inside: Flags) -> list[int]:
    sums = np.zeros(size, dtype=np.int64)
    chosen = inside & lines.billed
    np.add.at(sums, codes[chosen], lines.amount[chosen])
    return [int(value) for value in sums]


def _buyers(lines: ProductLines, codes: Integers, size: int, inside: Flags) -> list[int]:
    chosen = inside & lines.bought & (lines.customer >= 0)
    pairs = np.unique(lines.customer[chosen] * max(size, 1) + codes[chosen])
    return [int(value) for value in np.bincount(pairs % max(size, 1), minlength=size)]
