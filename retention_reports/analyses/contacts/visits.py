"""What visits bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.contacts.contact_results import VisitedCustomer, VisitRecord, VisitsBy
from retention_reports.model.figures import Rate
from retention_reports.model.sales_people import shown_person, tells_people_apart

if TYPE_CHECKING:
    from retention_reports.model.client import Client
    from retention_reports.model.customer_lines import CustomerLines
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

_NEVER_FROM = 2
"""One visit without an order is no habit."""


def visit_record(dataset: Dataset, lines: CustomerLines) -> VisitRecord | None:
    """Count the last twelve months' visits that led to an order; None without the file."""
    table = dataset.table("visits")
    if table is None:
        return None
    visits = _with_orders(dataset, table.loc[table["visited_on"] > pd.Timestamp(dataset.year_ago)])
    known = visits.loc[visits["customer"] >= 0]
    count = dataset.ledger.customer_count
    made = np.bincount(known["customer"], minlength=count)
    ordered = np.bincount(known["customer"], weights=known["ordered"], minlength=count).astype(np.int64)
    bought = dataset.ledger.purchases.between(dataset.year_ago, dataset.cut_off)
    active = dataset.ledger.active(dataset.cut_off)
    other = np.maximum(bought - _purchases_on_visits(dataset, known), 0)

    def listed(rows: Integers) -> tuple[VisitedCustomer, ...]:
        return tuple(
            VisitedCustomer(line, int(made[row]), int(ordered[row]), int(other[row]))
            for row, line in lines.by_revenue(rows)
        )

    return VisitRecord(
        with_order=Rate(int(visits["ordered"].sum()), len(visits)),
        by_rep=_by_sales_person(dataset.client, visits),
        visited=Rate(int((active & (made > 0)).sum()), int(active.sum())),
        never_order=listed(np.flatnonzero(active & (made >= _NEVER_FROM) & (ordered == 0))),
        order_without=listed(np.flatnonzero(active & (made == 0) & (bought > 0))),
    )


def _with_orders(dataset: Dataset, visits: pd.DataFrame) -> pd.DataFrame:
    """Add whether the visit's order is on record and was not cancelled, and its amount."""
    bought = dataset.purchases.set_index("order_id")["amount"]
    amounts = visits["order_id"].map(bought)
    return visits.assign(ordered=amounts.notna(), amount=amounts.fillna(0).astype("int64"))


def _purchases_on_visits(dataset: Dataset, visits: pd.DataFrame) -> Integers:
    """Count each customer's purchases of the last twelve months that a visit names, each once."""
    named = visits.loc[visits["ordered"]].drop_duplicates("order_id")
    return np.bincount(named["customer"], minlength=dataset.ledger.customer_count)


def _by_sales_person(client: Client, visits: pd.DataFrame) -> tuple[VisitsBy, ...]:
    if not tells_people_apart(client):
        return ()
    groups = visits.loc[visits["sales_rep"] != ""].groupby("sales_rep", sort=True)
    found = [
        VisitsBy(
            sales_rep=shown_person(client, str(name)),
            with_order=Rate(int(rows["ordered"].sum()), len(rows)),
            customers=int(rows["customer"].nunique()),
            order_value=int(rows.loc[~rows["order_id"].duplicated(), "amount"].sum()),
        )
        for name, rows in groups
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.with_order.n, entry.sales_rep)))
