"""Who bought when and for how much, answered for any day without walking through the orders again.

Rows are sorted by customer and day once; a question about a day is then a binary search per customer into running
totals. Money stays in whole ten-thousandths.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from retention_reports.model.events import Events
from retention_reports.model.order_status import has_status
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    Integers: TypeAlias = npt.NDArray[np.int64]
    Flags: TypeAlias = npt.NDArray[np.bool_]

Array = TypeVar("Array", bound="npt.NDArray[np.generic]")

# Day numbers are proleptic ordinals (1 = 0001-01-01), so that every day a file can hold is positive.
_UNIX_EPOCH = date(1970, 1, 1).toordinal()
NEVER = -(1 << 40)
"""Stands for the day of something that never happened; earlier than every real day."""


def day_number(day: date) -> int:
    """Return the day as a whole number that grows by one a day."""
    return day.toordinal()


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(int(number))


def days_of(numbers: Integers) -> list[date]:
    """Return the dates of day numbers."""
    days: list[date] = (numbers - _UNIX_EPOCH).astype("datetime64[D]").tolist()
    return days


def day_numbers(days: pd.Series) -> Integers:
    """Return the day numbers of a datetime column without gaps."""
    return days.to_numpy().astype("datetime64[D]").astype(np.int64) + _UNIX_EPOCH


def months_before_each(numbers: Integers, months: int) -> Integers:
    """Subtract calendar months from each day number, clipped at the month's end; NEVER stays NEVER."""
    unique, places = np.unique(numbers, return_inverse=True)
    earlier = [
        NEVER if number == NEVER else day_number(months_before(day_of(number), months)) for number in unique.tolist()
    ]
    shifted: Integers = np.array(earlier, dtype=np.int64)[places]
    return shifted


class RunningTotals:
    """Amounts by customer and day: the total of each customer up to any day, exactly."""

    def __init__(self, customers: Integers, days: Integers, amounts: Integers, customer_count: int) -> None:
        """Sort the rows and add them up. `customers` are row numbers from 0 to `customer_count` - 1."""
        # Only the totals behind a whole day are ever asked for, so that the order within a day does not matter.
        self._events = Events(customers, days)
        self._totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts[self._events.order])])
        self._everyone = np.arange(customer_count, dtype=np.int64)
        self._up_to: dict[date, Integers] = {}

    def up_to(self, day: date) -> Integers:
        """Return each customer's total on and before the day (from an arbitrary base: only differences count)."""
        if day not in self._up_to:
            days = np.full(len(self._everyone), day_number(day), dtype=np.int64)
            self._up_to[day] = _frozen(self._totals[self._events.ends(self._everyone, days)])
        return self._up_to[day]

    def between(self, after: date, until: date) -> Integers:
        """Return each customer's total on the days later than `after`, up to and including `until`."""
        return self.up_to(until) - self.up_to(after)

    def between_each(self, after: Integers, until: Integers) -> Integers:
        """Return each customer's total between two day numbers of its own (one entry a customer, `after` excluded)."""
        low, high = (self._events.ends(self._everyone, days) for days in (after, until))
        totals: Integers = self._totals[high] - self._totals[low]
        return totals


class DailyTotals:
    """Amounts by day alone, for totals that count orders without a customer too."""

    def __init__(self, days: Integers, amounts: Integers) -> None:
        """Sort the rows by day and add them up."""
        order = np.argsort(days)
        self._days = days[order]
        self._totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts[order])])

    def between(self, after: date, until: date) -> int:
        """Return the total of the days later than `after`, up to and including `until`."""
        low, high = np.searchsorted(self._days, [day_number(after), day_number(until)], side="right")
        return int(self._totals[high] - self._totals[low])

    def count_between(self, after: date, until: date) -> int:
        """Return how many rows lie on the days later than `after`, up to and including `until`."""
        low, high = np.searchsorted(self._days, [day_number(after), day_number(until)], side="right")
        return int(high - low)


