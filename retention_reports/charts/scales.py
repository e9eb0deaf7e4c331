"""From values to pixels, and round values for axes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)


@record
class LinearScale:
    """Maps `low` to `start` and `high` to `end` (pixels; `end` may lie above `start`)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value; a scale without extent puts everything at its start."""
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@record
class BandScale:
    """Divides `start` … `end` into `count` equal bands; a mark takes a band less the share `gap`, at most `widest`."""

    count: int
    start: float
    end: float
    gap: float
    widest: float = 76.0

    @property
    def step(self) -> float:
        """Return the distance from one band to the next."""
        return (self.end - self.start) / self.count

    @property
    def width(self) -> float:
        """Return the width of a mark."""
        return min(self.step * (1 - self.gap), self.widest)

    def centre(self, index: int) -> float:
        """Return the middle of a band."""
        return self.start + self.step * (index + 0.5)

    def left(self, index: int) -> float:
        """Return the left edge of a band's mark."""
        return self.centre(index) - self.width / 2


def extent_with_zero(values: Iterable[float]) -> tuple[float, float]:
    """Return the lowest and highest value, zero included; (0, 1) where all are zero.

    Raises ValueError for a value that is not finite.
    """
    known = [0.0, *values]
    if not all(math.isfinite(value) for value in known):
        message = "a chart's values must be finite"
        raise ValueError(message)
    low, high = min(known), max(known)
    return (low, high) if high > low else (0.0, 1.0)


def round_ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Return the multiples of a 1-2-5 step within [low, high]; roughly `about` of them, `low` alone without extent."""
    if high <= low:
        return (low,)
    step = round_step((high - low) / about)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(multiple * step for multiple in range(first, last + 1))


def round_step(rough: float) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that is not below a positive number."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step for step in _ROUND_STEPS if step * power >= rough * (1 - 1e-9)) * power
