"""Money as whole ten-thousandths of the currency unit, so that sums are exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

UNIT = 10_000
"""Ten-thousandths in one currency unit."""

THOUSAND = 1_000 * UNIT
"""Ten-thousandths in a thousand currency units, the unit of most charts."""

_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


def to_currency(amount: int) -> float:
    """Return the amount in currency units, rounded half up (away from zero) to cents."""
    return float((Decimal(int(amount)) / UNIT).quantize(_CENT, ROUND_HALF_UP))


def rounded_currency(units: float) -> float:
    """Round an estimate that is already in currency units half up to cents."""
    return float(Decimal(repr(float(units))).quantize(_CENT, ROUND_HALF_UP))


def share(part: float, whole: float) -> float | None:
    """Return part of whole with six decimals, rounded half up; None where the whole is zero."""
    if whole == 0:
        return None
    return float((Decimal(str(part)) / Decimal(str(whole))).quantize(_MILLIONTH, ROUND_HALF_UP))
