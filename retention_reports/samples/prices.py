"""How prices have moved by a given day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Product, Profile


def price_level(profile: Profile, period: Period, day: date, product: Product | None = None) -> float:
    """Return the factor on first prices: by general changes alone, or with those of a product and its category."""
    level = 1.0
    for change in profile.catalogue.price_changes:
        general = not change.product_id and not change.category
        own = product is not None and (change.product_id == product.product_id or change.category == product.category)
        if (general or own) and period.back(change.months_back) <= day:
            level *= 1 + change.percent / 100
    return level
