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

_STEPS = (1, 2, 5, 10)
_LEAST_BOUND = 100
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


class Currency(float):
    """An amount in currency units: what tells money from other numbers among figures."""

    __slots__ = ()


def to_currency(amount: float) -> Currency:
    """Return the amount in currency units, rounded half up (away from zero) to cents."""
    return Currency(in_cents(amount))


def band(amount: float) -> tuple[int, int]:
    """Return between which round amounts an amount lies, the higher one excluded, in ten-thousandths.

    The bounds are 1, 2, and 5 times a power of ten, and nothing where the amount is below 100 currency units.
    """
    units = int(abs(amount) // UNIT)
    low, high = (0, _LEAST_BOUND)
    if units >= _LEAST_BOUND:
        size = 10 ** (len(str(units)) - 1)
        steps = [step * size for step in _STEPS]
        place = max(place for place, step in enumerate(steps) if step <= units)
        low, high = steps[place], steps[place + 1]
    return (-high * UNIT, -low * UNIT) if amount < 0 else (low * UNIT, high * UNIT)


def in_cents(amount: float) -> Decimal:
    """Return the amount in currency units with exactly two decimals, rounded half up (away from zero)."""
    return (Decimal(str(amount)) / UNIT).quantize(_CENT, ROUND_HALF_UP)


def rounded(amount: Fraction) -> int:
    """Round an exact amount half up (away from zero) to whole ten-thousandths."""
    return part_of(1, amount.numerator, amount.denominator)


def part_of(amount: int, part: int, whole: int) -> int:
    """Return amount × part ÷ whole (above zero) in whole ten-thousandths, rounded half up (away from zero).

    Whole numbers alone: a fraction is reduced with each step, which takes ten times as long for the same result.
    """
    product = amount * part
    result = (2 * abs(product) + whole) // (2 * whole)
    return -result if product < 0 else result


def share(part: float, whole: float) -> float | None:
    """Return part of whole with six decimals, rounded half up; None where the whole is zero."""
    if whole == 0:
        return None
    return float((Decimal(str(part)) / Decimal(str(whole))).quantize(_MILLIONTH, ROUND_HALF_UP))
