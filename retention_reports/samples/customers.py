"""Who buys: customers with a segment, a level of spending, a rhythm and habits of their own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import scattered, stream, weighted

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Names, Product, Profile, Segment

SERVICE = "service"
_SERVICE_SHARE = 0.24
_SENSITIVE_SHARE = 0.3
_REFERRED_SHARE = 0.22
_ADOPTION_SHARE = 0.38
_DROPPING_SHARE = 0.3
_REGULAR_RESERVE = 0.85
_LARGEST = 14
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@dataclass(frozen=True)
class Person:
    """A contact person."""

    given: str
    surname: str
    female: bool

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True)
class Habit:
    """A product in a customer's assortment, with its weight, from one day until another."""

    product: Product
    weight: float
    since: date
    until: date


@dataclass(frozen=True)
class Customer:
    """A customer as drawn, before any order. `order_value` is in cents, `gap` the mean days between orders."""

    number: int
    customer_id: str
    name: str
    segment: Segment
    person: Person
    town: str
    postcode: str
    domain: str
    order_value: float
    gap: float
    first_day: date
    one_time: bool
    price_sensitive: bool
    content: float
    rep: str
    habits: tuple[Habit, ...]
    referred_by: str = ""
    merged_into: str = ""

    @property
    def uses_services(self) -> bool:
        """Whether services belong to the assortment."""
        return any(habit.product.kind == SERVICE for habit in self.habits)

    @property
    def year_value(self) -> float:
        """Expected revenue a year, in cents."""
        return self.order_value * 365 / self.gap


def draw_customers(profile: Profile, period: Period, count: int, seed: int) -> list[Customer]:
    """Draw so many customers, in the order of their first purchase and therefore of their ids, then the prospects.

    A prospect's first day lies after the period: nothing has been bought yet.
    """
    taken: set[str] = set()
    customers: list[Customer] = []
    days = _first_days(profile, period, count, seed) + [period.last + timedelta(days=1)] * profile.prospects
    for number, first_day in enumerate(days):
        customers.append(_draw(profile, period, number, first_day, seed, taken, customers))
    return customers


def customer_id(profile: Profile, number: int) -> str:
    """Return the id of the customer with this running number."""
    return profile.customer_id.format(profile.first_customer_number + number)


def draw_person(names: Names, chance: Random, surname: str = "") -> Person:
    """Draw a person, with a given surname if wanted."""
    female = chance.random() < 0.5  # noqa: PLR2004 (a coin)
    given = chance.choice(names.female if female else names.male)
    return Person(given, surname or chance.choice(names.surnames), female)


def as_address(text: str) -> str:
    """Return a text as it may stand in an e-mail address."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED)).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in plain.lower()).split()
    return "-".join(words)


def _first_days(profile: Profile, period: Period, count: int, seed: int) -> list[date]:
    chance = stream(seed, "arrivals")
    existing = round(count * profile.existing_share)
    arrivals = sorted(40 + chance.random() * (period.length - 40) for _ in range(count - existing))
    days = [chance.random() * 38 for _ in range(existing)] + arrivals
    return [period.business_day(period.first + timedelta(days=int(day)), chance) for day in days]


def _draw(  # noqa: PLR0913 (everything that a customer depends on)
    profile: Profile,
    period: Period,
    number: int,
    first_day: date,
    seed: int,
    taken: set[str],
    earlier: list[Customer],
) -> Customer:
    chance = stream(seed, "customer", number)
    segment = profile.segments[weighted(chance, {i: one.share for i, one in enumerate(profile.segments)})]
    surname = chance.choice(profile.names.surnames)
    person = draw_person(
        profile.names, chance, surname if chance.random() < _SENSITIVE_SHARE or segment.private else ""
    )
    place = chance.randrange(len(profile.names.towns))
    name = _firm(profile.names, segment, person, surname, profile.names.towns[place], chance, taken)
    level = segment.spend * min(_LARGEST, scattered(chance, 1, profile.year_value_spread))
    year_value = profile.year_value * level * 100
    gap = profile.usual_gap * (profile.year_value * 100 / year_value) ** 0.22 * scattered(chance, 1, 0.35)
    gap = min(max(gap, 6.0), 95.0)
    newcomer = (first_day - period.first).days > period.length * 0.04
    return Customer(
        number=number,
        customer_id=customer_id(profile, number),
        name=name,
        segment=segment,
        person=person,
        town=profile.names.towns[place],
        postcode=profile.names.postcodes[place],
        domain=f"{as_address(name)[:28].strip('-')}.example",
        order_value=year_value * gap / 365,
        gap=gap,
        first_day=first_day,
        one_time=newcomer and chance.random() < profile.one_time_share,
        price_sensitive=chance.random() < _SENSITIVE_SHARE,
        content=min(9.8, max(6.4, chance.gauss(8.4, 0.8))),
        rep=weighted(chance, profile.sales_reps),
        habits=_habits(profile, period, segment, chance),
        referred_by=_referrer(earlier, chance) if newcomer and chance.random() < _REFERRED_SHARE else "",
    )


def _firm(  # noqa: PLR0913 (the parts of a firm's name)
    names: Names, segment: Segment, person: Person, surname: str, town: str, chance: Random, taken: set[str]
) -> str:
    if segment.private:
        name = person.name
    else:
        pattern = chance.choice(segment.firms)
        name = pattern.format(
            surname=surname, surname2=chance.choice(names.surnames), emblem=chance.choice(names.emblems), town=town
        )
    if name in taken and town not in name:
        name = f"{name}, {town}"
    base, repeat = name, 1
    while name in taken:
        repeat += 1
        name = f"{base} {repeat}"
    taken.add(name)
    return name


def _referrer(earlier: list[Customer], chance: Random) -> str:
    """Return one of the ambassadors: a small part of the earlier customers brings most referrals."""
    ambassadors = earlier[:: max(1, len(earlier) // 16)]
    return chance.choice(ambassadors).customer_id if ambassadors else ""


def _habits(profile: Profile, period: Period, segment: Segment, chance: Random) -> tuple[Habit, ...]:
    products = profile.catalogue.products
    categories = [name for name, share in segment.categories.items() if chance.random() < share * 0.62]
    categories = categories or [weighted(chance, segment.categories)]
    habits: list[Habit] = []
    for category in categories:
        regular = [product for product in products if product.category == category and product.new_since == 0]
        for product in chance.sample(regular, k=min(len(regular), chance.randint(1, 3))):
            habits.append(_habit(profile, period, product, chance))
    for product in products:
        if product.new_since and product.category in categories and chance.random() < _ADOPTION_SHARE:
            since = period.back(product.new_since) + timedelta(days=chance.randint(3, 120))
            habits.append(Habit(product, 0.8 + chance.random(), since, date.max))
    services = [product for product in products if product.kind == SERVICE]
    if services and chance.random() < _SERVICE_SHARE:
        habits.append(Habit(chance.choice(services), 0.5, period.first, date.max))
    return tuple(habits)


def _habit(profile: Profile, period: Period, product: Product, chance: Random) -> Habit:
    weight = 0.4 + chance.random()
    dropped = product.product_id == profile.dropped_product and chance.random() < _DROPPING_SHARE
    if product.product_id == profile.dropped_product:
        weight += _REGULAR_RESERVE
    until = period.back(3) - timedelta(days=chance.randint(2, 20)) if dropped else date.max
    return Habit(product, weight, period.first, until)
