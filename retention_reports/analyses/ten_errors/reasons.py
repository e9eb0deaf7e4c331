"""Beliefs about why customers leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.ten_errors.rules import share_above, share_below
from retention_reports.analyses.ten_errors.ten_errors_results import Belief, unknown
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.loss_reasons import OTHER, UNKNOWN, loss_records, standard_reason

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

COMPETITORS_AT_MOST = 0.05
MOSTLY = 0.5
_COMPETITION = ("competitor", "competitor_incentive")
_PRICE = ("price", "price_increase")


def nobody_breaks_in(dataset: Dataset) -> Belief:
    """Tell how many losses of 24 months with a known reason went to a competitor."""
    key = "nobody_breaks_in"
    reasons = _known_reasons(dataset)
    if reasons is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "losses"))
    rate = Rate(sum(1 for reason, competitor in reasons if competitor or reason in _COMPETITION), len(reasons))
    verdict, interval = share_below(rate, COMPETITORS_AT_MOST)
    return Belief(key, verdict, {"to_competitors": rate}, interval=interval)


def price_is_the_reason(dataset: Dataset) -> Belief:
    """Tell how many losses of 24 months with a known reason were due to the price, and how many offers were."""
    key = "price_is_reason"
    reasons = _known_reasons(dataset)
    if reasons is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "losses"))
    rate = Rate(sum(1 for reason, _ in reasons if reason in _PRICE), len(reasons))
    verdict, interval = share_above(rate, MOSTLY)
    rates = {"lost_to_price": rate}
    offers = _offers_lost_to_price(dataset)
    return Belief(
        key, verdict, rates if offers is None else {**rates, "offers_lost_to_price": offers}, interval=interval
    )


def _known_reasons(dataset: Dataset) -> list[tuple[str, str]] | None:
    """Return reason and competitor of each customer's newest loss of the last 24 months, where either is known."""
    records = loss_records(dataset)
    if records is None:
        return None
    rows = records.rows
    recent = (rows["noticed_on"] > pd.Timestamp(dataset.quarter.plus(-8).last_day)).to_numpy(dtype=np.bool_)
    newest = recent & ~rows["customer"].duplicated(keep="last").to_numpy(dtype=np.bool_)
    competitors = rows["competitor"].tolist()
    found = [(records.reasons[place], competitors[place]) for place in np.flatnonzero(newest).tolist()]
    return [(reason.key, competitor) for reason, competitor in found if competitor or reason not in (UNKNOWN, OTHER)]


def _offers_lost_to_price(dataset: Dataset) -> Rate | None:
    """Count the last twelve months' lost offers with a known reason; None without the file or any."""
    table = dataset.table("offers")
    if table is None:
        return None
    lost = table.loc[(table["state"] == "lost") & (table["decided_on"] > pd.Timestamp(dataset.year_ago))]
    reasons = [standard_reason(dataset.client, word) for word in lost["lost_reason"].tolist() if word]
    return Rate(sum(1 for reason in reasons if reason.key in _PRICE), len(reasons)) if reasons else None
