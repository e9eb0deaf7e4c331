"""What is found out about a series of quarters: the coming one, the rules behind it, and what had been said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.estimates import Estimate
    from retention_reports.analyses.forecast.quarter_rules import Rule
    from retention_reports.model.quarters import Quarter


@record
class Candidate:
    """A rule in the running: what it says about the coming quarter, in ten-thousandths, and how it did so far.

    `error` is its mean symmetric error over `quarters` past quarters (None without any), `score` what it is weighed
    by, `weight` its part in the forecast (0 where it has none).
    """

    rule: Rule
    expected: float
    quarters: int
    error: float | None
    score: float
    weight: float

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.candidates`."""
        return {
            "rule": str(self.rule),
            "expected": money_figure(self.expected),
            "quarters": self.quarters,
            "error": _six_decimals(self.error),
            "score": _six_decimals(self.score),
            "weight": _six_decimals(self.weight),
        }


@record
class PastQuarter:
    """A past quarter as it would have been forecast on the day before it began, and what came; ten-thousandths.

    `rule` had the greatest weight; `year_ago` and `model` are what these said, None where they had nothing to say.
    """

    quarter: Quarter
    rule: Rule | None
    estimate: Estimate
    year_ago: int | None
    model: int | None
    actual: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.history` and `forecast.history_total`."""
        return {
            "quarter": str(self.quarter),
            "method": None if self.rule is None else str(self.rule),
            **self.estimate.figures(),
            "simple": money_figure(self.year_ago),
            "model": money_figure(self.model),
            "actual": money_figure(self.actual),
        }


@record
class NewCustomers:
    """Those expected to buy for the first time in a quarter: how many, what each brings in it, and all of them.

    Amounts are ten-thousandths.
    """

    customers: float
    each: int
    expected: int

    def figures(self) -> dict[str, Figure]:
        """Return `forecast.next_quarter_new`."""
        return {
            "customers": round(self.customers, 1),
            "each": money_figure(self.each),
            "expected": money_figure(self.expected),
        }


@record
class SeriesForecast:
    """The coming quarter of a series, the rules by weight, and every past quarter that could be forecast."""

    quarter: Quarter
    estimate: Estimate
    candidates: tuple[Candidate, ...]
    past: tuple[PastQuarter, ...]

    @property
    def rule(self) -> Rule | None:
        """The rule of the greatest weight."""
        return self.candidates[0].rule if self.candidates else None

    @property
    def coverage(self) -> Rate | None:
        """How many past quarters lay in the interval that would have been said; None without any."""
        ends = [(entry.estimate.low, entry.actual, entry.estimate.high) for entry in self.past]
        inside = [low <= actual <= high for low, actual, high in ends if low is not None and high is not None]
        return Rate(sum(inside), len(inside)) if inside else None

    @property
    def error(self) -> float | None:
        """The mean symmetric error of what would have been said; None without any."""
        pairs = [(entry.estimate.expected, entry.actual) for entry in self.past]
        errors = [symmetric_error(expected, actual) for expected, actual in pairs if expected is not None]
        return sum(errors) / len(errors) if errors else None

    def check_figures(self) -> dict[str, Figure]:
        """Return how earlier forecasts did: `error`, its number of quarters, and the coverage of the intervals."""
        return {
            "error": _six_decimals(self.error),
            "quarters": sum(entry.estimate.expected is not None for entry in self.past),
            **rate_figures("coverage", self.coverage),
        }


def symmetric_error(said: float, actual: float) -> float:
    """Return |actual - said| ÷ the mean of both sizes: 0 where they agree, 2 where one of them is nothing."""
    size = abs(said) + abs(actual)
    return 2 * abs(actual - said) / size if size else 0.0


def _six_decimals(value: float | None) -> float | None:
    return None if value is None else share(value, 1)
