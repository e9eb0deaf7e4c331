"""Whom a measure concerns, and what these customers did in the 180 days after its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import day_number
from retention_reports.model.measure_rows import SUCCESS_DAYS, bought_after, bought_within, revenue_after
from retention_reports.records import record

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

SUCCESS = {
    "win_back": "regained",
    "retention": "still_buying",
    "cross_selling": "new_category",
    "acquisition": "first_purchase",
}


@record
class Group:
    """Customers (row numbers, each once, ascending) and the day number on which the measure began for each."""

    customers: Integers
    starts: Integers

    @property
    def size(self) -> int:
        """How many customers there are."""
        return len(self.customers)


@record
class Outcome:
    """Beside each customer of a group: whether the measure's aim came about, and the revenue that counts for it.

    Revenue is all of the customer's in the 180 days; for cross-selling only that in categories new to it.
    """

    succeeded: Flags
    revenue: Integers


def groups_of(rows: pd.DataFrame) -> tuple[Group, Group]:
    """Return targets and control group of one measure's rows (with `start`).

    A customer who is both counts as target; of several rows the earliest counts.
    """
    customers, starts = (rows[column].to_numpy(dtype=np.int64) for column in ("customer", "start"))
    groups = rows["group"].to_numpy(dtype=object)
    targets = groups == "target"
    controls = (groups == "control") & ~np.isin(customers, customers[targets])
    return _group(customers[targets], starts[targets]), _group(customers[controls], starts[controls])


def outcome(dataset: Dataset, kind: str, group: Group, lines: ProductLines | None) -> Outcome | None:
    """Follow a group; None where cross-selling cannot be measured for want of order lines with categories."""
    if kind == "cross_selling":
        return None if lines is None else _new_categories(dataset, group, lines)
    bought = bought_after(dataset.ledger, group.customers, group.starts, dataset.cut_off)
    if kind == "retention":
        bought = _still_buying(dataset, group)
    if kind == "acquisition":
        bought &= dataset.ledger.first_purchase[group.customers] > group.starts
    revenue = revenue_after(dataset.ledger, group.customers, group.starts, dataset.cut_off)
    return Outcome(bought, revenue)


def _group(customers: Integers, starts: Integers) -> Group:
    order = np.lexsort((starts, customers))
    distinct, first = np.unique(customers[order], return_index=True)
    return Group(distinct, starts[order][first])


def _still_buying(dataset: Dataset, group: Group) -> Flags:
    """Tell who bought on days 91 to 180: regular customers buy soon after any day, whether they stay or not."""
    later = group.starts + SUCCESS_DAYS // 2
    return bought_within(dataset.ledger, group.customers, later, group.starts + SUCCESS_DAYS)


def _new_categories(dataset: Dataset, group: Group, lines: ProductLines) -> Outcome:
    count = dataset.ledger.customer_count
    start_of = np.full(count + 1, -1, dtype=np.int64)
    start_of[group.customers] = group.starts
    rows = np.flatnonzero(lines.bought & (lines.category >= 0) & (start_of[lines.customer] >= 0))
    customers, days, starts = lines.customer[rows], lines.day[rows], start_of[lines.customer[rows]]
    pairs = customers * len(lines.categories) + lines.category[rows]
    ends = np.minimum(starts + SUCCESS_DAYS, day_number(dataset.cut_off))
    counted = ~np.isin(pairs, pairs[days <= starts]) & (days <= ends)
    revenue = np.zeros(count, dtype=np.int64)
    np.add.at(revenue, customers[counted], lines.amount[rows][counted])
    taken = np.zeros(count, dtype=bool)
    taken[customers[counted]] = True
    return Outcome(taken[group.customers], revenue[group.customers])
