"""When customers left and when they came back, day by day over the whole history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.ledger import Flags, Integers, Ledger

_LATER = 1 << 22
_UNIX_EPOCH = day_number(date(1970, 1, 1))
_ONE_MONTH = np.timedelta64(1, "M")


@record
class Lapses:
    """Every time a customer left up to the cut-off: arrays beside each other, sorted by customer and day.

    `last_purchase` is the purchase before leaving, `left_on` the first day on which the customer was not active,
    `returned_on` the next purchase or NEVER; all are day numbers.
    """

    customer: Integers
    last_purchase: Integers
    left_on: Integers
    returned_on: Integers

    def open_on(self, day: date) -> Flags:
        """Tell which lapses last on the day: the customer has left on or before it and not yet come back."""
        number = day_number(day)
        away: Flags = (self.left_on <= number) & ((self.returned_on == NEVER) | (self.returned_on > number))
        return away

    def returned_between(self, after: date, until: date) -> Flags:
        """Tell which lapses ended by a purchase on a day later than `after`, up to and including `until`."""
        ended: Flags = (self.returned_on > day_number(after)) & (self.returned_on <= day_number(until))
        return ended


def lapses(ledger: Ledger, cut_off: date) -> Lapses:
    """Find every lapse: the first day without activity after a purchase, by silence or by notice.

    Silence: no purchase for the customer's lapse months. Notice: given on or after the last purchase. The earlier of
    both counts. A customer who buys again on the very day on which the old purchase expires has not left.
    """
    customers, bought = ledger.day_customers, ledger.day_numbers
    following = np.full(len(bought), _LATER, dtype=np.int64)
    same = customers[1:] == customers[:-1]
    following[:-1][same] = bought[1:][same]
    silent = first_lapsed_days(bought, ledger.lapse_months[customers])
    left = np.minimum(silent, ledger.notice_events.following(customers, bought - 1, missing=_LATER))
    gone = (left < following) & (left <= day_number(cut_off))
    back = np.where(following == _LATER, NEVER, following)
    return Lapses(customers[gone], bought[gone], left[gone], back[gone])


def first_lapsed_days(days: Integers, months: Integers) -> Integers:
    """Return the first day on which a purchase of each day no longer counts, so many months later.

    That is the earliest day d with `months_before(d, months) >= day`: the same day of the month, or the first of the
    next month where the month is too short.
    """
    bought = (days - _UNIX_EPOCH).astype("datetime64[D]")
    month = bought.astype("datetime64[M]")
    target = month + months * _ONE_MONTH
    same_day = target.astype("datetime64[D]") + (bought - month.astype("datetime64[D]"))
    lapsed = np.minimum(same_day, (target + _ONE_MONTH).astype("datetime64[D]"))
    numbers: Integers = lapsed.astype(np.int64) + _UNIX_EPOCH
    return numbers


def lost_between(ledger: Ledger, after: date, until: date) -> tuple[Flags, Flags]:
    """Tell who was lost from one day to a later one, and out of whom.

    The base are customers active on the earlier day or with a purchase since; lost are those of them who are not active
    on the later day. A customer who left and came back in between is not lost.
    """
    base = ledger.active(after) | ledger.bought_between(after, until)
    return base & ~ledger.active(until), base


def left_by_notice(ledger: Ledger, day: date) -> Flags:
    """Tell whose latest notice, up to the day, is not older than the last purchase (meaningful for lost customers)."""
    notice = ledger.last_notice(day)
    noticed: Flags = (notice != NEVER) & (notice >= ledger.last_purchase(day))
    return noticed
