"""From how many categories customers buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Figure, Missing, Rate, Unknown
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.ledger import Integers


@record
class Breadth:
    """Customers by the number of categories they bought from in the last twelve months, fewest first.

    `counts` pairs that number with how many customers have it.
    """

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


def breadth(categories: Integers) -> Breadth:
    """Count the customers by their number of categories; those with none are left out."""
    numbers, customers = np.unique(categories[categories > 0], return_counts=True)
    return Breadth(tuple(zip(numbers.tolist(), customers.tolist(), strict=True)))


def categories_by_customer(years: Years) -> Integers | Missing:
    """Count the categories in each customer's purchase lines of the last twelve months (lines without one left out)."""
    dataset = years.dataset
    for name in ("order_lines", "products"):
        if dataset.table(name) is None:
            return Missing("breadth", Unknown.NO_FILE, name)
    if not years.knows_now:
        return Missing("breadth", Unknown.BEFORE_START_OF_DATA)
    lines = dataset.product_lines
    if lines is None:
        return Missing("breadth", Unknown.NO_FILE, "order_lines")
    recent = lines.bought & lines.within(dataset.year_ago, dataset.cut_off)
    rows = recent & (lines.customer >= 0) & (lines.category >= 0)
    if not rows.any():
        return Missing("breadth", Unknown.NO_ROWS, "order_lines")
    count = len(lines.categories)
    pairs = np.unique(lines.customer[rows] * count + lines.category[rows])
    return np.bincount(pairs // count, minlength=dataset.ledger.customer_count)
