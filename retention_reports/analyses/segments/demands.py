"""The five demands on segments, tested on the data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.segments.segment_results import Demands
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.money import UNIT
from retention_reports.model.reachable import reach

if TYPE_CHECKING:
    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

SHUFFLES = 999
"""So many random groupings of the same sizes are tried."""

_SEED = 20_260_102
_SIGNIFICANT = 0.05
_CELLS_AT_ONCE = 2_000_000
_EXPLAINED = (0.5, 0.14)
_MEASURABLE = (0.95, 0.8)
_ADDRESSABLE = (0.5, 0.25)
_FEW = (7, 12)


def demands(dataset: Dataset) -> Demands | None:
    """Test whether segments are alike inside, differ, can be measured and addressed, and are few; None without any."""
    active = dataset.ledger.active(dataset.cut_off)
    segments = dataset.customers["segment"].to_numpy(dtype=object)
    named = active & (segments != "")
    if not named.any():
        return None
    sizes = Counter(segments[named].tolist())
    names = tuple(sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))
    explained, chance = _explained(dataset, segments, named)
    measurable = Rate(int(named.sum()), int(active.sum()))
    addressable, weakest = _addressable(dataset, segments, named)
    return Demands(
        names=names,
        explained=explained,
        chance=chance,
        measurable=measurable,
        addressable=addressable,
        weakest=weakest,
        verdicts={
            "alike": _at_least(explained, _EXPLAINED),
            "different": "unknown" if chance is None else "met" if chance < _SIGNIFICANT else "unmet",
            "measurable": _at_least(measurable.share, _MEASURABLE),
            "addressable": _at_least(weakest[1].share if weakest else None, _ADDRESSABLE),
            "few": "met" if len(names) <= _FEW[0] else "partly" if len(names) <= _FEW[1] else "unmet",
        },
    )


def _at_least(value: float | None, limits: tuple[float, float]) -> str:
    if value is None:
        return "unknown"
    return "met" if value >= limits[0] else "partly" if value >= limits[1] else "unmet"


def _explained(dataset: Dataset, segments: np.ndarray, named: Flags) -> tuple[float | None, float | None]:
    """Return the share of variance between segments, and how often chance explains as much (permutation test)."""
    amounts = dataset.revenue_between(dataset.year_ago, dataset.cut_off)[named]
    _, numbers = np.unique(segments[named], return_inverse=True)
    # By value, so that neither the order of the rows nor the ids decide which groupings are tried.
    order = np.lexsort((amounts, numbers))
    revenue, groups = amounts[order] / UNIT, numbers[order]
    total = float(((revenue - revenue.mean()) ** 2).sum())
    if len(revenue) < TOO_FEW or groups.max() == 0 or total == 0:
        return None, None
    found = _between(revenue.reshape(1, -1), groups)[0] / total
    drawn = _shuffled_between(revenue, groups) / total
    # A grouping that explains exactly as much must count as such, whatever the order of the additions.
    reached = int((drawn >= found - 1e-9).sum())
    return round(float(found), 6), round((reached + 1) / (SHUFFLES + 1), 6)


def _shuffled_between(revenue: Numbers, groups: Integers) -> Numbers:
    generator = np.random.default_rng(_SEED)
    block = max(1, _CELLS_AT_ONCE // len(revenue))
    parts = []
    for start in range(0, SHUFFLES, block):
        rows = np.tile(revenue, (min(block, SHUFFLES - start), 1))
        parts.append(_between(generator.permuted(rows, axis=1), groups))
    return np.concatenate(parts)


def _between(rows: Numbers, groups: Integers) -> Numbers:
    """Return the sum of squares between groups for each row of values."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    sizes = np.bincount(groups)
    membership = (groups[:, None] == np.arange(len(sizes))).astype(np.float64)
    between: Numbers = ((centred @ membership) ** 2 / sizes).sum(axis=1)
    return between


def _addressable(dataset: Dataset, segments: np.ndarray, named: Flags) -> tuple[Rate | None, tuple[str, Rate] | None]:
    """Return who can and may be written to over all segments, and in the segment with the lowest share."""
    known = reach(dataset)
    if known is None:
        return None, None
    reachable = known.reachable
    rates = [
        (str(name), Rate(int((reachable & named & (segments == name)).sum()), int((named & (segments == name)).sum())))
        for name in sorted(set(segments[named].tolist()))
    ]
    weakest = min(rates, key=lambda entry: (entry[1].share or 0.0, entry[0]))
    return Rate(int((reachable & named).sum()), int(named.sum())), weakest
