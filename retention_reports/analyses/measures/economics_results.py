"""Estimates of money, and what retention is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, average, money_figure
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from fractions import Fraction


@record
class Estimate:
    """A sum of money with its 95 % bootstrap interval, all in ten-thousandths."""

    value: int
    low: int
    high: int

    def figures(self, key: str) -> dict[str, Figure]:
        """Return the three keys of an estimate."""
        return estimate_figures(key, self)


@record
class RetentionGain:
    """What five points more retention would have brought in the last twelve months, all else unchanged.

    `points` is 0.05, less where fewer than 5 % were lost. `extra_customers` = points × customers active a year ago;
    each brings the mean revenue of those who stayed. `of_revenue` is the extra revenue ÷ all revenue of the year, which
    is also the extra margin ÷ all margin. `years_now` and `years_then` are 1 ÷ (1 - retention), None where endless.
    """

    retention: Rate
    points: Fraction
    extra_customers: Fraction
    extra_revenue: Estimate
    extra_margin: Estimate | None
    of_revenue: float | None
    years_now: Fraction | None
    years_then: Fraction | None

    def figures(self) -> dict[str, Figure]:
        """Return `measures.retention_gain`."""
        return {
            **self.retention.figures("retention_rate_12m"),
            "points": _fraction(self.points),
            "extra_customers": _fraction(self.extra_customers),
            **self.extra_revenue.figures("extra_revenue"),
            **estimate_figures("extra_margin", self.extra_margin),
            "of_revenue": self.of_revenue,
            "remaining_years": _fraction(self.years_now),
            "remaining_years_then": _fraction(self.years_then),
        }


@record
class CostPerCustomer:
    """Spending of the last four quarters on one kind ÷ the customers acquired, kept, or won back in them.

    `spent` in ten-thousandths; `customers` None where the data is too young to count them.
    """

    kind: str
    spent: int
    customers: int | None

    @property
    def each(self) -> float | None:
        """Currency units a customer, rounded to cents; None without customers."""
        return money_figure(average(self.spent, self.customers)) if self.customers else None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `measures.cost_per_customer`."""
        return {"kind": self.kind, "spent": money_figure(self.spent), "customers": self.customers, "each": self.each}


def estimate_figures(key: str, estimate: Estimate | None) -> dict[str, Figure]:
    """Return an estimate and its interval under `key`, `key_low`, `key_high`; all null where it is unknown."""
    values = (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)
    return {f"{key}{ending}": money_figure(one) for ending, one in zip(("", "_low", "_high"), values, strict=True)}


def _fraction(number: Fraction | None) -> float | None:
    return None if number is None else share(number.numerator, number.denominator)
