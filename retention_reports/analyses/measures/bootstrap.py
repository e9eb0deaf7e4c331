"""Bootstrap intervals with a fixed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.analyses.measures.economics_results import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]

DRAWS = 1000
SEED = 20
_CELLS_AT_ONCE = 1_000_000


def bootstrap(groups: tuple[Floats, ...], estimate: Callable[..., Floats]) -> Estimate:
    """Estimate a sum in ten-thousandths with its 95 % percentile interval, drawing customers with replacement.

    Each group has one column a customer and one row a quantity. `estimate` takes for every group an array of quantities
    by draws by customers, and returns one sum a draw. Customers are sorted and the seed is fixed: the same customers in
    any order give the same interval.
    """
    ordered = [group[:, np.lexsort(group)] for group in groups]
    whole = float(estimate(*(group[:, np.newaxis, :] for group in ordered))[0])
    source = np.random.default_rng(SEED)
    widest = max(group.shape[1] for group in ordered)
    step = max(1, _CELLS_AT_ONCE // widest)
    draws = [
        estimate(*(_drawn(source, group, min(step, DRAWS - done)) for group in ordered))
        for done in range(0, DRAWS, step)
    ]
    low, high = np.quantile(np.concatenate(draws), (0.025, 0.975))
    return Estimate(round(whole), round(float(low)), round(float(high)))


def _drawn(source: np.random.Generator, group: Floats, draws: int) -> Floats:
    size = group.shape[1]
    drawn: Floats = group[:, source.integers(0, size, (draws, size))]
    return drawn
