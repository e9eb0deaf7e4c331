"""Revenue as customers × orders per customer × average order value, and which factor moved it."""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.model.figures import Figure, Missing, Unknown, average, money_figure
from retention_reports.model.money import UNIT, share
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.dataset import Dataset

FACTORS = ("customers", "orders_per_customer", "average_order_value")
_CENT = UNIT // 100


@record
class RevenueFactors:
    """Twelve months of customers who have a completed purchase in them; amounts in ten-thousandths.

    `orders` are their completed purchases, `revenue` the sum of all their completed orders, credit notes included. So
    `customers × orders_per_customer × average_order_value == revenue` exactly, the average order value being what
    remains of an order after credit notes. `other_revenue` is all other revenue of these months: without customer, or
    of customers who only got credit notes.
    """

    customers: int
    orders: int
    revenue: int
    other_revenue: int

    @property
    def orders_per_customer(self) -> Fraction | None:
        """Completed purchases per customer; None without customers."""
        return Fraction(self.orders, self.customers) if self.customers else None

    @property
    def average_order_value(self) -> float | None:
        """Revenue per completed purchase, rounded; None without any."""
        return average(self.revenue, self.orders)

    def figures(self) -> dict[str, Figure]:
        """Return one side of `loyal_customers.decomposition`."""
        return {
            "customers": self.customers,
            "orders_per_customer": share(self.orders, self.customers),
            "average_order_value": money_figure(self.average_order_value),
            "revenue": money_figure(self.revenue),
            "other_revenue": money_figure(self.other_revenue),
        }


@record
class FactorChange:
    """How much of the change of revenue each factor brought; the three add up to `total`, exactly."""

    customers: int
    orders_per_customer: int
    average_order_value: int
    total: int

    def part(self, factor: str) -> int:
        """Return the part of one of FACTORS."""
        amount: int = getattr(self, factor)
        return amount

    def figures(self) -> dict[str, Figure]:
        """Return `loyal_customers.change_by_factor`."""
        return {key: money_figure(self.part(key)) for key in (*FACTORS, "total")}


@record
class Decomposition:
    """The last twelve months, the twelve before, and the change by factor; None where not known."""

    now: RevenueFactors | None
    before: RevenueFactors | None
    change: FactorChange | None
    missing: tuple[Missing, ...]


def decompose(years: Years) -> Decomposition:
    """Take revenue of both windows apart."""
    dataset = years.dataset
    now = _factors(dataset, dataset.year_ago, dataset.cut_off) if years.knows_now else None
    before = _factors(dataset, years.two_years_ago, dataset.year_ago) if years.knows_before else None
    missing = [*years.missing("decomposition.now"), *years.missing("decomposition.before", both=True)]
    change = factor_change(before, now) if now is not None and before is not None else None
    if isinstance(change, Missing):
        missing.append(change)
        change = None
    return Decomposition(now, before, change, tuple(missing))


def factor_change(before: RevenueFactors, now: RevenueFactors) -> FactorChange | Missing:
    """Attribute the change of revenue to its factors by logarithms (additive LMDI-I, Ang 2005).

    Each factor's part is L × ln(now ÷ before) with L = change ÷ ln(revenue now ÷ before), the logarithmic mean: the
    order of the factors does not matter and nothing is left over. Parts are rounded to cents; the order value takes
    what rounding leaves.
    Not possible where revenue of either window is not positive.
    """
    if before.revenue <= 0 or now.revenue <= 0 or not before.orders or not now.orders:
        return Missing("change_by_factor", Unknown.NO_EARLIER_REVENUE if before.revenue <= 0 else Unknown.NO_PURCHASE)
    total = now.revenue - before.revenue
    weight = total / log(now.revenue / before.revenue) if total else float(now.revenue)
    customers = _cents(weight * log(now.customers / before.customers))
    frequency = (now.orders * before.customers) / (before.orders * now.customers)
    orders = _cents(weight * log(frequency))
    return FactorChange(customers, orders, total - customers - orders, total)


def _factors(dataset: Dataset, after: date, until: date) -> RevenueFactors:
    purchases = dataset.purchases
    days = purchases["ordered_on"]
    inside = (days > pd.Timestamp(after)) & (days <= pd.Timestamp(until))
    rows = purchases.loc[inside & (purchases["status"] == "completed") & (purchases["customer"] >= 0), "customer"]
    customers = rows.unique()
    revenue = int(dataset.revenue_between(after, until)[customers].sum())
    total = dataset.total_revenue_between(after, until)
    return RevenueFactors(len(customers), len(rows), revenue, total - revenue)


def _cents(amount: float) -> int:
    return round(amount / _CENT) * _CENT
