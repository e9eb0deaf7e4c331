"""Arrays with one entry a customer, worked out once a day and kept for whoever asks next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    Integers: TypeAlias = npt.NDArray[np.int64]

Array = TypeVar("Array", bound="npt.NDArray[np.generic]")

_KEPT_BYTES = 1 << 25
_BYTES_EACH = 8


class ByDay:
    """Arrays by day number. Of large clients the oldest are forgotten, so that what is kept has a bound."""

    def __init__(self, customers: int) -> None:
        """Keep nothing yet; the arrays will have so many entries each."""
        self._most = max(_KEPT_BYTES // (_BYTES_EACH * max(customers, 1)), 4)
        self._kept: dict[int, Integers] = {}

    def get(self, day: int, make: Callable[[], Integers]) -> Integers:
        """Return the array of a day, closed to changes; it is made where it is not there."""
        found = self._kept.pop(day, None)
        if found is None:
            found = frozen(make())
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
        self._kept[day] = found
        return found


def frozen(array: Array) -> Array:
    """Return the array closed to changes: it is kept and handed out again."""
    array.flags.writeable = False
    return array
