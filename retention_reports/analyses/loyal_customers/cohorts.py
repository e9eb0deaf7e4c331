"""How many of those won together still buy, quarter by quarter, and what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.acquisition import known_newcomers, quarter_numbers
from retention_reports.model.figures import Figure, Rate, money_figure
from retention_reports.model.ledger import day_numbers
from retention_reports.model.quarters import quarter_from_ordinal
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.quarters import Quarter


@record
class Cohort:
    """Customers by the quarter of their first purchase.

    `purchasing` counts those with a purchase in that quarter (always all `customers`) and in each quarter since, up to
    the reported one; `revenue` is what they brought in the same quarters, in ten-thousandths.
    """

    quarter: Quarter
    customers: int
    purchasing: tuple[int, ...]
    revenue: tuple[int, ...]

    def rate(self, age: int) -> Rate | None:
        """Return who bought so many quarters after the first purchase; None where that is not observed yet."""
        return Rate(self.purchasing[age], self.customers) if age < len(self.purchasing) else None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `loyal_customers.cohorts`."""
        return {"cohort": str(self.quarter), "customers": self.customers, "purchasing": list(self.purchasing)}

    def revenue_figures(self) -> dict[str, Figure]:
        """Return the entry of `loyal_customers.cohorts_revenue`."""
        revenue: list[Figure] = [money_figure(amount) for amount in self.revenue]
        return {"cohort": str(self.quarter), "customers": self.customers, "revenue": revenue}


def cohorts(dataset: Dataset) -> tuple[Cohort, ...]:
    """Follow all known first-time buyers from the quarter of their first purchase on, oldest cohort first.

    Quarters in which nobody was won have no cohort. Revenue before a cohort's own quarter (a credit note, say) is left
    out.
    """
    newcomers = known_newcomers(dataset)
    if not newcomers.any():
        return ()
    start_month, newest = dataset.quarter.start_month, dataset.quarter.ordinal
    won = quarter_numbers(dataset.ledger.first_purchase[newcomers], start_month)
    ordinals, sizes = np.unique(won, return_counts=True)
    places = np.full(len(newcomers), -1, dtype=np.int64)
    places[newcomers] = np.searchsorted(ordinals, won)
    width = int(newest - ordinals[0]) + 1
    purchasing = _purchasing(dataset, places, ordinals, width)
    revenue = _revenue(dataset, places, ordinals, width)
    return tuple(
        Cohort(
            quarter=quarter_from_ordinal(ordinal, start_month),
            customers=size,
            purchasing=tuple(purchasing[place, : newest - ordinal + 1].tolist()),
            revenue=tuple(revenue[place, : newest - ordinal + 1].tolist()),
        )
        for place, (ordinal, size) in enumerate(zip(ordinals.tolist(), sizes.tolist(), strict=True))
    )


def _purchasing(dataset: Dataset, places: Integers, ordinals: Integers, width: int) -> Integers:
    ledger = dataset.ledger
    rows = places[ledger.day_customers] >= 0
    customers = ledger.day_customers[rows]
    quarters = quarter_numbers(ledger.day_numbers[rows], dataset.quarter.start_month)
    once = np.unique(customers * width + (quarters - ordinals[0]))
    cells = _cells(places[once // width], once % width + ordinals[0], ordinals, width)
    counts: Integers = np.bincount(cells, minlength=len(ordinals) * width).reshape(len(ordinals), width)
    return counts


def _revenue(dataset: Dataset, places: Integers, ordinals: Integers, width: int) -> Integers:
    rows = dataset.revenue_rows
    rows = rows.loc[rows["customer"] >= 0]
    cohort = places[rows["customer"].to_numpy(dtype=np.int64)]
    quarters = quarter_numbers(day_numbers(rows["ordered_on"]), dataset.quarter.start_month)
    counted = (cohort >= 0) & (quarters >= ordinals[np.maximum(cohort, 0)])
    sums = np.zeros(len(ordinals) * width, dtype=np.int64)
    cells = _cells(cohort[counted], quarters[counted], ordinals, width)
    np.add.at(sums, cells, rows["amount"].to_numpy(dtype=np.int64)[counted])
    return sums.reshape(len(ordinals), width)


def _cells(cohort: Integers, quarters: Integers, ordinals: Integers, width: int) -> Integers:
    return cohort * width + quarters - ordinals[cohort]
