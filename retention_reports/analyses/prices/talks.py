"""What a price talk with one customer can rest on: good moments, past increases and what followed, margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.prices.increases import revenue_around
from retention_reports.model.figures import Rate
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.prices.price_results import Increase
    from retention_reports.model.dataset import Dataset


@record
class Followed:
    """A past increase that affected the customer; revenue of the `days` after, and of the same days a year before."""

    increase: Increase
    days: int
    before: int
    after: int


@record
class TalkFacts:
    """What is on record of a customer since the data begins; None where no file tells.

    `deliveries` are those with a promise, in time of all; `settled` the complaints settled of all, `last_settled` the
    last settlement; `praise` counts words of praise. `revenue_before` is of the twelve months before the last twelve,
    None where the data is younger. `margin` is (revenue - cost) ÷ revenue of the last twelve months' orders of known
    cost. Amounts are ten-thousandths.
    """

    deliveries: Rate | None
    settled: Rate | None
    last_settled: date | None
    praise: int | None
    revenue_before: int | None
    margin: Rate | None
    followed: tuple[Followed, ...]


class TalkRecords:
    """Looks up what the sheets of all customers need once."""

    def __init__(self, dataset: Dataset) -> None:
        """Compare the past increases."""
        self._dataset = dataset
        self._around = revenue_around(dataset, dataset.product_lines)

    def facts(self, row: int) -> TalkFacts:
        """Return what is known of one customer (its row number)."""
        settled, last = self._settled(row)
        return TalkFacts(
            deliveries=self._deliveries(row),
            settled=settled,
            last_settled=last,
            praise=self._praise(row),
            revenue_before=self._revenue_before(row),
            margin=self._margin(row),
            followed=tuple(
                Followed(one.increase, one.days, int(one.before[row]), int(one.after[row]))
                for one in self._around
                if one.affected[row]
            ),
        )

    def _deliveries(self, row: int) -> Rate | None:
        if self._dataset.lacks("orders.promised_on") or self._dataset.lacks("orders.delivered_on"):
            return None
        own = self._dataset.purchases
        own = own.loc[(own["customer"] == row) & own["promised_on"].notna() & own["delivered_on"].notna()]
        return Rate(int((own["delivered_on"] <= own["promised_on"]).sum()), len(own))

    def _feedback(self, row: int, kind: str) -> pd.DataFrame | None:
        table = self._dataset.table("feedback")
        return None if table is None else table.loc[(table["customer"] == row) & (table["kind"] == kind)]

    def _settled(self, row: int) -> tuple[Rate | None, date | None]:
        own = self._feedback(row, "complaint")
        if own is None or not self._dataset.has_column("feedback", "resolved_on"):
            return None, None
        days = own["resolved_on"].dropna()
        return Rate(len(days), len(own)), None if days.empty else days.max().date()

    def _praise(self, row: int) -> int | None:
        own = self._feedback(row, "praise")
        return None if own is None else len(own)

    def _revenue_before(self, row: int) -> int | None:
        before = self._dataset.quarter.plus(-8)
        if not self._dataset.covers(before.plus(1).first_day):
            return None
        return int(self._dataset.revenue_between(before.last_day, self._dataset.year_ago)[row])

    def _margin(self, row: int) -> Rate | None:
        if self._dataset.lacks("orders.cost"):
            return None
        own = self._dataset.revenue_rows
        recent = own["ordered_on"] > pd.Timestamp(self._dataset.year_ago)
        own = own.loc[(own["customer"] == row) & recent & own["cost"].notna()]
        billed = int(own["amount"].sum())
        return Rate(billed - int(own["cost"].astype(np.int64).sum()), billed, is_money=True) if billed > 0 else None