class Ledger:
    """Purchases, revenue and notices of all customers up to a cut-off.

    Arrays have one entry a customer, in the order of the customers table. A purchase is an order that was not
    cancelled, with an amount above zero; revenue is the sum of completed orders, credit notes included.
    """

    def __init__(
        self, orders: pd.DataFrame, notices: Sequence[tuple[Integers, Integers]], lapse_months: Integers
    ) -> None:
        """Index the orders (columns `customer`, `ordered_on`, `amount`, `status`; only days up to the cut-off).

        `notices` are pairs of customers and day numbers; `lapse_months` has one entry a customer.
        """
        self.customer_count = len(lapse_months)
        assigned = orders["customer"].to_numpy(dtype=np.int64) >= 0
        customers = orders["customer"].to_numpy(dtype=np.int64)[assigned]
        days = day_numbers(orders["ordered_on"])[assigned]
        amounts = orders["amount"].to_numpy(dtype=np.int64)[assigned]
        completed = has_status(orders, "completed")[assigned]
        purchased = ~has_status(orders, "cancelled")[assigned] & (amounts > 0)
        count = self.customer_count
        self.revenue = RunningTotals(customers[completed], days[completed], amounts[completed], count)
        bought, bought_on = customers[purchased], days[purchased]
        self.purchases = RunningTotals(bought, bought_on, np.ones(len(bought), dtype=np.int64), count)
        self.purchase_events = Events(bought, bought_on).once_a_day()
        """Every purchase day."""
        self.day_customers = self.purchase_events.customers
        """The customer of every purchase day, sorted by customer and day."""
        self.day_numbers = self.purchase_events.days
        """The day number of every purchase day, beside `day_customers`."""
        self._everyone = np.arange(count, dtype=np.int64)
        self.lapse_months = lapse_months
        self._lapse_groups = [(int(months), lapse_months == months) for months in np.unique(lapse_months)]
        self._active: dict[date, Flags] = {}
        self._last: dict[date, Integers] = {}
        nothing = np.empty(0, dtype=np.int64)
        self.notice_events = Events(
            np.concatenate([nothing, *(who for who, _ in notices)]),
            np.concatenate([nothing, *(when for _, when in notices)]),
        ).once_a_day()
        """Every day on which a customer gave notice."""
        self.first_purchase = self._first_days()
        """Day number of each customer's first purchase, NEVER where there is none."""

    def last_purchase(self, day: date) -> Integers:
        """Return the day number of each customer's last purchase on or before the day, or NEVER."""
        if day not in self._last:
            self._last[day] = _frozen(self.purchase_events.last(self._everyone, self._all_on(day), missing=NEVER))
        return self._last[day]

    def last_notice(self, day: date) -> Integers:
        """Return the day number of each customer's last notice on or before the day, or NEVER."""
        return self.notice_events.last(self._everyone, self._all_on(day), missing=NEVER)

    def purchase_days(self, day: date) -> Integers:
        """Return how many purchase days each customer has had on or before the day."""
        return self.purchase_events.between(self._everyone, np.zeros_like(self._everyone), self._all_on(day))

    def bought_by(self, day: date) -> Flags:
        """Tell which customers have bought on or before the day."""
        flags: Flags = self.last_purchase(day) != NEVER
        return flags

    def bought_between(self, after: date, until: date) -> Flags:
        """Tell which customers bought on a day later than `after`, up to and including `until`."""
        flags: Flags = self.last_purchase(until) > day_number(after)
        return flags

    def yearly_value(self, day: date) -> Integers:
        """Return each customer's revenue in the twelve months up to its last purchase on or before the day.

        This is what a lost customer used to bring in a year; 0 for customers without a purchase.
        """
        last = self.last_purchase(day)
        return self.revenue.between_each(months_before_each(last, MONTHS_PER_YEAR), last)

    def lapse_limits(self, day: date) -> Integers:
        """Return for each customer the day number that the last purchase must be later than to count as active."""
        limits = np.empty(self.customer_count, dtype=np.int64)
        for months, customers in self._lapse_groups:
            limits[customers] = day_number(months_before(day, months))
        return limits

    def active(self, day: date) -> Flags:
        """Tell which customers are active on the day: bought recently enough and not since given notice."""
        if day not in self._active:
            last = self.last_purchase(day)
            flags = (last != NEVER) & (last > self.lapse_limits(day)) & (last > self.last_notice(day))
            self._active[day] = _frozen(flags)
        return self._active[day]

    def _all_on(self, day: date) -> Integers:
        return np.full(self.customer_count, day_number(day), dtype=np.int64)

    def _first_days(self) -> Integers:
        first = np.full(self.customer_count, NEVER, dtype=np.int64)
        positions = np.flatnonzero(np.diff(self.day_customers, prepend=-1))
        first[self.day_customers[positions]] = self.day_numbers[positions]
        return first


def _frozen(array: Array) -> Array:
    """Return the array closed to changes: it is kept and handed out again."""
    array.flags.writeable = False
    return array
