"""Expectations: how satisfied customers are, what they complain of, how soon it is settled, what leavers had said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.analyses.expectations.complaints import open_complaints, resolution
from retention_reports.analyses.expectations.expectation_results import Expectations
from retention_reports.analyses.expectations.leavers import farewell_scores
from retention_reports.analyses.expectations.voices import by_quarter, by_segment, by_topic, satisfaction
from retention_reports.model.figures import Missing, Rate, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def expectations(dataset: Dataset) -> Expectations:
    """Sum up feedback by quarter, topic and segment, complaints and their settlement, and scores before leaving."""
    table = dataset.table("feedback")
    if table is None or table.empty:
        reason = Unknown.NO_FILE if table is None else Unknown.NO_ROWS
        return Expectations((), None, (), (), None, (), None, _promises(dataset), (Missing("all", reason, "feedback"),))
    missing = []
    if not dataset.has_column("feedback", "score"):
        missing.append(Missing("satisfaction", Unknown.NO_COLUMN, "feedback.score"))
    if not dataset.has_column("feedback", "topic"):
        missing.append(Missing("topics", Unknown.NO_COLUMN, "feedback.topic"))
    settled = dataset.has_column("feedback", "resolved_on")
    if not settled:
        missing.append(Missing("resolution", Unknown.NO_COLUMN, "feedback.resolved_on"))
    return Expectations(
        quarters=by_quarter(dataset, table),
        satisfaction=satisfaction(dataset, table),
        topics=by_topic(dataset, table),
        segments=by_segment(dataset, table),
        resolution=resolution(dataset, table) if settled else None,
        open_complaints=open_complaints(dataset, table) if settled else (),
        farewell=farewell_scores(dataset, table),
        promises=_promises(dataset),
        missing=tuple(missing),
    )


def _promises(dataset: Dataset) -> Rate | None:
    """Count the last twelve months' deliveries with a promised day, and those that kept it."""
    rows = dataset.purchases
    delivered = rows["delivered_on"].notna() & rows["promised_on"].notna()
    recent = delivered & (rows["ordered_on"] > pd.Timestamp(dataset.year_ago))
    if not recent.any():
        return None
    kept = recent & (rows["delivered_on"] <= rows["promised_on"])
    return Rate(int(kept.sum()), int(recent.sum()))
