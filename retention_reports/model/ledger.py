"""Who bought when and for how much, answered for any day without walking through the orders again.

Rows are sorted by customer and day once; a question about a day is then a binary search per customer into running
totals. Money stays in whole ten-thousandths.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.model.by_day import ByDay, frozen
from retention_reports.model.events import Events
from retention_reports.model.order_status import has_status
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    Integers: TypeAlias = npt.NDArray[np.int64]
    Flags: TypeAlias = npt.NDArray[np.bool_]

# Day numbers are proleptic ordinals (1 = 0001-01-01), so that every day a file can hold is positive.
_UNIX_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()
_DERIVED = ("day_customers", "day_numbers")
"""What a view of a ledger works out by itself."""
_ONE_MONTH, _ONE_DAY = np.timedelta64(1, "M"), np.timedelta64(1, "D")
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
    known = numbers != NEVER
    days = (np.where(known, numbers, 1) - _UNIX_EPOCH).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    target = month - months * _ONE_MONTH
    same_day = target.astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    earlier = np.minimum(same_day, (target + _ONE_MONTH).astype("datetime64[D]") - _ONE_DAY)
    return np.where(known, earlier.astype(np.int64) + _UNIX_EPOCH, NEVER)


class RunningTotals:
    """Amounts by customer and day: the total of each customer up to any day, exactly."""

    def __init__(self, customers: Integers, days: Integers, amounts: Integers, customer_count: int) -> None:
        """Sort the rows and add them up. `customers` are row numbers from 0 to `customer_count` - 1."""
        # Only the totals behind a whole day are ever asked for, so that the order within a day does not matter.
        self._events = Events(customers, days)
        self._totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts[self._events.order])])
        self._everyone = np.arange(customer_count, dtype=np.int64)
        self._last_day = _LAST_DAY
        self._up_to = ByDay(customer_count)

    def with_amounts(self, amounts: Integers) -> RunningTotals:
        """Return the totals of other amounts of the same rows, in the order in which those were given."""
        other = copy(self)
        totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts[self._events.order])])
        vars(other).update(_totals=totals, _up_to=ByDay(len(self._everyone)))
        return other

    def until(self, day: date) -> RunningTotals:
        """Return the totals as they were on a day: another view of the same arrays."""
        view, last_day = copy(self), min(self._last_day, day_number(day))
        vars(view).update(_last_day=last_day, _events=self._events.until(last_day))
        return view

    def up_to(self, day: date) -> Integers:
        """Return each customer's total on and before the day (from an arbitrary base: only differences count)."""
        number = min(day_number(day), self._last_day)
        return self._up_to.get(number, lambda: self._totals[self._events.ends(self._everyone, self._all_on(number))])

    def _all_on(self, number: int) -> Integers:
        return np.full(len(self._everyone), number, dtype=np.int64)

    def between(self, after: date, until: date) -> Integers:
        """Return each customer's total on the days later than `after`, up to and including `until`."""
        return self.up_to(until) - self.up_to(after)

    def on_each(self, customers: Integers, days: Integers) -> Integers:
        """Return the total of each customer on a day of its own; customers may be named as often as wanted."""
        low, high = (self._events.ends(customers, days - 1), self._events.ends(customers, days))
        totals: Integers = self._totals[high] - self._totals[low]
        return totals

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
        self.purchase_amounts = self.purchases.with_amounts(amounts[purchased])
        self.purchase_events = Events(bought, bought_on).once_a_day()
        """Every purchase day."""
        self._everyone = np.arange(count, dtype=np.int64)
        self.lapse_months = lapse_months
        self._lapse_groups = [(int(months), lapse_months == months) for months in np.unique(lapse_months)]
        self._last_day = _LAST_DAY
        self._last, self._purchase_days, self._yearly = ByDay(count), ByDay(count), ByDay(count)
        self._active: dict[tuple[int, int], Flags] = {}
        nothing = np.empty(0, dtype=np.int64)
        self.notice_events = Events(
            np.concatenate([nothing, *(who for who, _ in notices)]),
            np.concatenate([nothing, *(when for _, when in notices)]),
        ).once_a_day()
        """Every day on which a customer gave notice."""
        self.first_purchase = self._first_days()
        """Day number of each customer's first purchase, NEVER where there is none."""

    def until(self, day: date) -> Ledger:
        """Return the ledger as it was on a day: another view of the same arrays.

        What was worked out for a day is worked out once for all views.
        """
        view, last_day = copy(self), min(self._last_day, day_number(day))
        for name in _DERIVED:
            vars(view).pop(name, None)
        vars(view).update(_last_day=last_day)
        view.revenue, view.purchases = self.revenue.until(day), self.purchases.until(day)
        view.purchase_amounts = self.purchase_amounts.until(day)
        view.purchase_events = self.purchase_events.until(last_day)
        view.notice_events = self.notice_events.until(last_day)
        view.first_purchase = np.where(self.first_purchase > last_day, NEVER, self.first_purchase)
        return view

    @cached_property
    def day_customers(self) -> Integers:
        """The customer of every purchase day, sorted by customer and day."""
        return self.purchase_events.customers

    @cached_property
    def day_numbers(self) -> Integers:
        """The day number of every purchase day, beside `day_customers`."""
        return self.purchase_events.days

    def last_purchase(self, day: date) -> Integers:
        """Return the day number of each customer's last purchase on or before the day, or NEVER."""
        number = self._known_day(day)
        return self._last.get(
            number, lambda: self.purchase_events.last(self._everyone, self._all_on(number), missing=NEVER)
        )

    def last_notice(self, day: date) -> Integers:
        """Return the day number of each customer's last notice on or before the day, or NEVER."""
        return self.notice_events.last(self._everyone, self._all_on(self._known_day(day)), missing=NEVER)

    def purchase_days(self, day: date) -> Integers:
        """Return how many purchase days each customer has had on or before the day."""
        number = self._known_day(day)
        before = np.zeros_like(self._everyone)
        return self._purchase_days.get(
            number, lambda: self.purchase_events.between(self._everyone, before, self._all_on(number))
        )

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
        return self._yearly.get(
            self._known_day(day), lambda: self.revenue.between_each(months_before_each(last, MONTHS_PER_YEAR), last)
        )

    def lapse_limits(self, day: date) -> Integers:
        """Return for each customer the day number that the last purchase must be later than to count as active."""
        limits = np.empty(self.customer_count, dtype=np.int64)
        for months, customers in self._lapse_groups:
            limits[customers] = day_number(months_before(day, months))
        return limits

    def active(self, day: date) -> Flags:
        """Tell which customers are active on the day: bought recently enough and not since given notice."""
        key = day_number(day), self._known_day(day)
        if key not in self._active:
            last = self.last_purchase(day)
            flags = (last != NEVER) & (last > self.lapse_limits(day)) & (last > self.last_notice(day))
            self._active[key] = frozen(flags)
        return self._active[key]

    def _known_day(self, day: date) -> int:
        return min(day_number(day), self._last_day)

    def _all_on(self, number: int) -> Integers:
        return np.full(self.customer_count, number, dtype=np.int64)

    def _first_days(self) -> Integers:
        first = np.full(self.customer_count, NEVER, dtype=np.int64)
        positions = np.flatnonzero(np.diff(self.day_customers, prepend=-1))
        first[self.day_customers[positions]] = self.day_numbers[positions]
        return first
