"""What the cross-selling analysis finds out."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from retention_reports.model.figures import (
    Figure,
    Missing,
    Rate,
    missing_figures,
    money_figure,
    rate_figures,
)
from retention_reports.records import record

BENCHMARK_MORE_THAN_ONE = 0.30
"""Often quoted, from one study: so many customers buy from more than one category."""
BENCHMARK_WOULD = (0.60, 0.90)
"""The same study: so many would."""


@record
class WhiteSpace:
    """Who bought what in the last twelve months: one row an observed customer, by id, one column a category.

    Observed are customers active at the cut-off with at least one purchase line of a known category in the window;
    `unobserved` counts the other active customers. `bought` are the places of the categories that each of
    them purchased, in order, returned ones included. `spent` is each customer's spend on all categories in
    ten-thousandths. `categories` come by spend, largest first.
    """

    identifiers: tuple[str, ...]
    names: tuple[str, ...]
    segments: tuple[str, ...]
    categories: tuple[str, ...]
    bought: tuple[tuple[int, ...], ...]
    spent: tuple[int, ...]
    unobserved: int

    @property
    def single_category(self) -> Rate:
        """Customers with one category only ÷ all observed customers."""
        return Rate(sum(len(row) == 1 for row in self.bought), len(self.bought))

    @property
    def by_breadth(self) -> tuple[tuple[int, int], ...]:
        """Return pairs of a number of categories (from 1 without gaps) and the customers who bought from so many."""
        counts = Counter(len(row) for row in self.bought)
        return tuple((number, counts[number]) for number in range(1, max(counts, default=0) + 1))

    @property
    def bought_cells(self) -> int:
        """Return how many pairs of customer and category were bought."""
        return sum(len(row) for row in self.bought)

    @property
    def not_bought_cells(self) -> int:
        """Return how many pairs of customer and category were not bought."""
        return len(self.bought) * len(self.categories) - self.bought_cells


@record
class CategoryPotential:
    """What a customer of a segment who lacks a category may be expected to spend on it a year, if that is known.

    `buyers` is the share of the segment's observed customers who bought the category, `value` this share of their
    median spend in twelve months, in ten-thousandths (half up).
    """

    segment: str
    category: str
    buyers: Rate
    value: int

    @property
    def lacking(self) -> int:
        """Return how many of the segment's customers do not buy the category."""
        return self.buyers.n - self.buyers.k


@record
class Potential:
    """A customer and a category it does not buy; `value` and `cases` are those of its segment.

    `argument` is the category it does buy that most often goes with the missing one ("" where none demonstrably does).
    """

    customer_id: str
    name: str
    segment: str
    category: str
    value: int
    cases: int
    buyers: Rate
    argument: str
    sales_rep: str
    permission: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `potential` list."""
        return {
            "customer_id": self.customer_id,
            "category": self.category,
            "value": money_figure(self.value),
            "cases": self.cases,
        }


@record
class TotalPotential:
    """The sum of all potentials in ten-thousandths with its 95 % bootstrap interval."""

    value: int
    low: int
    high: int


@record
class Affinity:
    """Customer-years with the first category, and how many of them hold the second too.

    `rate` is both ÷ first; `without` is the second among customer-years that lack the first. `together` tells that the
    95 % interval of the difference of the two lies above zero.
    """

    first: str
    second: str
    rate: Rate
    without: Rate
    together: bool

    @property
    def lift(self) -> float:
        """Return the share of the second among those with the first ÷ its share among all."""
        everyone = (self.rate.k + self.without.k) / (self.rate.n + self.without.n)
        return self.rate.k / self.rate.n / everyone

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `affinity` list."""
        return {
            "first": self.first,
            "second": self.second,
            "n": self.rate.k,
            **self.rate.figures("confidence"),
            "lift": round(self.lift, 6),
            "together": self.together,
        }


@record
class Opening:
    """Of the customers whose first purchase day held `first`, those whose next new category was `second`."""

    first: str
    second: str
    rate: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `openings` list."""
        return {"first": self.first, "second": self.second, **self.rate.figures("opened")}


class State(StrEnum):
    """How far one of the six steps is, as far as the data can tell."""

    DONE = "done"
    PARTLY = "partly"
    OPEN = "open"
    UNKNOWN = "unknown"


@record
class Step:
    """One of the six steps; `count` is what the step's sentence counts, `total` its base, `amount` its money."""

    key: str
    state: State
    count: int = 0
    total: int = 0
    amount: int = 0
    declared: str = ""

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `steps` list."""
        return {"step": self.key, "state": str(self.state), "declared": self.declared or None}


@record
class DepartmentContacts:
    """Contacts of the last twelve months by department ("" where none is named).

    `begun` counts those that the customer began, None where nobody records it; `followed` those of them with an offer
    to the customer within 14 days, None without offers.
    """

    department: str
    contacts: int
    begun: int | None
    followed: Rate | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `departments` list."""
        return {
            "department": self.department or None,
            "contacts": self.contacts,
            "begun_by_customers": self.begun,
            **rate_figures("followed", self.followed),
        }


@record
class SuitableProduct:
    """A product with its declared suitability, beside what customers do.

    `added_later` counts, of its buyers whose first purchase is known, those who first bought it on a later day.
    """

    product_id: str
    name: str
    suitability: str
    added_later: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `suitability` list."""
        return {
            "product_id": self.product_id,
            "suitability": self.suitability,
            **self.added_later.figures("added_later"),
        }


@record
class Organisation:
    """How cross-selling is organised: contacts that customers begin, who talks to them, which products suit.

    `followed` counts the contacts of twelve months that customers began and that an offer followed within 14 days;
    None where nobody records who began, or there are no offers. `departments` by number of contacts.
    """

    followed: Rate | None
    departments: tuple[DepartmentContacts, ...]
    suitability: tuple[SuitableProduct, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the keys `customer_contacts`, `departments`, and `suitability` of the section."""
        return {
            **rate_figures("customer_contacts", self.followed),
            "departments": [one.figures() for one in self.departments],
            "suitability": [one.figures() for one in self.suitability],
        }


@record
class CrossSelling:
    """Breadth, white space, potential, affinity, and the six steps; `space` is None where nothing is known."""

    space: WhiteSpace | None
    cells: tuple[CategoryPotential, ...]
    potentials: tuple[Potential, ...]
    affinities: tuple[Affinity, ...]
    openings: tuple[Opening, ...]
    total: TotalPotential | None
    steps: tuple[Step, ...]
    organisation: Organisation
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `cross_selling` of `figures.json`."""
        space, total = self.space, self.total
        return {
            **rate_figures("single_category", space.single_category if space else None),
            "without_category": space.unobserved if space else None,
            "by_categories": [{"categories": n, "customers": k} for n, k in space.by_breadth] if space else None,
            "white_space": None
            if space is None
            else {
                "customers": len(space.bought),
                "categories": list(space.categories),
                "bought": space.bought_cells,
                "not_bought": space.not_bought_cells,
            },
            "potential": [entry.figures() for entry in self.potentials],
            "potential_total": None
            if total is None
            else {
                "value": money_figure(total.value),
                "low": money_figure(total.low),
                "high": money_figure(total.high),
            },
            "affinity": [entry.figures() for entry in self.affinities],
            "openings": [entry.figures() for entry in self.openings],
            "steps": [step.figures() for step in self.steps],
            **self.organisation.figures(),
            "missing": missing_figures(self.missing),
        }
