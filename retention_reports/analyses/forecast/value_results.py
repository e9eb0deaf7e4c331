"""What the customers of a pillar are expected to bring in a time ahead, and how earlier expectations did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.customer_base_results import Estimate
    from retention_reports.model.quarters import Quarter


@record
class ValueCheck:
    """What was to be expected at the end of an earlier quarter, and what came; `came` is in ten-thousandths."""

    quarter: Quarter
    estimate: Estimate
    came: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `checks`."""
        return {"quarter": str(self.quarter), **self.estimate.figures(), "came": money_figure(self.came)}


@record
class ComingValue:
    """Net revenue that the customers of one pillar bring in the `months` after the cut-off, with its 80 % interval.

    `cohorts` counts the earlier ones it rests on; the estimate is empty where there are fewer than two.
    """

    pillar: str
    months: int
    customers: int
    cohorts: int
    estimate: Estimate
    checks: tuple[ValueCheck, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.lifetime_value.coming`."""
        return {
            "pillar": self.pillar,
            "months": self.months,
            "customers": self.customers,
            "cohorts": self.cohorts,
            **self.estimate.figures(),
            "checks": [check.figures() for check in self.checks],
        }
