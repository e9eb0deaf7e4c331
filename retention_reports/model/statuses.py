"""The three pillars: to which group each customer belongs at the end of a quarter."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import day_number

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.ledger import Flags, Ledger
    from retention_reports.model.quarters import Quarter


class Status(IntEnum):
    """A customer's status at a cut-off; NONE has not bought anything yet."""

    NONE = 0
    NEW = 1
    LOYAL_REPEAT = 2
    LOYAL_SINGLE = 3
    WON_BACK = 4
    LOST = 5

    @property
    def key(self) -> str:
        """The status as `figures.json` writes it."""
        return self.name.lower()

    @property
    def pillar(self) -> str:
        """The group whose colour and revenue the status shares."""
        return "loyal" if self in (Status.LOYAL_REPEAT, Status.LOYAL_SINGLE) else self.key


def statuses(ledger: Ledger, quarter: Quarter) -> npt.NDArray[np.int8]:
    """Return each customer's status at the quarter's last day, one entry a customer.

    Every customer with a purchase up to the cut-off has exactly one status; all others are NONE.
    """
    opening = ledger.active(quarter.previous.last_day)
    closing = ledger.active(quarter.last_day)
    result = np.full(ledger.customer_count, Status.NONE, dtype=np.int8)
    result[ledger.bought_by(quarter.last_day) & ~closing] = Status.LOST
    came = closing & ~opening
    first_in_quarter = first_purchase_in(ledger, quarter)
    result[came & first_in_quarter] = Status.NEW
    result[came & ~first_in_quarter] = Status.WON_BACK
    stayed = closing & opening
    repeated = ledger.purchase_days(quarter.last_day) > 1
    result[stayed & repeated] = Status.LOYAL_REPEAT
    result[stayed & ~repeated] = Status.LOYAL_SINGLE
    return result


def first_purchase_in(ledger: Ledger, quarter: Quarter) -> Flags:
    """Tell which customers bought for the first time in the quarter."""
    first = ledger.first_purchase
    inside: Flags = (first >= day_number(quarter.first_day)) & (first <= day_number(quarter.last_day))
    return inside


def left_in(ledger: Ledger, quarter: Quarter) -> Flags:
    """Tell which customers left in the quarter, also where they came in it."""
    before = quarter.previous.last_day
    there = ledger.active(before) | ledger.bought_between(before, quarter.last_day)
    return there & ~ledger.active(quarter.last_day)
