"""From how many categories customers buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown
from retention_reports.model.money import share
from retention_reports.model.purchase_lines import purchase_lines

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.ledger import Integers


@dataclass(frozen=True)
class Breadth:
    """Customers by the number of categories they bought from in the last twelve months, fewest first.

    `by_customer` has that number for every customer (0: none); `counts` pairs it with how many customers have it.
    """

    by_customer: Integers
    counts: tuple[tuple[int, int], ...]

    @property
    def customers(self) -> int:
        """Customers with at least one category."""
        return sum(customers for _, customers in self.counts)

    @property
    def single(self) -> Rate:
        """Customers with one category only."""
        return Rate(dict(self.counts).get(1, 0), self.customers)

    @property
    def mean(self) -> float | None:
        """Categories per customer, with six decimals."""
        return share(sum(number * customers for number, customers in self.counts), self.customers)

    def figures(self) -> dict[str, Figure]:
        """Return `loyal_customers.breadth`."""
        counts: list[Figure] = [{"categories": number, "customers": customers} for number, customers in self.counts]
        return {"categories_per_customer": self.mean, **self.single.figures("single_category"), "counts": counts}


def breadth(years: Years) -> Breadth | Missing:
    """Count the categories in each customer's purchase lines of the last twelve months (lines without one left out)."""
    dataset = years.dataset
    for name in ("order_lines", "products"):
        if dataset.table(name) is None:
            return Missing("breadth", Unknown.NO_FILE, name)
    if not years.knows_now:
        return Missing("breadth", Unknown.BEFORE_START_OF_DATA)
    lines = purchase_lines(dataset)
    if lines is None:
        return Missing("breadth", Unknown.NO_FILE, "order_lines")
    inside = (lines["ordered_on"] > pd.Timestamp(dataset.year_ago)) & (lines["category"] != "")
    pairs = lines.loc[inside, ["customer", "category"]].drop_duplicates()
    if pairs.empty:
        return Missing("breadth", Unknown.NO_ROWS, "order_lines")
    by_customer = np.bincount(pairs["customer"].to_numpy(dtype=np.int64), minlength=dataset.ledger.customer_count)
    numbers, customers = np.unique(by_customer[by_customer > 0], return_counts=True)
    return Breadth(by_customer, tuple(zip(numbers.tolist(), customers.tolist(), strict=True)))
