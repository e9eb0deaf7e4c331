"""Beliefs about who leaves and what it matters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.ten_errors.rules import advantage, opposite, within
from retention_reports.analyses.ten_errors.ten_errors_results import Belief, Verdict, unknown
from retention_reports.model.acquisition import known_newcomers
from retention_reports.model.bootstrap import drawn_sums, interval_95
from retention_reports.model.figures import TOO_FEW, Missing, Rate, Unknown
from retention_reports.model.ledger import day_number

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

SATISFIED_FROM = 9
SMALLER_SHARE = 0.2
"""B and C customers bring a fifth of revenue by definition; more of what is lost would be out of proportion."""


def satisfied_customers_stay(dataset: Dataset) -> Belief:
    """Compare who of the satisfied and who of the less satisfied a year ago is still active."""
    key = "satisfied_stay"
    missing = _not_comparable(dataset, key, "feedback.score")
    if missing is not None:
        return unknown(key, missing)
    score = _last_scores(dataset)
    then, now = dataset.ledger.active(dataset.year_ago), dataset.ledger.active(dataset.cut_off)
    satisfied = then & (score >= SATISFIED_FROM)
    others = then & (score < SATISFIED_FROM)
    kept, others_kept = _kept(satisfied, now), _kept(others, now)
    verdict, interval = advantage(kept, others_kept)
    return Belief(key, verdict, {"satisfied_kept": kept, "others_kept": others_kept}, interval=interval)


def complainers_leave(dataset: Dataset) -> Belief:
    """Compare who complained in the year before last and who did not: are they still active?"""
    key = "complainers_leave"
    missing = _not_comparable(dataset, key)
    if missing is not None:
        return unknown(key, missing)
    then, now = dataset.ledger.active(dataset.year_ago), dataset.ledger.active(dataset.cut_off)
    complained = _complained(dataset)
    silent_kept, kept = _kept(then & ~complained, now), _kept(then & complained, now)
    verdict, interval = advantage(silent_kept, kept)
    return Belief(key, verdict, {"complained_kept": kept, "others_kept": silent_kept}, interval=interval)


def only_the_largest_count(dataset: Dataset) -> Belief:
    """Tell how much of the yearly value lost in twelve months was that of customers who were no A customers before."""
    key = "only_largest"
    two_years_ago = dataset.quarter.plus(-8).last_day
    if not _knows_leavers(dataset) or not dataset.covers(two_years_ago + timedelta(days=1)):
        return unknown(key, Missing(key, Unknown.BEFORE_START_OF_DATA))
    left = np.flatnonzero(_left(dataset))
    value = np.maximum(dataset.ledger.yearly_value(dataset.cut_off)[left], 0)
    smaller = dataset.value_classes(dataset.year_ago)[left] != "A"
    rates = {
        "smaller_customers": Rate(int(smaller.sum()), len(left)),
        "smaller_value": Rate(int(value[smaller].sum()), int(value.sum()), is_money=True),
    }
    if len(left) < TOO_FEW or not value.sum():
        return Belief(key, Verdict.UNTOLD, rates)
    drawn = drawn_sums(np.column_stack([np.where(smaller, value, 0), value]))
    with np.errstate(divide="ignore", invalid="ignore"):
        interval = interval_95(drawn[:, 0] / drawn[:, 1])
    verdict = opposite(within(*interval, SMALLER_SHARE)) if interval else Verdict.UNTOLD
    return Belief(key, verdict, rates, interval=interval, stake=int(value[smaller].sum()))


def new_customers_make_up(dataset: Dataset) -> Belief:
    """Compare the revenue of the last twelve months' new customers with the last year's revenue of those who left."""
    key = "new_make_up"
    two_years_ago = dataset.quarter.plus(-8).last_day
    newcomers = known_newcomers(dataset) & (dataset.ledger.first_purchase > day_number(dataset.year_ago))
    known = dataset.covers_activity_on(dataset.year_ago) and dataset.covers(two_years_ago + timedelta(days=1))
    if not known:
        return unknown(key, Missing(key, Unknown.BEFORE_START_OF_DATA))
    now = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    left = _left(dataset)
    gained, gone = int(now[newcomers].sum()), int(dataset.ledger.yearly_value(dataset.cut_off)[left].sum())
    rates = {"new_customers": Rate(int(newcomers.sum()), int(newcomers.sum()) + int(left.sum()))}
    verdict = Verdict.UNTOLD
    if newcomers.any() or left.any():
        verdict = Verdict.CONFIRMED if gained >= gone else Verdict.REFUTED
    return Belief(key, verdict, rates, {"gained": gained, "lost": gone}, stake=max(gone - gained, 0))


def _not_comparable(dataset: Dataset, key: str, needed: str = "feedback") -> Missing | None:
    lacking = dataset.lacks(needed)
    if lacking is not None:
        return Missing(key, *lacking)
    if not _knows_leavers(dataset):
        return Missing(key, Unknown.BEFORE_START_OF_DATA)
    return None


def _knows_leavers(dataset: Dataset) -> bool:
    return dataset.covers_activity_on(dataset.year_ago)


def _kept(group: Flags, now: Flags) -> Rate:
    return Rate(int((group & now).sum()), int(group.sum()))


def _left(dataset: Dataset) -> Flags:
    """Tell who left in the last twelve months and is not back."""
    found = dataset.lapses
    gone = found.open_on(dataset.cut_off) & (found.left_on > day_number(dataset.year_ago))
    flags = np.zeros(dataset.ledger.customer_count, dtype=np.bool_)
    flags[found.customer[gone]] = True
    return flags


def _feedback_before_last_year(dataset: Dataset) -> pd.DataFrame:
    """Return the feedback of known customers in the twelve months up to a year ago."""
    table = dataset.table("feedback")
    if table is None:
        return pd.DataFrame()
    after, until = pd.Timestamp(dataset.quarter.plus(-8).last_day), pd.Timestamp(dataset.year_ago)
    return table.loc[(table["date"] > after) & (table["date"] <= until) & (table["customer"] >= 0)]


def _last_scores(dataset: Dataset) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return each customer's last survey score of that time (of one day the lowest), NaN without one."""
    rows = _feedback_before_last_year(dataset)
    rows = rows.loc[(rows["kind"] == "survey") & rows["score"].notna()]
    last = rows.sort_values(["date", "score"], ascending=[True, False], kind="stable")
    last = last.drop_duplicates("customer", keep="last")
    scores = np.full(dataset.ledger.customer_count, np.nan)
    scores[last["customer"].to_numpy(dtype=np.int64)] = last["score"].to_numpy(dtype=np.float64)
    return scores


def _complained(dataset: Dataset) -> Flags:
    rows = _feedback_before_last_year(dataset)
    flags = np.zeros(dataset.ledger.customer_count, dtype=np.bool_)
    flags[rows.loc[rows["kind"] == "complaint", "customer"].to_numpy(dtype=np.int64)] = True
    return flags
