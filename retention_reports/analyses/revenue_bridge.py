"""From the revenue of the same quarter a year ago to this quarter's, customer by customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Figure, Missing, Unknown, missing_figures, money_figure
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

MOVEMENTS = ("not_bought_again", "decreased", "increased", "bought_again", "new")


@record
class CustomerMovement:
    """One customer's part in the bridge; amounts in ten-thousandths."""

    customer_id: str
    name: str
    movement: str
    before: int
    now: int

    @property
    def difference(self) -> int:
        """This quarter's revenue less that of a year ago."""
        return self.now - self.before


@record
class RevenueBridge:
    """Revenue of the same quarter a year ago, what moved it, and this quarter's; ten-thousandths, None if unknown.

    `start` plus all movements equals `end`, exactly. `counts` holds the number of customers behind each movement,
    `customers` those with the largest differences first.
    """

    start: int | None
    not_bought_again: int | None
    decreased: int | None
    increased: int | None
    bought_again: int | None
    new: int | None
    unassigned: int | None
    end: int | None
    counts: tuple[tuple[str, int], ...]
    customers: tuple[CustomerMovement, ...]
    missing: tuple[Missing, ...]

    def movement(self, name: str) -> int | None:
        """Return the amount of a movement by its key."""
        value: int | None = getattr(self, name)
        return value

    def figures(self) -> dict[str, Figure]:
        """Return the section `revenue_bridge` of `figures.json`."""
        keys = ("start", *MOVEMENTS, "unassigned", "end")
        return {
            **{key: money_figure(self.movement(key)) for key in keys},
            "customers": dict(self.counts),
            "missing": missing_figures(self.missing),
        }


def revenue_bridge(dataset: Dataset) -> RevenueBridge:
    """Split the change of revenue against the same quarter a year ago by what customers did."""
    keys = ("start", *MOVEMENTS, "unassigned", "end")
    earlier = dataset.quarter.year_before
    if not dataset.covers(earlier.first_day):
        reasons = tuple(Missing(key, Unknown.BEFORE_START_OF_DATA) for key in keys)
        return RevenueBridge(**dict.fromkeys(keys), counts=(), customers=(), missing=reasons)
    before = dataset.revenue_between(earlier.previous.last_day, earlier.last_day)
    now = dataset.revenue_between(dataset.quarter.previous.last_day, dataset.cut_off)
    kinds = _movements(dataset, before, now)
    start = dataset.total_revenue_between(earlier.previous.last_day, earlier.last_day)
    end = dataset.total_revenue_between(dataset.quarter.previous.last_day, dataset.cut_off)
    amounts = {name: int((now - before)[kinds == position].sum()) for position, name in enumerate(MOVEMENTS, start=1)}
    return RevenueBridge(
        start=start,
        **amounts,
        unassigned=end - start - sum(amounts.values()),
        end=end,
        counts=tuple((name, int((kinds == position).sum())) for position, name in enumerate(MOVEMENTS, start=1)),
        customers=_customers(dataset, kinds, before, now),
        missing=(),
    )


def _movements(dataset: Dataset, before: Integers, now: Integers) -> Integers:
    """Return each customer's movement as its place in MOVEMENTS from 1; 0 where nothing moved or nobody bought."""
    first = dataset.ledger.first_purchase
    bought = first != NEVER
    is_new = bought & (first > day_number(dataset.quarter.year_before.last_day))
    kinds = np.select(
        [
            ~bought,
            is_new,
            (before != 0) & (now == 0),
            (before == 0) & (now != 0),
            now < before,
            now > before,
        ],
        [0, 5, 1, 4, 2, 3],
        default=0,
    )
    kinds[(kinds == MOVEMENTS.index("new") + 1) & (before == now)] = 0
    return kinds.astype(np.int64)


def _customers(dataset: Dataset, kinds: Integers, before: Integers, now: Integers) -> tuple[CustomerMovement, ...]:
    moved = np.flatnonzero(kinds)
    identifiers, names = (dataset.customers[name].to_numpy(dtype=object)[moved] for name in ("customer_id", "name"))
    movements = [MOVEMENTS[kind - 1] for kind in kinds[moved].tolist()]
    customers = map(CustomerMovement, identifiers, names, movements, before[moved].tolist(), now[moved].tolist())
    return tuple(sorted(customers, key=lambda one: (-abs(one.difference), one.customer_id)))
