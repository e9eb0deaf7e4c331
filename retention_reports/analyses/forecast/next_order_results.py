"""Whose next order is due when, and how such days held before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.figures import Figure, Rate

FEWEST_TESTED = 20
"""Fewer past intervals than these do not tell whether such intervals hold."""

_PERCENT_HELD = (75, 85)


@record
class NextOrder:
    """When a regular customer's next order is due: the middle of comparable waits, and where 80 % of them end.

    `usual_days` is the customer's usual interval. The three days are None where such days have not held before, and
    where too many of those who had waited as long never ordered again.
    """

    customer_id: str
    name: str
    last_on: date
    usual_days: int
    expected_on: date | None
    earliest_on: date | None
    latest_on: date | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.next_orders`."""
        days = {"expected_on": self.expected_on, "earliest_on": self.earliest_on, "latest_on": self.latest_on}
        return {
            "customer_id": self.customer_id,
            "last_on": self.last_on.isoformat(),
            "usual_days": self.usual_days,
            **{key: None if day is None else day.isoformat() for key, day in days.items()},
        }


@record
class NextOrders:
    """The regular customers with the day of the next order, soonest first, those without a day last.

    `kept` checks the intervals that would have been told at the ends of past quarters: of those over by now, how many
    held the next order; None without any.
    """

    orders: tuple[NextOrder, ...]
    kept: Rate | None

    @property
    def tells_days(self) -> bool:
        """Tell whether enough past intervals were tested, and 75 to 85 % of them held."""
        if self.kept is None or self.kept.n < FEWEST_TESTED:
            return False
        low, high = _PERCENT_HELD
        return low * self.kept.n <= 100 * self.kept.k <= high * self.kept.n
