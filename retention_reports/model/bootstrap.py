"""Bootstrap intervals over customers: the same for the same data, whatever the order of the rows and the ids.

Cases are put in the order of their values before any is drawn, and the seed is fixed. Cases of equal values may stand
for each other, so that nothing but the values themselves decides what is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from retention_reports.model.ledger import Integers

    Numbers: TypeAlias = npt.NDArray[np.float64]

DRAWS = 1_000
"""So many times the cases are drawn with replacement."""

_SEED = 20_260_101
_CELLS_AT_ONCE = 2_000_000
_ENDS = (0.025, 0.975)


def draws(values: Numbers | Integers, sample: int = 0) -> Iterator[Integers]:
    """Yield row numbers of `values` (one row a case): as many cases with replacement a draw, a block of draws at once.

    There are DRAWS draws over all blocks. Groups that are compared or added up are drawn apart from each other by
    having different numbers of `sample`.
    """
    cases = len(values)
    ordered = np.lexsort(values.T[::-1])
    generator = np.random.default_rng([_SEED, sample])
    block = max(1, _CELLS_AT_ONCE // max(cases, 1))
    for start in range(0, DRAWS, block):
        yield ordered[generator.integers(0, max(cases, 1), size=(min(block, DRAWS - start), cases))]


def drawn_sums(values: Numbers | Integers, sample: int = 0) -> Numbers:
    """Return the column sums of `values` (one row a case) for each draw of as many cases, with replacement."""
    columns = values.T.astype(np.float64)
    sums = [np.column_stack([column[rows].sum(axis=1) for column in columns]) for rows in draws(values, sample)]
    drawn: Numbers = np.concatenate(sums)
    return drawn


def drawn_means(values: Numbers | Integers, sample: int = 0) -> Numbers:
    """Return the mean of `values` (one a case; there must be some) for each draw."""
    means: Numbers = drawn_sums(values.reshape(-1, 1), sample)[:, 0] / len(values)
    return means


def interval_95(drawn: Numbers) -> tuple[float, float] | None:
    """Return the 2.5 and the 97.5 % point with six decimals; None where a draw gave no number."""
    if not np.isfinite(drawn).all():
        return None
    low, high = np.quantile(drawn, _ENDS)
    return round(float(low), 6), round(float(high), 6)


def amount_interval_95(drawn: Numbers) -> tuple[int, int]:
    """Return the 2.5 and the 97.5 % point of sums of money, in whole ten-thousandths."""
    low, high = np.quantile(drawn, _ENDS)
    return round(float(low)), round(float(high))


def mean_difference_interval(first: Numbers, second: Numbers) -> tuple[float, float] | None:
    """Return the 95 % interval of the first mean less the second, each group drawn by itself; None without cases."""
    if len(first) == 0 or len(second) == 0:
        return None
    return interval_95(drawn_means(first) - drawn_means(second, sample=1))
