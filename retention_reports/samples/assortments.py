"""What each customer buys again and again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.samples.chance import happens, weighted

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Product, Profile, Segment

_CATEGORY_SHARE = 0.62
_SERVICE_SHARE = 0.24
_ADOPTION_SHARE = 0.38
_DROPPING_SHARE = 0.3
_REGULAR_RESERVE = 0.85


@record
class Habit:
    """A product in a customer's assortment, with its weight, from one day until another."""

    product: Product
    weight: float
    since: date
    until: date


def draw_habits(profile: Profile, period: Period, segment: Segment, chance: Random) -> tuple[Habit, ...]:
    """Draw a customer's assortment: products of some of the segment's categories, new ones, perhaps a service."""
    products = profile.catalogue.products
    categories = [name for name, share in segment.categories.items() if happens(chance, share * _CATEGORY_SHARE)]
    categories = categories or [weighted(chance, segment.categories)]
    habits: list[Habit] = []
    for category in categories:
        regular = [product for product in products if product.category == category and product.new_since == 0]
        chosen = chance.sample(regular, k=min(len(regular), chance.randint(1, 3)))
        chosen += [one for one in regular if one.product_id == profile.dropped_product and one not in chosen]
        habits.extend(_habit(profile, period, product, chance) for product in chosen)
    for product in products:
        if product.new_since and product.category in categories and happens(chance, _ADOPTION_SHARE):
            since = period.back(product.new_since) + timedelta(days=chance.randint(3, 120))
            habits.append(Habit(product, 0.8 + chance.random(), since, date.max))
    services = [product for product in products if product.is_service]
    if services and happens(chance, _SERVICE_SHARE):
        habits.append(Habit(chance.choice(services), 0.5, period.first, date.max))
    return tuple(habits)


def _habit(profile: Profile, period: Period, product: Product, chance: Random) -> Habit:
    weight = 0.4 + chance.random()
    dropped = product.product_id == profile.dropped_product and happens(chance, _DROPPING_SHARE)
    if product.product_id == profile.dropped_product:
        weight += _REGULAR_RESERVE
    until = period.back(3) - timedelta(days=chance.randint(2, 20)) if dropped else date.max
    return Habit(product, weight, period.first, until)
