"""The files customers, products and contacts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream, weighted
from retention_reports.samples.customers import Person, as_address, draw_person
from retention_reports.samples.tables import Cell, Table

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.customers import Customer
    from retention_reports.samples.profile import Profile
    from retention_reports.samples.records import History
    from retention_reports.samples.world import World

_ADDRESSED_TWICE = 31
_CUSTOMER_COLUMNS = (
    "customer_id",
    "name",
    "segment",
    "email",
    "email_permission",
    "salutation",
    "referred_by",
    "potential",
    "fit",
    "motive",
    "supplier_rank",
    "notice_on",
    "merged_into",
    "sales_rep",
    "price_fixed_until",
)
_PRICE_FIXED_SHARE = 0.12
_AGREED_MONTHS = (-9, -6, -3, 2)
_SUITABILITIES = {"always": 0.15, "mostly": 0.3, "sometimes": 0.3, "rarely": 0.15, "unsuitable": 0.1}
_PERMISSIONS = {"yes": 0.58, "no": 0.13, "unknown": 0.29}
_RANKS = {"A": 0.45, "B": 0.35, "C": 0.20}
_LARGE_CUSTOMER_SHARE = 0.2


def customers_table(world: World) -> Table:
    """Return all customers, prospects and blemished entries by id."""
    profile = world.profile
    rows = [_customer_row(world, history.customer, history) for history in world.histories]
    rows += [_customer_row(world, entry, None) for entry in world.entries]
    rows.sort(key=lambda row: str(row[0]))
    return Table("customers", _CUSTOMER_COLUMNS + profile.extra_customer_columns, rows)


def products_table(world: World) -> Table:
    """Return the programme; products that were always there have no day of introduction."""
    rows = [
        (
            product.product_id,
            product.name,
            product.category,
            product.kind,
            world.period.back(product.new_since) if product.new_since else None,
            round(product.price * 100 * (1 - product.margin)),
            weighted(stream(world.seed, "suitability", product.product_id), _SUITABILITIES),
        )
        for product in world.profile.catalogue.products
    ]
    columns = ("product_id", "name", "category", "kind", "introduced_on", "cost", "suitability")
    return Table("products", columns, rows)


def contacts_table(world: World) -> Table:
    """Return one to three contact persons a customer; few at some of the largest, none at a few."""
    chance = stream(world.seed, "contacts")
    ranked = sorted(world.customers, key=lambda customer: -customer.year_value)
    large = {customer.number for customer in ranked[: round(len(ranked) * _LARGE_CUSTOMER_SHARE)]}
    rows: list[tuple[Cell, ...]] = []
    for customer in world.customers:
        weights = {1: 0.36, 2: 0.40, 3: 0.24} if customer.number in large else {0: 0.05, 1: 0.62, 2: 0.27, 3: 0.06}
        for rank in range(weighted(chance, weights)):
            person = draw_person(world.profile.names, chance) if rank else customer.person
            rows.append(_contact_row(world, customer, person, rank, chance))
        if customer.number == _ADDRESSED_TWICE:
            rows += _contradiction(world, customer)
    columns = ("customer_id", "name", "salutation", "role", "decides", "email", "phone", "birthday")
    return Table("contacts", columns, rows)


def address_of(customer: Customer, person: Person) -> str:
    """Return a person's e-mail address at a customer."""
    return f"{as_address(person.given)}.{as_address(person.surname)}@{customer.domain}"


def _customer_row(world: World, customer: Customer, history: History | None) -> tuple[Cell, ...]:
    chance = stream(world.seed, "card", customer.number)
    profile = world.profile
    notices = [one.notice_on for one in history.departures if one.notice_on] if history else []
    email = address_of(customer, customer.person) if customer.number >= 0 and happens(chance, 0.88) else ""
    potential = round(customer.year_value * (1 + 1.4 * chance.random()), -4) if happens(chance, 0.65) else None
    extra = (customer.postcode, customer.town) if profile.extra_customer_columns else ()
    known = customer.number >= 0
    return (
        customer.customer_id,
        customer.name,
        customer.segment.name,
        email,
        weighted(chance, _PERMISSIONS) if email else "unknown",
        _salutation(profile, customer, chance) if known else "",
        customer.referred_by,
        int(potential) if potential is not None and known else None,
        _fit(customer, chance) if known else None,
        chance.choice(profile.words["motives"]) if known and happens(chance, 0.55) else "",
        weighted(chance, _RANKS) if known and happens(chance, 0.6) else "",
        max(notices, default=None),
        customer.merged_into,
        customer.rep if known else "",
        _price_fixed_until(world, customer) if known else None,
        *extra,
    )


def _price_fixed_until(world: World, customer: Customer) -> date | None:
    """Draw the end of an agreement on prices: most lie ahead, a few are over."""
    chance = stream(world.seed, "agreement", customer.number)
    months = chance.choice(_AGREED_MONTHS)
    return world.period.back(months) if happens(chance, _PRICE_FIXED_SHARE) else None


def _fit(customer: Customer, chance: Random) -> int | None:
    if not happens(chance, 0.72):
        return None
    return min(5, max(1, round(customer.content - 5 + chance.gauss(0, 0.8))))


def _salutation(profile: Profile, customer: Customer, chance: Random) -> str:
    if happens(chance, 0.06):
        return ""
    return _address_form(profile, female=customer.person.female)


def _address_form(profile: Profile, *, female: bool) -> str:
    lady, gentleman = profile.words["salutations"]
    return lady if female else gentleman


def _contradiction(world: World, customer: Customer) -> list[tuple[Cell, ...]]:
    """Return one new contact person, entered twice, once with the wrong salutation."""
    chance = stream(world.seed, "contradiction")
    person = draw_person(world.profile.names, chance)
    row = _contact_row(world, customer, person, 0, chance)
    wrong = _address_form(world.profile, female=not person.female)
    return [row, (*row[:2], wrong, *row[3:])]


def _contact_row(world: World, customer: Customer, person: Person, rank: int, chance: Random) -> tuple[Cell, ...]:
    words = world.profile.words
    birthday = None
    if happens(chance, 0.55):
        birthday = date(world.period.last.year - 62, 1, 1) + timedelta(days=chance.randrange(38 * 365))
    return (
        customer.customer_id,
        person.name,
        "" if rank and happens(chance, 0.05) else _address_form(world.profile, female=person.female),
        chance.choice(words["roles_other" if rank else "roles_decider"]),
        "no" if rank else weighted(chance, {"yes": 0.8, "": 0.2}),
        "" if happens(chance, 0.15) else address_of(customer, person),
        f"0{chance.randint(30, 99)}00 {chance.randint(100000, 999999)}" if happens(chance, 0.8) else "",
        birthday,
    )
