"""Rates with their base, intervals for small numbers, and figures that cannot be known."""

from __future__ import annotations

from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.model.money import share, to_currency
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

Figure: TypeAlias = "int | float | str | bool | list[Figure] | dict[str, Figure] | None"
"""What `figures.json` holds: money in currency units with two decimals, shares as fractions, days as ISO dates."""

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: two-sided 95 % intervals."""

FEW = 30
"""Below this base a rate is shown with its interval."""

TOO_FEW = 10
"""Below this base a rate is not shown as a percentage at all."""


class Unknown(StrEnum):
    """Why a figure cannot be known; the report words each reason in its language."""

    BEFORE_START_OF_DATA = "before_start_of_data"
    NOBODY_ACTIVE = "nobody_active"
    NO_PURCHASE = "no_purchase"
    NO_FILE = "no_file"
    NO_COLUMN = "no_column"
    NO_ROWS = "no_rows"
    NOTHING_ANSWERED = "nothing_answered"
    NO_EARLIER_REVENUE = "no_earlier_revenue"
    TOO_FEW = "too_few"
    FIT_FAILED = "fit_failed"
    NOT_YET_OBSERVED = "not_yet_observed"
    NOTHING_TOLD_APART = "nothing_told_apart"
    INTERVALS_NOT_HELD = "intervals_not_held"
    WITHHELD = "withheld"
    SWITCHED_OFF = "switched_off"


@record
class Missing:
    """A figure that is null, and why. `detail` names the file (and column) that would be needed."""

    key: str
    reason: Unknown
    detail: str = ""

    def figure(self) -> dict[str, Figure]:
        """Return the entry of a section's `missing` list."""
        return {"key": self.key, "reason": f"{self.reason}: {self.detail}" if self.detail else str(self.reason)}


@record
class Rate:
    """`k` of `n`: counts, or money in ten-thousandths where `is_money`."""

    k: int
    n: int
    is_money: bool = False

    @property
    def share(self) -> float | None:
        """K of n with six decimals; None where n is zero."""
        return share(self.k, self.n)

    def interval(self) -> tuple[float, float]:
        """Return the 95 % Wilson score interval of a rate of counts (Wilson 1927).

        Raises:
            ValueError: n is zero, or the rate is one of money.
        """
        return wilson_interval(self.k, self.n)

    def figures(self, key: str) -> dict[str, Figure]:
        """Return the rate and its base under `key`, `key_k`, and `key_n`."""
        base = (to_currency(self.k), to_currency(self.n)) if self.is_money else (self.k, self.n)
        return {key: self.share, f"{key}_k": base[0], f"{key}_n": base[1]}


def rate_figures(key: str, rate: Rate | None) -> dict[str, Figure]:
    """Return the three keys of a rate; all null where it cannot be known."""
    return {key: None, f"{key}_k": None, f"{key}_n": None} if rate is None else rate.figures(key)


def money_figure(amount: float | None) -> float | None:
    """Return ten-thousandths as currency units with two decimals."""
    return None if amount is None else to_currency(amount)


def missing_figures(missing: Iterable[Missing]) -> list[Figure]:
    """Return a section's `missing` list."""
    return [entry.figure() for entry in missing]


def average(total: int, count: int) -> float | None:
    """Return the mean amount in ten-thousandths, not rounded: that is done once, where it is told; None without any."""
    return total / count if count else None


def wilson_interval(k: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval for k of n (Wilson 1927, without continuity correction)."""
    if n <= 0:
        message = "an interval needs at least one case"
        raise ValueError(message)
    proportion = k / n
    z_squared = Z_95 * Z_95
    centre = (proportion + z_squared / (2 * n)) / (1 + z_squared / n)
    half = Z_95 * sqrt(proportion * (1 - proportion) / n + z_squared / (4 * n * n)) / (1 + z_squared / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def difference_interval(first: Rate, second: Rate) -> tuple[float, float]:
    """Return Newcombe's 95 % interval for first minus second (Newcombe 1998, method 10: from two Wilson intervals)."""
    low_1, high_1 = first.interval()
    low_2, high_2 = second.interval()
    p_1, p_2 = first.k / first.n, second.k / second.n
    difference = p_1 - p_2
    low = difference - sqrt((p_1 - low_1) ** 2 + (high_2 - p_2) ** 2)
    high = difference + sqrt((high_1 - p_1) ** 2 + (p_2 - low_2) ** 2)
    return low, high
