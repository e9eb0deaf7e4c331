"""What it costs to win, keep, and win back a customer, what more retention would bring, and where offers succeed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, average, money_figure
from retention_reports.model.lapses import lapses
from retention_reports.model.ledger import NEVER, day_number, day_numbers
from retention_reports.model.money import share
from retention_reports.model.retention import retention_rate
from retention_reports.model.spending import spent_in_year
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

FIVE_POINTS = Fraction(5, 100)
PURPOSES = {"new": "acquisition", "retained": "retention", "won_back": "win_back"}
"""Which spending stands against which customers."""


@record
class UnitCost:
    """What was spent in the last twelve months on one purpose, and how many customers stand against it."""

    spent: int
    customers: int

    @property
    def each(self) -> float | None:
        """The cost of one customer; None where there is none."""
        return average(self.spent, self.customers)


@record
class Costs:
    """Cost per new, per retained, and per won-back customer over the last twelve months; None where not known."""

    new: UnitCost | None
    retained: UnitCost | None
    won_back: UnitCost | None

    @property
    def new_to_retained(self) -> Fraction | None:
        """How many times as much a new customer costs as a retained one."""
        return _times(self.new, self.retained)

    @property
    def new_to_won_back(self) -> Fraction | None:
        """How many times as much a new customer costs as a won-back one."""
        return _times(self.new, self.won_back)

    def figures(self) -> dict[str, Figure]:
        """Return `new_customers.costs`."""
        parts: dict[str, Figure] = {}
        for name, cost in (("new", self.new), ("retained", self.retained), ("won_back", self.won_back)):
            parts[f"per_{name}"] = money_figure(cost.each) if cost else None
            parts[f"per_{name}_spent"] = money_figure(cost.spent) if cost else None
            parts[f"per_{name}_customers"] = cost.customers if cost else None
        return {
            **parts,
            "new_to_retained": _number(self.new_to_retained),
            "new_to_won_back": _number(self.new_to_won_back),
        }


@record
class RetentionGain:
    """What five points more retention would mean: expected years 1 ÷ (1 - rate) now and then.

    `years_then` and `effect` (the relative gain in years and so in margin per customer) are None where the rate with
    five points more would reach 1.
    """

    retention: Rate
    years_now: Fraction | None
    years_then: Fraction | None

    @property
    def effect(self) -> Fraction | None:
        """The relative gain in expected years."""
        if self.years_now is None or self.years_then is None:
            return None
        return self.years_then / self.years_now - 1

    def figures(self) -> dict[str, Figure]:
        """Return `new_customers.five_points_more_retention`."""
        return {
            **self.retention.figures("retention_rate_12m"),
            "years_now": _number(self.years_now),
            "years_then": _number(self.years_then),
            "effect": _number(self.effect),
        }


@record
class CloseRates:
    """Offers won of those decided in the last twelve months, to existing customers and to new ones."""

    existing: Rate
    new: Rate


def unit_costs(dataset: Dataset) -> tuple[Costs, tuple[Missing, ...]]:
    """Set the spending of the last four quarters against the customers won, kept, and won back in that time.

    New: first purchase within the last twelve months. Retained: active a year ago and now. Won back: bought within
    the last twelve months after having been lost, each customer once. A purpose without a row in each of the four
    quarters is not known: no row is not the same as nothing spent.
    """
    found: dict[str, UnitCost | None] = {}
    missing: list[Missing] = []
    for name, kind in PURPOSES.items():
        cost = _unit_cost(dataset, name, kind)
        found[name] = None if isinstance(cost, Missing) else cost
        if isinstance(cost, Missing):
            missing.append(cost)
        elif cost.customers == 0:
            missing.append(Missing(f"costs.per_{name}", Unknown.TOO_FEW))
    return Costs(**found), tuple(missing)


def retention_gain(dataset: Dataset) -> RetentionGain | Missing:
    """Tell how much longer customers would stay with five points more of the own twelve-month retention rate."""
    key = "five_points_more_retention"
    rate = retention_rate(dataset, dataset.year_ago, dataset.cut_off)
    if rate is None:
        return Missing(key, Unknown.BEFORE_START_OF_DATA)
    if rate.n == 0:
        return Missing(key, Unknown.NOBODY_ACTIVE)
    return RetentionGain(rate, _years(Fraction(rate.k, rate.n)), _years(Fraction(rate.k, rate.n) + FIVE_POINTS))


def close_rates(dataset: Dataset) -> CloseRates | Missing:
    """Count offers won of those decided in the last twelve months, apart for existing customers and new ones.

    Existing: the customer had bought before the day of the offer. Decided: won, lost, or expired, with its day.
    """
    key = "close_rate"
    offers = dataset.table("offers")
    if offers is None:
        return Missing(key, Unknown.NO_FILE, "offers")
    if not dataset.has_column("offers", "decided_on"):
        return Missing(key, Unknown.NO_COLUMN, "offers.decided_on")
    if not dataset.covers_activity_on(dataset.year_ago):
        return Missing(key, Unknown.BEFORE_START_OF_DATA)
    decided = (offers["decided_on"] > pd.Timestamp(dataset.year_ago)) & (offers["state"] != "open")
    rows = offers.loc[decided & (offers["customer"] >= 0)]
    if rows.empty:
        return Missing(key, Unknown.NO_ROWS, "offers")
    first = dataset.ledger.first_purchase[rows["customer"].to_numpy(dtype=np.int64)]
    existing = (first != NEVER) & (first < day_numbers(rows["offered_on"]))
    won = (rows["state"] == "won").to_numpy()
    return CloseRates(
        existing=Rate(int((won & existing).sum()), int(existing.sum())),
        new=Rate(int((won & ~existing).sum()), int((~existing).sum())),
    )


def _unit_cost(dataset: Dataset, name: str, kind: str) -> UnitCost | Missing:
    spent = spent_in_year(dataset, kind, f"costs.per_{name}")
    return spent if isinstance(spent, Missing) else UnitCost(spent, _customers(dataset, name))


def _customers(dataset: Dataset, name: str) -> int:
    ledger, year_ago, cut_off = dataset.ledger, dataset.year_ago, dataset.cut_off
    if name == "new":
        return int((ledger.first_purchase > day_number(year_ago)).sum())
    if name == "retained":
        return int((ledger.active(year_ago) & ledger.active(cut_off)).sum())
    left = lapses(ledger, cut_off)
    return len(np.unique(left.customer[left.returned_between(year_ago, cut_off)]))


def _years(rate: Fraction) -> Fraction | None:
    return None if rate >= 1 else 1 / (1 - rate)


def _times(cost: UnitCost | None, other: UnitCost | None) -> Fraction | None:
    if cost is None or other is None or not cost.customers or not other.customers or other.spent == 0:
        return None
    return Fraction(cost.spent * other.customers, cost.customers * other.spent)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else share(value.numerator, value.denominator)
