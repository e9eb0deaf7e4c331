"""What the client spent on winning, keeping, and winning back customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.quarters import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def spent_in_year(dataset: Dataset, kind: str, key: str) -> int | Missing:
    """Return the spending of one kind in the last four quarters, in ten-thousandths, or why `key` is not known.

    A kind without a row in each of the four quarters is not known: no row is not the same as nothing spent.
    """
    costs = dataset.table("costs")
    if costs is None:
        return Missing(key, Unknown.NO_FILE, "costs")
    if not dataset.covers_activity_on(dataset.year_ago):
        return Missing(key, Unknown.BEFORE_START_OF_DATA)
    recent = costs["quarter"] > dataset.quarter.ordinal - QUARTERS_PER_YEAR
    rows = costs.loc[recent & (costs["kind"] == kind) & costs["amount"].notna()]
    if rows["quarter"].nunique() < QUARTERS_PER_YEAR:
        return Missing(key, Unknown.NO_ROWS, f"costs ({kind})")
    return int(rows["amount"].sum())
