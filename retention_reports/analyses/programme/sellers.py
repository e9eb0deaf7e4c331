"""How much of the programme each sales person sold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.programme.programme_results import Seller
from retention_reports.model.figures import Rate
from retention_reports.model.sales_people import shown_person, tells_people_apart

if TYPE_CHECKING:
    from retention_reports.model.client import Client
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines


def sellers(client: Client, lines: ProductLines, now: Flags) -> tuple[Seller, ...]:
    """Compare the sales people of the last twelve months; the one who sold most products first.

    The programme is every product on offer or sold. Orders without a sales person are left out. Empty where figures
    by sales person are switched off.
    """
    if not tells_people_apart(client):
        return ()
    chosen = now & lines.bought & (lines.seller != lines.sellers.index(""))
    sold = np.zeros((len(lines.sellers), len(lines.products)), dtype=np.bool_)
    sold[lines.seller[chosen], lines.product[chosen]] = True
    people = np.flatnonzero(sold.any(axis=1)).tolist()
    most = int(sold.sum(axis=1).max()) if people else 0
    found = [
        replace(_seller(lines, now, sold, person, most), name=shown_person(client, lines.sellers[person]))
        for person in people
    ]
    return tuple(sorted(found, key=lambda seller: (-seller.products.k, -seller.revenue, seller.name)))


def _seller(lines: ProductLines, now: Flags, sold: Flags, person: int, most: int) -> Seller:
    own = now & (lines.seller == person)
    bought = own & lines.bought & (lines.customer >= 0)
    customers = len(np.unique(lines.customer[bought]))
    with_category = bought & (lines.category >= 0)
    size = max(len(lines.categories), 1)
    pairs = np.unique(lines.customer[with_category] * size + lines.category[with_category])
    reached = np.bincount(pairs % size, minlength=len(lines.categories)).tolist()
    categories = np.unique(lines.product_category[sold[person]])
    missing = sorted(set(range(len(lines.categories))) - set(categories.tolist()))
    return Seller(
        name=lines.sellers[person],
        customers=customers,
        revenue=int(lines.amount[own & lines.billed].sum()),
        products=Rate(int(sold[person].sum()), len(lines.products)),
        categories=Rate(len(lines.categories) - len(missing), len(lines.categories)),
        gap=most - int(sold[person].sum()),
        categories_missing=tuple(lines.categories[place] for place in missing),
        unsold=tuple(lines.products[place].name for place in _sold_by_half_of_others(sold, person).tolist()),
        breadth=round(len(pairs) / customers, 6) if customers else 0.0,
        reach=tuple((name, Rate(k, customers)) for name, k in zip(lines.categories, reached, strict=False)),
    )


def _sold_by_half_of_others(sold: Flags, person: int) -> Integers:
    """Return the products that this person did not sell but at least half of the other sales people did."""
    others = np.delete(sold, person, axis=0)
    others = others[others.any(axis=1)]
    if len(others) == 0:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(~sold[person] & (2 * others.sum(axis=0) >= len(others)))
