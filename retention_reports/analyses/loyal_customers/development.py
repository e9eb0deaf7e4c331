"""Which customers spend more than a year ago, and which less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Figure, Missing, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.ledger import Integers

UP, STEADY, DOWN, STOPPED, STARTED = "up", "steady", "down", "stopped", "started"
DIRECTIONS = (UP, STEADY, DOWN, STOPPED, STARTED)
TOLERANCE_PER_CENT = 10
"""A change of revenue of up to so many per cent in either direction is called steady."""


@record
class Development:
    """Customers whose revenue went one way; amounts in ten-thousandths.

    `up`, `steady`, `down`: revenue above zero in both years, more than 10 % more, within 10 %, more than 10 % less.
    `stopped`: revenue above zero only in the year before; `started`: only in the last year.
    """

    direction: str
    customers: int
    before: int
    now: int

    @property
    def change(self) -> int:
        """The last year's revenue less that of the year before."""
        return self.now - self.before

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `loyal_customers.development`."""
        return {
            "direction": self.direction,
            "customers": self.customers,
            "revenue_12m_before": money_figure(self.before),
            "revenue_12m": money_figure(self.now),
        }


def development(years: Years) -> tuple[tuple[Development, ...], tuple[Missing, ...]]:
    """Compare each customer's revenue of the last twelve months with the twelve before."""
    if not years.knows_before:
        return (), years.missing("development", both=True)
    found = directions(years.revenue_before, years.revenue)
    return tuple(_development(years, name, found == name) for name in DIRECTIONS), ()


def directions(before: Integers, now: Integers) -> npt.NDArray[np.str_]:
    """Return each customer's direction, "" where there is no positive revenue in either year."""
    more, less = 100 + TOLERANCE_PER_CENT, 100 - TOLERANCE_PER_CENT
    rules = [
        (before <= 0) & (now <= 0),
        before <= 0,
        now <= 0,
        100 * now > more * before,
        100 * now < less * before,
    ]
    return np.select(rules, ["", STARTED, STOPPED, UP, DOWN], default=STEADY)


def _development(years: Years, name: str, members: npt.NDArray[np.bool_]) -> Development:
    before, now = years.revenue_before[members], years.revenue[members]
    return Development(name, int(members.sum()), int(before.sum()), int(now.sum()))
