"""When data confirms or refutes a belief; otherwise it cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.ten_errors.ten_errors_results import Verdict
from retention_reports.model.figures import TOO_FEW, difference_interval

if TYPE_CHECKING:
    from retention_reports.model.figures import Rate

NEGLIGIBLE = 0.1
"""A difference that is surely below ten points is none to act on."""


def advantage(first: Rate, second: Rate) -> tuple[Verdict, tuple[float, float] | None]:
    """Judge the belief that the first rate is higher.

    Confirmed where the 95 % interval of the difference lies above zero, refuted where it lies below ten points; at
    least ten cases on either side.
    """
    if min(first.n, second.n) < TOO_FEW:
        return Verdict.UNTOLD, None
    low, high = difference_interval(first, second)
    verdict = Verdict.CONFIRMED if low > 0 else Verdict.REFUTED if high < NEGLIGIBLE else Verdict.UNTOLD
    return verdict, (round(low, 6), round(high, 6))


def share_above(rate: Rate, limit: float) -> tuple[Verdict, tuple[float, float] | None]:
    """Judge the belief that a share lies above a limit: by its 95 % Wilson interval, from ten cases on."""
    if rate.n < TOO_FEW:
        return Verdict.UNTOLD, None
    low, high = rate.interval()
    return within(low, high, limit), (round(low, 6), round(high, 6))


def share_below(rate: Rate, limit: float) -> tuple[Verdict, tuple[float, float] | None]:
    """Judge the belief that a share lies below a limit."""
    verdict, interval = share_above(rate, limit)
    return opposite(verdict), interval


def within(low: float, high: float, limit: float) -> Verdict:
    """Tell whether an interval lies above a limit (confirmed), below it (refuted), or on both sides."""
    return Verdict.CONFIRMED if low > limit else Verdict.REFUTED if high < limit else Verdict.UNTOLD


def opposite(verdict: Verdict) -> Verdict:
    """Turn a verdict round."""
    return {Verdict.CONFIRMED: Verdict.REFUTED, Verdict.REFUTED: Verdict.CONFIRMED}.get(verdict, Verdict.UNTOLD)
