"""What happened to customers on which day: the last before, the next after, and how many between, for many at once."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers: TypeAlias = npt.NDArray[np.int64]
    Flags: TypeAlias = npt.NDArray[np.bool_]

# One number carries customer and day: day numbers (1 = 0001-01-01) stay below two to the power of this up to 9999.
_DAY_BITS = 22
_DAY_OF_KEY = (1 << _DAY_BITS) - 1


class Events:
    """Customers and day numbers beside each other, sorted by customer and day; the same day may stand twice.

    Questions come as two arrays of one length: row numbers of customers, in any order and as often as wanted, and a day
    number for each; days before all days count as the day before the first.
    """

    def __init__(self, customers: Integers, days: Integers) -> None:
        """Sort the events; `order` is where each of them stood among those given."""
        keys = _keys(customers, days)
        self.order: Integers = np.argsort(keys, kind="stable")
        self._keys = keys[self.order]
        self._last_day = _DAY_OF_KEY

    def until(self, day: int) -> Events:
        """Return the events up to a day number: another view of the same arrays, whose places stay."""
        return self._changed(_last_day=min(self._last_day, max(day, 0)))

    @property
    def customers(self) -> Integers:
        """The customer of every event."""
        return self._known >> _DAY_BITS

    @property
    def days(self) -> Integers:
        """The day number of every event, beside `customers`."""
        return self._known & _DAY_OF_KEY

    @property
    def _known(self) -> Integers:
        if self._last_day == _DAY_OF_KEY:
            return self._keys
        return self._keys[(self._keys & _DAY_OF_KEY) <= self._last_day]

    def once_a_day(self) -> Events:
        """Return the events with each customer's day once; `order` is that of these."""
        firsts = np.ones(len(self._keys), dtype=np.bool_)
        firsts[1:] = self._keys[1:] != self._keys[:-1]
        kept = self._keys[firsts]
        return self._changed(_keys=kept, order=np.arange(len(kept), dtype=np.int64))

    def _changed(self, **attributes: object) -> Events:
        changed = copy(self)
        vars(changed).update(attributes)
        return changed

    def ends(self, customers: Integers, days: Integers) -> Integers:
        """Return the place behind the events of each customer on or before its day; those of customers before count."""
        known = np.clip(days, 0, self._last_day)
        places: Integers = np.searchsorted(self._keys, _keys(customers, known), side="right")
        return places

    def between(self, customers: Integers, after: Integers, until: Integers) -> Integers:
        """Return how many events each customer has on days later than `after`, up to and including `until`."""
        return self.ends(customers, np.maximum(until, after)) - self.ends(customers, after)

    def place_of_last(self, customers: Integers, days: Integers) -> Integers:
        """Return the place of each customer's last event on or before its day, -1 where there is none."""
        places = self.ends(customers, days) - 1
        return np.where(self._are_of(places, customers), places, -1)

    def last(self, customers: Integers, days: Integers, *, missing: int) -> Integers:
        """Return the day of each customer's last event on or before its day; `missing` where there is none."""
        places = self.place_of_last(customers, days)
        return self._days_at(places, places >= 0, missing)

    def following(self, customers: Integers, days: Integers, *, missing: int) -> Integers:
        """Return the day of each customer's first event later than its day; `missing` where there is none."""
        places = self.ends(customers, days)
        found = self._days_at(places, self._are_of(places, customers), missing)
        return np.where(found > self._last_day, missing, found)

    def _are_of(self, places: Integers, customers: Integers) -> Flags:
        inside: Flags = (places >= 0) & (places < len(self._keys))
        if not inside.any():
            return inside
        owned: Flags = inside & (self._keys[np.where(inside, places, 0)] >> _DAY_BITS == customers)
        return owned

    def _days_at(self, places: Integers, known: Flags, missing: int) -> Integers:
        days = np.full(len(places), missing, dtype=np.int64)
        days[known] = self._keys[places[known]] & _DAY_OF_KEY
        return days


def _keys(customers: Integers, days: Integers) -> Integers:
    keys: Integers = (customers << _DAY_BITS) + days
    return keys
