"""Scores, complaints and praise by quarter, topic and segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.expectations.expectation_results import (
    SATISFIED_FROM,
    Change,
    Expectation,
    QuarterVoices,
    Scores,
    SegmentVoices,
    Topic,
)
from retention_reports.model.bootstrap import mean_difference_interval
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.quarters import quarter_from_ordinal, quarter_ordinals

if TYPE_CHECKING:
    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

QUARTERS = 8
UNMET_FIFTH = 5
"""A topic is unmet where at least one voice in so many is a complaint."""


def by_quarter(dataset: Dataset, table: pd.DataFrame) -> tuple[QuarterVoices, ...]:
    """Return the last eight quarters, none before the first feedback."""
    start = dataset.quarter.start_month
    ordinals = quarter_ordinals(table["date"], start).to_numpy(dtype=np.int64)
    first = max(int(ordinals.min()), dataset.quarter.ordinal - QUARTERS + 1)
    kinds, scores = _kinds(table), table["score"].to_numpy(dtype=np.float64)
    unresolved = table["resolved_on"].isna().to_numpy(dtype=np.bool_)
    found = []
    for ordinal in range(first, dataset.quarter.ordinal + 1):
        inside = ordinals == ordinal
        given = scores[inside & (kinds == "survey") & ~np.isnan(scores)]
        complained = inside & (kinds == "complaint")
        found.append(
            QuarterVoices(
                quarter=quarter_from_ordinal(ordinal, start),
                scores=scores_of(given),
                satisfied=Rate(int((given >= SATISFIED_FROM).sum()), len(given)),
                complaints=int(complained.sum()),
                still_open=int((complained & unresolved).sum()),
                praise=int((inside & (kinds == "praise")).sum()),
            )
        )
    return tuple(found)


def satisfaction(dataset: Dataset, table: pd.DataFrame) -> Change | None:
    """Compare the last twelve months' survey scores with those of the twelve before; None without any ever."""
    windows = _Windows(dataset, table)
    return windows.change(np.ones(len(table), dtype=np.bool_)) if windows.scored.any() else None


def by_topic(dataset: Dataset, table: pd.DataFrame) -> tuple[Topic, ...]:
    """Return the topics of the last twelve months, most complaints first, then most voices."""
    if not dataset.has_column("feedback", "topic"):
        return ()
    windows, kinds = _Windows(dataset, table), _kinds(table)
    topics = table["topic"].to_numpy(dtype=object)
    found = []
    for name in sorted(set(topics[windows.now].tolist())):
        about = topics == name
        complaints = int((about & windows.now & (kinds == "complaint")).sum())
        praise = int((about & windows.now & (kinds == "praise")).sum())
        voices = int((about & windows.now).sum())
        found.append(
            Topic(
                name=name,
                scores=windows.change(about),
                complaints=complaints,
                complaints_before=int((about & windows.before & (kinds == "complaint")).sum()),
                praise=praise,
                voices=voices,
                expectation=expectation(complaints, praise, voices),
            )
        )
    return tuple(sorted(found, key=lambda topic: (not topic.name, -topic.complaints, -topic.voices, topic.name)))


def expectation(complaints: int, praise: int, voices: int) -> Expectation:
    """Judge a topic by its voices (surveys, complaints, praise); below ten nothing is said."""
    if voices < TOO_FEW:
        return Expectation.TOO_FEW
    if complaints * UNMET_FIFTH >= voices and complaints > praise:
        return Expectation.UNMET
    return Expectation.EXCEEDED if praise > complaints else Expectation.TAKEN_FOR_GRANTED


def by_segment(dataset: Dataset, table: pd.DataFrame) -> tuple[SegmentVoices, ...]:
    """Return scores and complaining customers by segment, lowest score first; empty where there are no segments.

    `complaining` counts active customers with a complaint in the last twelve months of the segment's active ones.
    """
    names = dataset.customers["segment"].to_numpy(dtype=object)
    if not (names != "").any():
        return ()
    windows, kinds = _Windows(dataset, table), _kinds(table)
    customers = table["customer"].to_numpy(dtype=np.int64)
    active = dataset.ledger.active(dataset.cut_off)
    complained = np.zeros(len(names), dtype=np.bool_)
    complained[customers[windows.now & (kinds == "complaint") & (customers >= 0)]] = True
    found = []
    for name in sorted(set(names[active].tolist())):
        group = active & (names == name)
        members = (customers >= 0) & (names[customers] == name)
        rate = Rate(int((group & complained).sum()), int(group.sum()))
        found.append(SegmentVoices(name, windows.change(members), rate))
    # Segments without a score stand last: 11 is beyond the scale.
    return tuple(sorted(found, key=lambda entry: (11 if (mean := entry.scores.now.mean) is None else mean, entry.name)))


def scores_of(values: Numbers) -> Scores:
    """Return number and mean of scores."""
    return Scores(len(values), round(float(np.sort(values).mean()), 6) if len(values) else None)


class _Windows:
    """Which rows lie in the last twelve months and in the twelve before, and which carry a survey's score."""

    def __init__(self, dataset: Dataset, table: pd.DataFrame) -> None:
        days = table["date"]
        self.now: Flags = (days > pd.Timestamp(dataset.year_ago)).to_numpy(dtype=np.bool_)
        earlier = days > pd.Timestamp(dataset.quarter.plus(-8).last_day)
        self.before: Flags = earlier.to_numpy(dtype=np.bool_) & ~self.now
        self.scores = table["score"].to_numpy(dtype=np.float64)
        self.scored: Flags = (_kinds(table) == "survey") & ~np.isnan(self.scores)

    def change(self, rows: Flags) -> Change:
        """Compare the scores of some rows; the interval needs ten scores on either side."""
        now = self.scores[rows & self.now & self.scored]
        before = self.scores[rows & self.before & self.scored]
        enough = min(len(now), len(before)) >= TOO_FEW
        return Change(scores_of(now), scores_of(before), mean_difference_interval(now, before) if enough else None)


def _kinds(table: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return table["kind"].to_numpy(dtype=object)
