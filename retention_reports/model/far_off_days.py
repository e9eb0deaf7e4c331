"""Days so far from all others that a slip of the pen is likelier than an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    _Days = npt.NDArray[np.datetime64]

_FAR = np.timedelta64(5 * 365, "D")
_FEWEST = 4
_SHARE = 100


def usual_span(days: _Days) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and the last of the days, without those few that lie five years and more from all others.

    Few is one, or one in a hundred; among less than four days none is called far off.
    """
    count = len(days)
    earliest, latest = days.min(), days.max()
    if count < _FEWEST or latest - earliest < _FAR:
        return earliest, latest
    ordered = np.sort(days)
    few = max(1, count // _SHARE)
    gaps = np.flatnonzero(np.diff(ordered) >= _FAR)
    first = max((int(gap) + 1 for gap in gaps if gap < few), default=0)
    last = min((int(gap) for gap in gaps if gap >= count - 1 - few), default=count - 1)
    return ordered[first], ordered[last]
