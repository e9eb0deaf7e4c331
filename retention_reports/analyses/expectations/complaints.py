"""How soon complaints are settled, and which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.expectations.expectation_results import SETTLED_WITHIN_DAYS, OpenComplaint, Resolution
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, day_numbers, day_of

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset

_WORDS = ("topic", "text")


def resolution(dataset: Dataset, table: pd.DataFrame) -> Resolution:
    """Sum up the settlement of the last twelve months' complaints."""
    made = table.loc[table["kind"] == "complaint"]
    rows = made.loc[made["date"] > pd.Timestamp(dataset.year_ago)]
    settled = rows.loc[rows["resolved_on"].notna()]
    days = day_numbers(settled["resolved_on"]) - day_numbers(settled["date"])
    old_enough = day_number(dataset.cut_off) - day_numbers(rows["date"]) >= SETTLED_WITHIN_DAYS
    settled_age = day_number(dataset.cut_off) - day_numbers(settled["date"])
    in_time = (days <= SETTLED_WITHIN_DAYS) & (settled_age >= SETTLED_WITHIN_DAYS)
    return Resolution(
        in_time=Rate(int(in_time.sum()), int(old_enough.sum())),
        settled=len(settled),
        median_days=float(np.median(days)) if len(days) else None,
        unsettled=int(made["resolved_on"].isna().sum()),
    )


def open_complaints(dataset: Dataset, table: pd.DataFrame) -> tuple[OpenComplaint, ...]:
    """List complaints that are not settled: larger revenue first, then the oldest."""
    rows = table.loc[(table["kind"] == "complaint") & table["resolved_on"].isna() & (table["customer"] >= 0)]
    lines = dataset.customer_lines
    columns = (rows["customer"].tolist(), day_numbers(rows["date"]).tolist(), *(rows[name].tolist() for name in _WORDS))
    found = [OpenComplaint(lines.line(row), day_of(day), *words) for row, day, *words in zip(*columns, strict=True)]
    return tuple(sorted(found, key=_order))


def _order(entry: OpenComplaint) -> tuple[int, str, date, str, str]:
    return -entry.customer.revenue, entry.customer.customer_id, entry.since, entry.topic, entry.text
