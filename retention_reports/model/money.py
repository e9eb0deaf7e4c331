"""Money as whole ten-thousandths of the currency unit, so that sums are exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

UNIT = 10_000
"""Ten-thousandths in one currency unit."""

THOUSAND = 1_000 * UNIT
"""Ten-thousandths in a thousand currency units, the unit of most charts."""

_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


def to_currency(amount: float) -> float:
    """Return the amount in currency units, rounded half up (away from zero) to cents."""
    return float(in_cents(amount))


def in_cents(amount: float) -> Decimal:
    """Return the amount in currency units with exactly two decimals, rounded half up (away from zero)."""
    return (Decimal(str(amount)) / UNIT).quantize(_CENT, ROUND_HALF_UP)


def rounded(amount: Fraction) -> int:
    """Round an exact amount half up (away from zero) to whole ten-thousandths."""
    whole = int((2 * abs(amount) + 1) // 2)
    return -whole if amount < 0 else whole


def share(part: float, whole: float) -> float | None:
    """Return part of whole with six decimals, rounded half up; None where the whole is zero."""
    if whole == 0:
        return None
    return float((Decimal(str(part)) / Decimal(str(whole))).quantize(_MILLIONTH, ROUND_HALF_UP))
