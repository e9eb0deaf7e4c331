"""On how few customers revenue rests, and who moved between the value classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, money_figure
from retention_reports.model.money import share
from retention_reports.model.value_classes import CLASSES, NO_CLASS
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.ledger import Integers

DECILES = 10
LARGEST = (1, 5, 10)
NEW = "new"
NONE = "none"
CLASSES_BEFORE = (*CLASSES, NONE, NEW)
CLASSES_NOW = (*CLASSES, NONE)


@record
class ValueClass:
    """The customers of one value class and their revenue of the last twelve months in ten-thousandths."""

    name: str
    customers: int
    revenue: int


@record
class Decile:
    """A tenth of the customers with revenue, by rank (1: the largest), and their revenue in ten-thousandths."""

    number: int
    customers: int
    revenue: int
    share: float | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `loyal_customers.deciles`."""
        revenue = money_figure(self.revenue)
        return {"decile": self.number, "customers": self.customers, "revenue": revenue, "share": self.share}


@record
class Movement:
    """How many customers went from one class or group to another within the year."""

    before: str
    now: str
    customers: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of a list of movements."""
        return {"before": self.before, "now": self.now, "customers": self.customers}


@record
class Concentration:
    """Value classes, tenths, and the largest customers' part; empty or None where not known.

    `largest` are the shares of the 1, 5, and 10 largest customers in the revenue of all with revenue above zero (those
    numbers that are smaller than the number of customers). `movements` lists every pair of classes that occurs:
    `none` is a customer without positive revenue in the window, `new` one who had not bought by a year ago.
    """

    classes: tuple[ValueClass, ...]
    deciles: tuple[Decile, ...]
    largest: tuple[tuple[int, Rate], ...]
    movements: tuple[Movement, ...]
    missing: tuple[Missing, ...]


def concentration(years: Years) -> Concentration:
    """Rank customers by their revenue of the last twelve months."""
    missing = [*years.missing("abc", "deciles", "largest"), *years.missing("class_movements", both=True)]
    if not years.knows_now:
        return Concentration((), (), (), (), tuple(missing))
    revenue = np.sort(years.revenue[years.revenue > 0])[::-1]
    classes = tuple(_value_class(years, name) for name in CLASSES)
    if len(revenue) < DECILES:
        missing.append(Missing("deciles", Unknown.TOO_FEW))
    if not len(revenue):
        missing.append(Missing("largest", Unknown.NO_PURCHASE))
    return Concentration(
        classes=classes,
        deciles=_deciles(revenue),
        largest=_largest(revenue),
        movements=_movements(years) if years.knows_before else (),
        missing=tuple(missing),
    )


def _value_class(years: Years, name: str) -> ValueClass:
    members = years.classes == name
    return ValueClass(name, int(members.sum()), int(years.revenue[members].sum()))


def _deciles(revenue: Integers) -> tuple[Decile, ...]:
    """Cut customers, largest first, into ten groups: the customer of rank i (from 0) of n is in group i × 10 // n."""
    if len(revenue) < DECILES:
        return ()
    groups = np.arange(len(revenue)) * DECILES // len(revenue)
    total = int(revenue.sum())
    found = []
    for number in range(DECILES):
        members = revenue[groups == number]
        amount = int(members.sum())
        found.append(Decile(number + 1, len(members), amount, share(amount, total)))
    return tuple(found)


def _largest(revenue: Integers) -> tuple[tuple[int, Rate], ...]:
    total = int(revenue.sum())
    return tuple(
        (number, Rate(int(revenue[:number].sum()), total, is_money=True)) for number in LARGEST if number < len(revenue)
    )


def _movements(years: Years) -> tuple[Movement, ...]:
    known = years.dataset.known_customers
    now = np.where(years.classes == NO_CLASS, NONE, years.classes)[known]
    earlier = np.where(years.classes_before == NO_CLASS, NONE, years.classes_before)
    before = np.where(years.bought_before, earlier, NEW)[known]
    return movements(before, now, CLASSES_BEFORE, CLASSES_NOW)


def movements(
    before: np.ndarray, now: np.ndarray, earlier: tuple[str, ...], later: tuple[str, ...]
) -> tuple[Movement, ...]:
    """Count customers by pair of groups, in the order of the groups; pairs that do not occur are left out."""
    counted = [
        Movement(first, second, int(((before == first) & (now == second)).sum()))
        for first in earlier
        for second in later
    ]
    return tuple(movement for movement in counted if movement.customers)
