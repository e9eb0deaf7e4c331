"""What the analysis of new customers finds out. Amounts are ten-thousandths, days whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import (
    Figure,
    Missing,
    Rate,
    missing_figures,
    money_figure,
    rate_figures,
)
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.new_customers.economics import CloseRates, Costs, RetentionGain
    from retention_reports.model.quarters import Quarter

HORIZONS = (90, 180, 365)
"""Days within which a second purchase is looked for."""

CURVE_DAYS = (30, 60, 90, 180, 270, 365, 540, 730)
"""Days at which `figures.json` gives the curve of the time to the second purchase."""


@record
class AcquisitionQuarter:
    """A quarter's first-time buyers, and how many of them bought again on a later day within 90, 180, 365 days.

    A cell that the cut-off does not wholly observe (the quarter's last day plus the days is later) is None.
    """

    quarter: Quarter
    buyers: int
    within_90: int | None
    within_180: int | None
    within_365: int | None

    def within(self, days: int) -> Rate | None:
        """Return the rate of one horizon, None where it is not yet observed."""
        count: int | None = getattr(self, f"within_{days}")
        return None if count is None else Rate(count, self.buyers)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `new_customers.second_purchase`."""
        return {
            "quarter": str(self.quarter),
            "buyers": self.buyers,
            "within_90": self.within_90,
            "within_180": self.within_180,
            "within_365": self.within_365,
        }


@record
class CurvePoint:
    """The estimated share of first-time buyers who have bought again by so many days, with its 95 % interval.

    `at_risk` counts those still observed and without a second purchase just before the day.
    """

    days: int
    share: float
    low: float
    high: float
    at_risk: int


@record
class WaitingTime:
    """Time from the first to the second purchase day of known first-time buyers, waiting ones censored at the cut-off.

    `curve` has one point for each day on which someone bought again. `median_days` is None where fewer than half are
    expected to buy again within what was observed; `longest` is the longest time that anyone was observed.
    """

    customers: int
    bought_again: int
    median_days: int | None
    longest: int
    curve: tuple[CurvePoint, ...]

    def share_by(self, days: int) -> float | None:
        """Return the estimated share who have bought again by so many days; None beyond what was observed."""
        if days > self.longest:
            return None
        reached = [point.share for point in self.curve if point.days <= days]
        return reached[-1] if reached else 0.0

    def figures(self) -> dict[str, Figure]:
        """Return `new_customers.time_to_second_purchase`."""
        return {
            "customers": self.customers,
            "bought_again": self.bought_again,
            "median_days": self.median_days,
            "shares": [{"days": days, "share": self.share_by(days)} for days in CURVE_DAYS if days <= self.longest],
        }


@record
class RankValues:
    """Customers with at least so many purchase days: the mean value of their first, second … purchase day."""

    at_least: int
    customers: int
    means: tuple[float, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `new_customers.rank_values`."""
        means: list[Figure] = [money_figure(mean) for mean in self.means]
        return {"at_least": self.at_least, "customers": self.customers, "means": means}


@record
class FirstPurchase:
    """First-time buyers by what (`kind` category) or where (`kind` channel) they first bought, and who bought again.

    `again` counts those with a second purchase day within 180 days, of those whose 180 days are over. A customer
    whose first day held several categories or channels counts in each. `kind` all is everyone.
    """

    kind: str
    name: str
    again: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `new_customers.first_purchases`."""
        low, high = self.again.interval()
        return {
            "kind": self.kind,
            "name": self.name,
            **self.again.figures("again"),
            "low": round(low, 6),
            "high": round(high, 6),
        }


@record
class OneTimeBuyer:
    """An active customer with a single purchase day. `reachable` and its parts are None where no file tells them."""

    customer_id: str
    name: str
    segment: str
    sales_rep: str
    bought_on: date
    days_since: int
    value: int
    categories: tuple[str, ...]
    has_address: bool | None
    has_permission: bool | None

    @property
    def reachable(self) -> bool | None:
        """Tell whether one can and may write to the customer."""
        if self.has_address is None or self.has_permission is None:
            return None
        return self.has_address and self.has_permission


@record
class Beginners:
    """Of new customers what registers are made from; as the same fields of `NewCustomers`."""

    rank_values: tuple[RankValues, ...]
    buyers: tuple[OneTimeBuyer, ...] | None


@record
class NewCustomers:
    """Everything about new customers; None where it cannot be known, then with an entry in `missing`.

    `buyers` lists the active one-time buyers, largest value first. `first_purchases` starts with everyone, then
    categories and channels, each with most customers first.
    """

    second_purchase: tuple[AcquisitionQuarter, ...]
    waiting_time: WaitingTime | None
    rank_values: tuple[RankValues, ...]
    traded_up: Rate | None
    first_purchases: tuple[FirstPurchase, ...]
    buyers: tuple[OneTimeBuyer, ...] | None
    costs: Costs
    retention_gain: RetentionGain | None
    close_rates: CloseRates | None
    missing: tuple[Missing, ...]

    @property
    def one_time_buyers(self) -> int | None:
        """How many active customers have one purchase day."""
        return None if self.buyers is None else len(self.buyers)

    @property
    def reachable(self) -> Rate | None:
        """How many of the one-time buyers can and may be written to."""
        if self.buyers is None or any(buyer.reachable is None for buyer in self.buyers):
            return None
        return Rate(sum(bool(buyer.reachable) for buyer in self.buyers), len(self.buyers))

    def figures(self) -> dict[str, Figure]:
        """Return the section `new_customers` of `figures.json`."""
        rates = self.close_rates
        return {
            "second_purchase": [entry.figures() for entry in self.second_purchase],
            "time_to_second_purchase": None if self.waiting_time is None else self.waiting_time.figures(),
            "rank_values": [entry.figures() for entry in self.rank_values],
            **rate_figures("traded_up", self.traded_up),
            "first_purchases": [entry.figures() for entry in self.first_purchases],
            "one_time_buyers": self.one_time_buyers,
            **rate_figures("one_time_buyers_reachable", self.reachable),
            "costs": self.costs.figures(),
            "five_points_more_retention": None if self.retention_gain is None else self.retention_gain.figures(),
            **rate_figures("close_rate_existing", rates.existing if rates else None),
            **rate_figures("close_rate_new", rates.new if rates else None),
            "missing": missing_figures(self.missing),
        }
