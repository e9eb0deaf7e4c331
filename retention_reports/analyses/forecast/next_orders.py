"""When the regular customers' next orders are due, where such days have held before."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.next_order_results import NextOrder, NextOrders
from retention_reports.analyses.forecast.waits import Regulars, days_ahead, next_purchase, regulars, waits
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.quarters import Quarter

_PERCENTILES = (0.1, 0.5, 0.9)
_QUARTERS_TAUGHT = 8
"""So many past quarter ends teach how long customers wait."""

_QUARTERS_TESTED = 8


def next_orders(dataset: Dataset) -> NextOrders:
    """Expect the next order of every regular customer: active, with four or more purchase days.

    Comparable waits at the ends of the eight quarters before tell when 10, 50 and 90 % have ordered. The days are told
    only where, at the ends of past quarters and by what was known then, 75 to 85 % of such intervals held.
    """
    due = _Due(dataset)
    there, days = due.regulars(dataset.quarter), due.days(dataset.quarter)
    kept = due.kept()
    if not NextOrders((), kept).tells_days:
        days = np.full_like(days, np.nan)
    identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)[there.rows]
    names = dataset.customers["name"].to_numpy(dtype=object)[there.rows]
    orders = [
        NextOrder(
            customer_id=identifiers[place],
            name=names[place],
            last_on=day_of(there.last[place]),
            usual_days=int(np.rint(there.usual[place])),
            earliest_on=_day(days[0, place]),
            expected_on=_day(days[1, place]),
            latest_on=_day(days[2, place]),
        )
        for place in range(len(there.rows))
    ]
    ranked = sorted(orders, key=lambda order: (order.expected_on or date.max, order.last_on, order.customer_id))
    return NextOrders(tuple(ranked), kept)


class _Due:
    """Works out whose order is due when at the end of any quarter, by what was known then; each quarter once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.regulars: Callable[[Quarter], Regulars] = cache(lambda quarter: regulars(dataset.ledger, quarter.last_day))
        self._following: Callable[[Quarter], Integers] = cache(
            lambda quarter: next_purchase(dataset.ledger, quarter.last_day)
        )

    def days(self, quarter: Quarter) -> Floats:
        """Return the day numbers told at a quarter's end: a row each for earliest, expected, latest; all NaN if none.

        A day that is not reached leaves its customer without any of the three.
        """
        before = [quarter.plus(-back) for back in range(1, _QUARTERS_TAUGHT + 1)]
        past = [(one.last_day, self.regulars(one), self._following(one)) for one in before]
        ahead = days_ahead(waits(past, quarter.last_day), self.regulars(quarter), _PERCENTILES)
        return np.where(np.isnan(ahead).any(axis=0), np.nan, ahead + day_number(quarter.last_day))

    def kept(self) -> Rate | None:
        """Count the intervals of past quarter ends that are over by now, and those that held; None without any."""
        held = ended = 0
        for back in range(1, _QUARTERS_TESTED + 1):
            quarter = self._dataset.quarter.plus(-back)
            earliest, _, latest = self.days(quarter)
            over = latest <= day_number(self._dataset.cut_off)
            bought_on = self._following(quarter)[self.regulars(quarter).rows]
            held += int((over & (bought_on >= earliest) & (bought_on <= latest)).sum())
            ended += int(over.sum())
        return Rate(held, ended) if ended else None


def _day(number: float) -> date | None:
    return None if np.isnan(number) else day_of(int(number))
