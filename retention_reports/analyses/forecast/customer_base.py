"""All customers as they stood on a day: their purchases so far, what these were worth, and who had given notice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.histories import Histories
from retention_reports.model.ledger import NEVER, day_number, day_numbers
from retention_reports.model.money import UNIT
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

_BEFORE_ALL = date.min


@record
class CustomerBase:
    """Everyone who had bought by a day, one entry a customer; times in days, values in currency units.

    `rows` are row numbers of the customers table. `mean_value` is the mean value of a customer's purchase days after
    the first (0 without any). `kept_share` is revenue ÷ value of purchases over the twelve months before: what returns
    and credit notes leave of a purchase. `gave_notice` tells who had given notice and not bought since. `log_gaps` is
    the sum of the natural logarithms of all gaps between purchase days, in days.
    """

    rows: Integers
    histories: Histories
    mean_value: Floats
    gave_notice: Flags
    kept_share: float
    log_gaps: float


class PurchaseRecords:
    """Builds the customer base of any day up to the cut-off from records that are added up once."""

    def __init__(self, dataset: Dataset) -> None:
        """Add up the value of purchases by customer and day."""
        self._ledger = dataset.ledger
        bought = dataset.purchases.loc[dataset.purchases["customer"] >= 0]
        customers = bought["customer"].to_numpy(dtype=np.int64)
        days = day_numbers(bought["ordered_on"])
        amounts = bought["amount"].to_numpy(dtype=np.int64)
        self._values = self._ledger.purchase_amounts
        self._first_values = np.zeros(self._ledger.customer_count, dtype=np.int64)
        on_first_day = days == self._ledger.first_purchase[customers]
        np.add.at(self._first_values, customers[on_first_day], amounts[on_first_day])

    def repeat_buyers(self, day: date) -> int:
        """Count the customers with two or more purchase days up to the day."""
        return int((self._ledger.purchase_days(day) > 1).sum())

    def on(self, day: date) -> CustomerBase:
        """Return the customers who had bought by the end of the day."""
        ledger = self._ledger
        last = ledger.last_purchase(day)
        rows = np.flatnonzero(last != NEVER)
        repeats = ledger.purchase_days(day)[rows] - 1
        first = ledger.first_purchase[rows]
        later_value = self._values.between(_BEFORE_ALL, day)[rows] - self._first_values[rows]
        return CustomerBase(
            rows=rows,
            histories=Histories(
                repeats.astype(np.float64),
                (last[rows] - first).astype(np.float64),
                (day_number(day) - first).astype(np.float64),
            ),
            mean_value=later_value / np.maximum(repeats, 1) / UNIT,
            gave_notice=(ledger.last_notice(day) >= last)[rows],
            kept_share=self._kept_share(day),
            log_gaps=self._log_gaps(day),
        )

    def _log_gaps(self, day: date) -> float:
        days, customers = self._ledger.day_numbers, self._ledger.day_customers
        within = (customers[1:] == customers[:-1]) & (days[1:] <= day_number(day))
        # Sorted, so that the order of the customers does not show in the last digit.
        return float(np.log(np.sort(np.diff(days)[within])).sum())

    def _kept_share(self, day: date) -> float:
        year_before = months_before(day, MONTHS_PER_YEAR)
        value = int(self._values.between(year_before, day).sum())
        revenue = int(self._ledger.revenue.between(year_before, day).sum())
        return max(revenue, 0) / value if value else 1.0
