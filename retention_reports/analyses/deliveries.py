"""What was promised and what was delivered, and who bought again after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, difference_interval, missing_figures
from retention_reports.model.ledger import day_number, day_numbers
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

EARLY, ON_TIME, LATE = "early", "on_time", "late"
OUTCOMES = (EARLY, ON_TIME, LATE)
AGAIN_DAYS = 90
_COLUMNS = ("promised_on", "delivered_on")


@record
class Outcome:
    """Deliveries of one kind: how many, the sum of their days after the promised day (before: negative), re-purchases.

    `again` counts deliveries to known customers followed by a purchase within 90 days (the day of delivery itself does
    not count), of those whose 90 days are over.
    """

    name: str
    orders: int
    days: int
    again: Rate

    @property
    def mean_days(self) -> float | None:
        """Mean days after the promised day; None without deliveries."""
        return share(self.days, self.orders)


@record
class Deliveries:
    """Completed purchases of the last twelve months with a promised day and a day of delivery up to the cut-off.

    `outcomes` are early, on time, late; empty where not known. `overdue` counts completed purchases of the same time
    whose promised day has passed without a known delivery.
    """

    outcomes: tuple[Outcome, ...]
    overdue: int | None
    missing: tuple[Missing, ...]

    @property
    def delivered(self) -> int:
        """All deliveries compared with their promise."""
        return sum(outcome.orders for outcome in self.outcomes)

    @property
    def mean_days(self) -> float | None:
        """Mean days after the promised day over all deliveries."""
        return share(sum(outcome.days for outcome in self.outcomes), self.delivered)

    @property
    def late(self) -> Rate:
        """Late deliveries of all."""
        return Rate(sum(outcome.orders for outcome in self.outcomes if outcome.name == LATE), self.delivered)

    @property
    def kept_again(self) -> Rate:
        """Re-purchases after deliveries that kept the promise, early or on time."""
        kept = [outcome.again for outcome in self.outcomes if outcome.name != LATE]
        return Rate(sum(rate.k for rate in kept), sum(rate.n for rate in kept))

    @property
    def late_again(self) -> Rate:
        """Re-purchases after late deliveries."""
        late = [outcome.again for outcome in self.outcomes if outcome.name == LATE]
        return Rate(sum(rate.k for rate in late), sum(rate.n for rate in late))

    @property
    def difference(self) -> tuple[float, float] | None:
        """The 95 % interval of re-purchase after late deliveries minus after others; None without cases of either."""
        if not self.late_again.n or not self.kept_again.n:
            return None
        return difference_interval(self.late_again, self.kept_again)

    def figures(self) -> dict[str, Figure]:
        """Return the section `deliveries` of `figures.json`."""
        known = bool(self.outcomes)
        parts: dict[str, Figure] = {}
        for outcome in self.outcomes:
            parts[outcome.name] = {
                "orders": outcome.orders,
                "mean_days": outcome.mean_days,
                **outcome.again.figures("bought_again"),
            }
        interval = self.difference
        return {
            "delivered": self.delivered if known else None,
            "mean_days": self.mean_days,
            "overdue": self.overdue,
            **{name: parts.get(name) for name in OUTCOMES},
            "difference_low": round(interval[0], 6) if interval else None,
            "difference_high": round(interval[1], 6) if interval else None,
            "missing": missing_figures(self.missing),
        }


def deliveries(dataset: Dataset) -> Deliveries:
    """Compare promised and actual days of delivery, and what customers did afterwards."""
    absent = [f"orders.{name}" for name in _COLUMNS if not dataset.has_column("orders", name)]
    if absent:
        return _unknown(Unknown.NO_COLUMN, ", ".join(absent))
    rows = dataset.purchases
    recent = rows["ordered_on"] > pd.Timestamp(dataset.year_ago)
    rows = rows.loc[recent & (rows["status"] == "completed") & rows["promised_on"].notna()]
    overdue = rows["delivered_on"].isna() & (rows["promised_on"] < pd.Timestamp(dataset.cut_off))
    delivered = rows.loc[rows["delivered_on"].notna()]
    if delivered.empty:
        return _unknown(Unknown.NO_ROWS, "orders")
    days = day_numbers(delivered["delivered_on"])
    delays = days - day_numbers(delivered["promised_on"])
    observed, again = _bought_again(dataset, delivered["customer"].to_numpy(dtype=np.int64), days)
    members = {EARLY: delays < 0, ON_TIME: delays == 0, LATE: delays > 0}
    outcomes = tuple(
        Outcome(
            name,
            int(members[name].sum()),
            int(delays[members[name]].sum()),
            Rate(int((members[name] & again).sum()), int((members[name] & observed).sum())),
        )
        for name in OUTCOMES
    )
    return Deliveries(outcomes, int(overdue.sum()), ())


def _bought_again(dataset: Dataset, customers: Integers, days: Integers) -> tuple[Flags, Flags]:
    """Tell whose 90 days after the delivery are over, and who of these bought within them."""
    observed: Flags = (customers >= 0) & (days + AGAIN_DAYS <= day_number(dataset.cut_off))
    again: Flags = observed & (dataset.ledger.purchase_events.between(customers, days, days + AGAIN_DAYS) > 0)
    return observed, again


def _unknown(reason: Unknown, detail: str) -> Deliveries:
    keys = ("delivered", "mean_days", "overdue", *OUTCOMES)
    return Deliveries((), None, tuple(Missing(key, reason, detail) for key in keys))
