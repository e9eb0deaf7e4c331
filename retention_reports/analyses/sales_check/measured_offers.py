"""What the data says about offers: decision dates and following up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.analyses.sales_check.gaps import Gap
from retention_reports.model.figures import Rate, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def decision_dates_on_open_offers(dataset: Dataset) -> Rate | Gap:
    """Offers open at the cut-off whose decision date is recorded ÷ open offers."""
    offers = _open_offers(dataset)
    if isinstance(offers, Gap):
        return offers
    return Rate(int(offers["decision_due_on"].notna().sum()), len(offers))


def offers_followed_up(dataset: Dataset) -> Rate | Gap:
    """Offers decided in the last 12 months that were followed up ÷ offers decided in that time."""
    offers = dataset.table("offers")
    if offers is None:
        return Gap(Unknown.NO_FILE, "offers")
    for column in ("decided_on", "followed_up_on"):
        if not dataset.has_column("offers", column):
            return Gap(Unknown.NO_COLUMN, f"offers.{column}")
    if not dataset.covers_in("offers", "offered_on", dataset.year_ago + timedelta(days=1)):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    decided = offers.loc[(offers["state"] != "open") & (offers["decided_on"] > pd.Timestamp(dataset.year_ago))]
    if decided.empty:
        return Gap(Unknown.NO_ROWS, "offers")
    return Rate(int(decided["followed_up_on"].notna().sum()), len(decided))


def undated_offers(dataset: Dataset) -> int | None:
    """Return the amount of open offers without a decision date in ten-thousandths; None where it is not recorded."""
    offers = _open_offers(dataset)
    if isinstance(offers, Gap):
        return None
    return int(offers.loc[offers["decision_due_on"].isna(), "amount"].sum())


def _open_offers(dataset: Dataset) -> pd.DataFrame | Gap:
    offers = dataset.table("offers")
    if offers is None:
        return Gap(Unknown.NO_FILE, "offers")
    if not dataset.has_column("offers", "decision_due_on"):
        return Gap(Unknown.NO_COLUMN, "offers.decision_due_on")
    still_open = offers.loc[offers["state"] == "open"]
    return Gap(Unknown.NO_ROWS, "offers") if still_open.empty else still_open
