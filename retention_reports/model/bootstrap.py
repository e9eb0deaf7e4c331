"""Bootstrap intervals over customers, the same for the same data whatever the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float64]

DRAWS = 1_000
"""So many times the customers are drawn with replacement."""

_SEED = 20_260_101
_CELLS_AT_ONCE = 2_000_000


def drawn_sums(values: Numbers) -> Numbers:
    """Return the column sums of `values` (one row a case) for each draw of as many cases, with replacement.

    Rows are put in the order of their values first, so that the result does not depend on how they came.
    """
    cases, columns = values.shape
    if cases == 0:
        return np.zeros((DRAWS, columns))
    ordered = values[np.lexsort(values.T[::-1])]
    generator = np.random.default_rng(_SEED)
    block = max(1, _CELLS_AT_ONCE // cases)
    sums = [
        ordered[generator.integers(0, cases, size=(min(block, DRAWS - start), cases))].sum(axis=1)
        for start in range(0, DRAWS, block)
    ]
    drawn: Numbers = np.concatenate(sums)
    return drawn


def interval_95(drawn: Numbers) -> tuple[float, float] | None:
    """Return the 2.5 and the 97.5 % point with six decimals; None where a draw gave no number."""
    if not np.isfinite(drawn).all():
        return None
    low, high = np.quantile(drawn, [0.025, 0.975])
    return round(float(low), 6), round(float(high), 6)


def mean_interval(values: Numbers) -> tuple[float, float] | None:
    """Return the 95 % interval of a mean; None without any case."""
    return interval_95(drawn_sums(values.reshape(-1, 1))[:, 0] / len(values)) if len(values) else None


def mean_difference_interval(first: Numbers, second: Numbers) -> tuple[float, float] | None:
    """Return the 95 % interval of the first mean less the second, each group drawn by itself; None without cases."""
    if len(first) == 0 or len(second) == 0:
        return None
    means = [drawn_sums(values.reshape(-1, 1))[:, 0] / len(values) for values in (first, second)]
    # The second group's draws are shifted by one, so that equal groups are not drawn alike.
    return interval_95(means[0] - np.roll(means[1], 1))
