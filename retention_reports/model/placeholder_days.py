"""Days that programs write where none is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_BEFORE_ALL_TRADE = 1753
"""The first year of some databases; nothing that is reported on has happened up to then."""
_FAR_AHEAD = 2099
_FIRST_OF_YEAR, _LAST_OF_YEAR = (1, 1), (12, 31)
_STARTS = frozenset({(1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (1901, 1, 1), (1970, 1, 1)})
"""The days from which spreadsheets and computers count."""
_OLDEST = np.datetime64("1901-01-01", "s")
_START = np.datetime64("1970-01-01", "s")
_LATEST = np.datetime64("2099-01-01", "s")


def is_placeholder(year: int, month: int, day: int) -> bool:
    """Tell whether a day (which need not exist) stands for none: 0000-00-00, 1900-01-01, 1970-01-01, 9999-12-31."""
    is_bound = year <= _BEFORE_ALL_TRADE or year >= _FAR_AHEAD
    return (
        (year, month, day) in _STARTS
        or (month, day) == (0, 0)
        or (is_bound and (month, day) in {_FIRST_OF_YEAR, _LAST_OF_YEAR})
    )


def may_hold_placeholders(days: npt.NDArray[np.datetime64]) -> bool:
    """Tell whether any of the days (NaT where there is none) is early or late enough to stand for none."""
    return bool(((days <= _OLDEST) | (days == _START) | (days >= _LATEST)).any())
