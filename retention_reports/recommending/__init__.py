"""What to do, for whom, and what it brings: one register between the analyses and everything that shows it."""

from retention_reports.recommending.register import recommend

__all__ = ["recommend"]
