"""What the customers of a pillar are expected to bring in a time ahead, and how earlier expectations did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, money_figure, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.estimates import Estimate
    from retention_reports.model.quarters import Quarter


@record
class ValueCheck:
    """What was to be expected at the end of an earlier quarter, and what came; `came` is in ten-thousandths.

    `customers_held` counts the single customers who brought what was to be expected of one, of those with revenue in
    the year before; None where too few earlier ones told it.
    """

    quarter: Quarter
    estimate: Estimate
    came: int
    customers_held: Rate | None = None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `checks`."""
        return {
            "quarter": str(self.quarter),
            **self.estimate.figures(),
            "came": money_figure(self.came),
            **rate_figures("customers_held", self.customers_held),
        }


@record
class ComingValue:
    """Net revenue that the customers of one pillar bring in the `months` after the cut-off, with its 80 % interval.

    `cohorts` counts the earlier ones it rests on; the estimate is empty where there are fewer than two, or where these
    brought nothing. `of_one` are the multiples of its own year before between which a single customer brings in four
    of five cases; None where too few earlier customers tell it.
    """

    pillar: str
    months: int
    customers: int
    cohorts: int
    estimate: Estimate
    checks: tuple[ValueCheck, ...]
    of_one: tuple[float, float] | None = None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.lifetime_value.coming`."""
        return {
            "pillar": self.pillar,
            "months": self.months,
            "customers": self.customers,
            "cohorts": self.cohorts,
            **self.estimate.figures(),
            "one_low": None if self.of_one is None else round(self.of_one[0], 6),
            "one_high": None if self.of_one is None else round(self.of_one[1], 6),
            "checks": [check.figures() for check in self.checks],
        }
