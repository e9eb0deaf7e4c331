"""The pillars as of the last day of one quarter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from retention_reports.analyses.pillars.pillar_results import Bridge, PillarFigures, StatusCounts, StatusRevenue
from retention_reports.model.figures import Missing, Rate, Unknown, average
from retention_reports.model.retention import retention_rate
from retention_reports.model.statuses import Status, first_purchase_in, left_in, statuses

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.quarters import Quarter

Value = TypeVar("Value")


def pillar_figures(dataset: Dataset, quarter: Quarter) -> PillarFigures:
    """Compute the pillars as of the last day of a quarter that is not later than the reported one."""
    return _QuarterFigures(dataset, quarter).all()


class _QuarterFigures:
    """Works out one quarter's figures and collects what cannot be known."""

    def __init__(self, dataset: Dataset, quarter: Quarter) -> None:
        self.dataset = dataset
        self.quarter = quarter
        self.ledger = dataset.ledger
        self.opening_day = quarter.previous.last_day
        self.closing_day = quarter.last_day
        self.year_ago = quarter.year_before.last_day
        self.two_years_ago = quarter.plus(-8).last_day
        self.knows_opening = dataset.covers_activity_on(self.opening_day)
        self.knows_closing = dataset.covers_activity_on(self.closing_day)
        # The reported quarter's own sums need no earlier orders; where the data just begins in it, page 1 says so.
        begins_here = quarter == dataset.quarter and dataset.client.data_from is None
        self.knows_revenue = begins_here or dataset.covers(quarter.first_day)
        self.status = statuses(self.ledger, quarter)
        self.missing: list[Missing] = []

    def all(self) -> PillarFigures:
        orders, value = self._orders()
        net, gross = self._revenue_retention()
        return PillarFigures(
            quarter=self.quarter,
            bridge=self._bridge(),
            customers=self._customers(),
            revenue=self._revenue(),
            orders=orders,
            average_order_value=value,
            retention_rate=self._retention("retention_rate", self.opening_day),
            retention_rate_12m=self._retention("retention_rate_12m", self.year_ago),
            net_revenue_retention_12m=net,
            gross_revenue_retention_12m=gross,
            missing=tuple(self.missing),
        )

    def _known(self, key: str, value: Value, *, known: bool) -> Value | None:
        if known:
            return value
        self.missing.append(Missing(key, Unknown.BEFORE_START_OF_DATA))
        return None

    def _bridge(self) -> Bridge:
        opening = self.ledger.active(self.opening_day)
        bought = self.ledger.bought_between(self.opening_day, self.closing_day)
        new = first_purchase_in(self.ledger, self.quarter)
        known = self.knows_opening
        return Bridge(
            opening=self._known("bridge.opening", int(opening.sum()), known=known),
            new=self._known("bridge.new", int(new.sum()), known=known),
            won_back=self._known("bridge.won_back", int((bought & ~opening & ~new).sum()), known=known),
            lost=self._known("bridge.lost", int(left_in(self.ledger, self.quarter).sum()), known=known),
            closing=self._known(
                "bridge.closing", int(self.ledger.active(self.closing_day).sum()), known=self.knows_closing
            ),
        )

    def _customers(self) -> StatusCounts:
        counts = np.bincount(self.status, minlength=len(Status))
        known = {Status.LOST: self.knows_closing}
        values = {
            status.key: self._known(
                f"customers.{status.key}", int(counts[status]), known=known.get(status, self.knows_opening)
            )
            for status in Status
            if status is not Status.NONE
        }
        return StatusCounts(**values)

    def _revenue(self) -> StatusRevenue:
        revenue = self.ledger.revenue.between(self.opening_day, self.closing_day)
        status = self.status
        total = self.dataset.total_revenue_between(self.opening_day, self.closing_day)
        assigned = int(revenue[status != Status.NONE].sum())
        splits = self.knows_opening and self.knows_revenue
        closes = self.knows_closing and self.knows_revenue

        def part(key: str, group: npt.NDArray[np.bool_], *, known: bool) -> int | None:
            return self._known(f"revenue.{key}", int(revenue[group].sum()), known=known)

        loyal = (status == Status.LOYAL_REPEAT) | (status == Status.LOYAL_SINGLE)
        return StatusRevenue(
            new=part("new", status == Status.NEW, known=splits),
            loyal=part("loyal", loyal, known=splits),
            won_back=part("won_back", status == Status.WON_BACK, known=splits),
            lost=part("lost", status == Status.LOST, known=closes),
            unassigned=self._known("revenue.unassigned", total - assigned, known=self.knows_revenue),
            total=self._known("revenue.total", total, known=self.knows_revenue),
        )

    def _orders(self) -> tuple[int | None, float | None]:
        purchases = self.dataset.completed_purchases
        number = purchases.count_between(self.opening_day, self.closing_day)
        orders = self._known("orders", number, known=self.knows_revenue)
        if orders == 0:
            self.missing.append(Missing("average_order_value", Unknown.NO_PURCHASE))
            return orders, None
        value = average(purchases.between(self.opening_day, self.closing_day), number)
        return orders, self._known("average_order_value", value, known=self.knows_revenue)

    def _retention(self, key: str, since: date) -> Rate | None:
        rate = retention_rate(self.dataset, since, self.closing_day)
        if rate is None:
            self.missing.append(Missing(key, Unknown.BEFORE_START_OF_DATA))
        elif rate.n == 0:
            self.missing.append(Missing(key, Unknown.NOBODY_ACTIVE))
        return rate

    def _revenue_retention(self) -> tuple[Rate | None, Rate | None]:
        active = self.ledger.active(self.year_ago)
        before = self.ledger.revenue.between(self.two_years_ago, self.year_ago)
        after = self.ledger.revenue.between(self.year_ago, self.closing_day)
        counted = active & (before > 0)
        base = int(before[counted].sum())
        net = Rate(int(after[counted].sum()), base, is_money=True)
        kept = np.clip(after[counted], 0, before[counted])
        gross = Rate(int(kept.sum()), base, is_money=True)
        covered = self.dataset.covers_activity_on(self.year_ago) and self.dataset.covers(
            self.two_years_ago + timedelta(days=1)
        )
        rates = []
        for key, rate in (("net_revenue_retention_12m", net), ("gross_revenue_retention_12m", gross)):
            known = self._known(key, rate, known=covered)
            if known is not None and base == 0:
                self.missing.append(Missing(key, Unknown.NO_EARLIER_REVENUE))
            rates.append(known)
        return rates[0], rates[1]
