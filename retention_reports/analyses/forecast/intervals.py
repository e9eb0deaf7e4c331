"""How far sums over customers may miss: by drawing the customers anew, and by what each of them may do."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.bootstrap import amount_interval_95, drawn_sums

if TYPE_CHECKING:
    from retention_reports.model.ledger import Integers


def sum_interval(amounts: Integers) -> tuple[int, int]:
    """Return the 95 % bootstrap interval of the sum of the customers' amounts."""
    return amount_interval_95(drawn_sums(amounts.reshape(-1, 1))[:, 0])


def interval_with_own_chance(expected: Integers, low: Integers, high: Integers) -> tuple[int, int]:
    """Return the 95 % interval of the sum of the customers' estimates, which have 95 % intervals of their own.

    Customers buy independently of each other, so that their own reaches add up in squares, and so does that of drawing
    the customers anew: few customers who are alike would otherwise seem to be certain. Never below 0.
    """
    whole = int(expected.sum())
    drawn_low, drawn_high = sum_interval(expected)
    down = sqrt((whole - drawn_low) ** 2 + _squares(expected - low))
    up = sqrt((drawn_high - whole) ** 2 + _squares(high - expected))
    return max(0, round(whole - down)), round(whole + up)


def _squares(reaches: Integers) -> float:
    return float((reaches.astype(np.float64) ** 2).sum())
