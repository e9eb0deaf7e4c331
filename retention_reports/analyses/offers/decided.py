"""When each offer was decided, and which were open at the cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number, day_numbers
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt
    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

    Texts = npt.NDArray[np.object_]

UNKNOWN_COST = -1


@record
class DecidedOffers:
    """Decided offers as arrays beside each other; days are day numbers, `followed_up` NEVER where nobody did.

    `customer` is -1 where the customers table does not know it; amounts are ten-thousandths,
    `cost` is UNKNOWN_COST where the file tells none.
    """

    state: Texts
    amount: Integers
    customer: Integers
    offered: Integers
    decided: Integers
    followed_up: Integers
    seller: Texts
    reason: Texts
    wishes: Texts
    presented: Texts
    guarantees: Texts
    cost: Integers

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self.amount)

    @property
    def followed_in_time(self) -> Flags:
        """Which offers were followed up on the day of the decision at the latest."""
        in_time: Flags = (self.followed_up != NEVER) & (self.followed_up <= self.decided)
        return in_time

    def between(self, after: date, until: date) -> DecidedOffers:
        """Return the offers decided on a day later than `after`, up to and including `until`."""
        inside = (self.decided > day_number(after)) & (self.decided <= day_number(until))
        return DecidedOffers(*(column[inside] for column in vars(self).values()))


@record
class SortedOffers:
    """The offers up to the cut-off: `open` rows, decided ones, and the number of decided ones that tell no day."""

    open: pd.DataFrame
    decided: DecidedOffers
    undated: int


def sorted_offers(dataset: Dataset, offers: pd.DataFrame) -> SortedOffers:
    """Tell open offers from decided ones.

    The day of the decision is `decided_on`, where that is empty `decision_due_on`. An expired offer whose day lies
    after the cut-off is still open; a won or lost one without a day up to the cut-off is undated.
    """
    state = offers["state"].to_numpy(dtype=object)
    day = _numbers(offers["decided_on"])
    day = np.where(day == NEVER, _numbers(offers["decision_due_on"]), day)
    cut_off = day_number(dataset.cut_off)
    still: Flags = (state == "open") | ((state == "expired") & (day > cut_off))
    dated = ~still & (day != NEVER) & (day <= cut_off)
    seller = _sellers(dataset, offers)
    rows = offers.loc[dated]
    decided = DecidedOffers(
        state=state[dated],
        amount=rows["amount"].to_numpy(dtype=np.int64),
        customer=rows["customer"].to_numpy(dtype=np.int64),
        offered=day_numbers(rows["offered_on"]),
        decided=day[dated],
        followed_up=_numbers(rows["followed_up_on"]),
        seller=seller[dated],
        reason=rows["lost_reason"].to_numpy(dtype=object),
        wishes=rows["wishes"].to_numpy(dtype=object),
        presented=rows["presented"].to_numpy(dtype=object),
        guarantees=rows["guarantees"].to_numpy(dtype=object),
        cost=rows["cost"].fillna(UNKNOWN_COST).to_numpy(dtype=np.int64),
    )
    return SortedOffers(offers.assign(sales_rep=seller).loc[still], decided, int((~still & ~dated).sum()))


def _sellers(dataset: Dataset, offers: pd.DataFrame) -> Texts:
    """Return each offer's sales person: its own, else that of its customer, else ""."""
    own = offers["sales_rep"].to_numpy(dtype=object)
    # A customer of -1 finds the last entry.
    of_customer = np.append(dataset.customers["sales_rep"].to_numpy(dtype=object), "")
    names: Texts = np.where(own == "", of_customer[offers["customer"].to_numpy(dtype=np.int64)], own)
    return names


def _numbers(days: pd.Series) -> Integers:
    known = days.notna().to_numpy()
    numbers = np.full(len(days), NEVER, dtype=np.int64)
    numbers[known] = day_numbers(days.loc[known])
    return numbers
