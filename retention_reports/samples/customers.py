"""Who buys: customers with a segment, a level of spending, a rhythm and habits of their own."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.samples.assortments import draw_habits
from retention_reports.samples.chance import happens, scattered, stream, weighted

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from retention_reports.samples.assortments import Habit
    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Names, Profile, Segment

_OWNER_SHARE = 0.3
_SENSITIVE_SHARE = 0.3
_REFERRED_SHARE = 0.22
_LARGEST = 14
_ARRIVAL_DAYS = 45
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@record
class Person:
    """A contact person."""

    given: str
    surname: str
    female: bool

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


@record
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

    def arrived_after(self, start: date) -> bool:
        """Whether the first purchase came well after the start of the data."""
        return self.first_day > start + timedelta(days=_ARRIVAL_DAYS)

    @property
    def uses_services(self) -> bool:
        """Whether services belong to the assortment."""
        return any(habit.product.is_service for habit in self.habits)

    @property
    def year_value(self) -> float:
        """Expected revenue a year, in cents."""
        return self.order_value * 365 / self.gap


def draw_customers(profile: Profile, period: Period, count: int, seed: int) -> list[Customer]:
    """Draw so many customers, in the order of their first purchase and therefore of their ids, then the prospects.

    A prospect's first day lies after the period: nothing has been bought yet.
    """
    days = _first_days(profile, period, count, seed) + [period.last + timedelta(days=1)] * profile.prospects
    town = _Town(profile, period, seed)
    for first_day in days:
        town.settle(first_day)
    return town.customers


def customer_id(profile: Profile, number: int) -> str:
    """Return the id of the customer with this running number."""
    return profile.customer_id.format(profile.first_customer_number + number)


def draw_person(names: Names, chance: Random, surname: str = "") -> Person:
    """Draw a person, with a given surname if wanted."""
    female = happens(chance, 0.5)
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


class _Town:
    """Where customers settle one after the other: no two have the same name, and the later know the earlier."""

    def __init__(self, profile: Profile, period: Period, seed: int) -> None:
        self.customers: list[Customer] = []
        self._profile = profile
        self._period = period
        self._seed = seed
        self._taken: set[str] = set()

    def settle(self, first_day: date) -> None:
        profile, number = self._profile, len(self.customers)
        chance = stream(self._seed, "customer", number)
        segment = profile.segments[weighted(chance, {i: one.share for i, one in enumerate(profile.segments)})]
        surname = chance.choice(profile.names.surnames)
        owner = segment.private or happens(chance, _OWNER_SHARE)
        person = draw_person(profile.names, chance, surname if owner else "")
        place = chance.randrange(len(profile.names.towns))
        name = person.name if segment.private else self._firm(segment, surname, profile.names.towns[place], chance)
        name = self._unique(name, profile.names.towns[place])
        gap, order_value = _rhythm(profile, segment, chance)
        newcomer = first_day > self._period.first + timedelta(days=_ARRIVAL_DAYS)
        customer = Customer(
            number=number,
            customer_id=customer_id(profile, number),
            name=name,
            segment=segment,
            person=person,
            town=profile.names.towns[place],
            postcode=profile.names.postcodes[place],
            domain=f"{as_address(name)[:28].strip('-')}.example",
            order_value=order_value,
            gap=gap,
            first_day=first_day,
            one_time=newcomer and happens(chance, profile.one_time_share),
            price_sensitive=happens(chance, _SENSITIVE_SHARE),
            content=min(9.8, max(6.4, chance.gauss(8.4, 0.8))),
            rep=weighted(chance, profile.sales_reps),
            habits=draw_habits(profile, self._period, segment, chance),
            referred_by=_referrer(self.customers, chance) if newcomer and happens(chance, _REFERRED_SHARE) else "",
        )
        self.customers.append(customer)

    def _firm(self, segment: Segment, surname: str, town: str, chance: Random) -> str:
        names = self._profile.names
        partner = chance.choice([one for one in names.surnames if one != surname])
        emblem = chance.choice(names.emblems)
        return chance.choice(segment.firms).format(surname=surname, surname2=partner, emblem=emblem, town=town)

    def _unique(self, name: str, town: str) -> str:
        if name in self._taken and town not in name:
            name = f"{name}, {town}"
        base, repeat = name, 1
        while name in self._taken:
            repeat += 1
            name = f"{base} {repeat}"
        self._taken.add(name)
        return name


def _rhythm(profile: Profile, segment: Segment, chance: Random) -> tuple[float, float]:
    """Return days between orders and cents an order; who spends more orders more often."""
    level = segment.spend * min(_LARGEST, scattered(chance, 1, profile.year_value_spread))
    gap = min(max(profile.usual_gap * level**-0.22 * scattered(chance, 1, 0.35), 6.0), 95.0)
    return gap, profile.year_value * level * 100 * gap / 365


def _referrer(earlier: list[Customer], chance: Random) -> str:
    """Return one of the ambassadors: a small part of the earlier customers brings most referrals."""
    ambassadors = earlier[:: max(1, len(earlier) // 16)]
    return chance.choice(ambassadors).customer_id if ambassadors else ""
