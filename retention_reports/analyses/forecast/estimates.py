"""What is to be expected, with its interval."""

from __future__ import annotations

from retention_reports.model.figures import Figure, money_figure
from retention_reports.records import record


@record
class Estimate:
    """An expected amount with its 80 % interval, in ten-thousandths; None where it cannot be known."""

    expected: int | None
    low: int | None
    high: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the three keys of an estimate."""
        return {"expected": money_figure(self.expected), "low": money_figure(self.low), "high": money_figure(self.high)}
