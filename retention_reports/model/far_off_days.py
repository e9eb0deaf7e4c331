"""Days so far from all others that a slip of the pen is likelier than an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    _Days = npt.NDArray[np.datetime64]

_FAR = np.timedelta64(5 * 365, "D")
_FEWEST = 3
_SHARE = 100
_MOST_APART = 60
"""So many days five years apart are more than three centuries hold."""


def usual_span(days: _Days) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and the last of the days, without those few that lie five years and more from all others.

    Few is one, or one in a hundred. Two days that lie so far apart do not tell which of them is wrong, nor do three.
    """
    count = len(days)
    earliest, latest = days.min(), days.max()
    if count < _FEWEST or latest - earliest < _FAR:
        return earliest, latest
    ordered = np.sort(days)
    few = max(1, count // _SHARE)
    gaps = np.flatnonzero(np.diff(ordered) >= _FAR)
    if len(gaps) == count - 1:
        return earliest, latest
    first = max((int(gap) + 1 for gap in gaps if gap < few), default=0)
    last = min((int(gap) for gap in gaps if gap >= count - 1 - few), default=count - 1)
    return ordered[first], ordered[last]


def lie_apart(days: _Days) -> bool:
    """Tell whether each of the (two or more) days lies five years and more from the next, so that none is usual."""
    return 1 < len(days) < _MOST_APART and bool((np.diff(np.sort(days)) >= _FAR).all())
