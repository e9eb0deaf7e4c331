"""Beliefs about the own work: whom we know, what measures do, what time is spent on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.ten_errors.rules import share_above, share_below
from retention_reports.analyses.ten_errors.ten_errors_results import Belief, Verdict, unknown
from retention_reports.model.acquisition import known_newcomers
from retention_reports.model.contact_cadence import cadence_days
from retention_reports.model.figures import TOO_FEW, Missing, Rate, Unknown, difference_interval
from retention_reports.model.ledger import day_number, day_numbers
from retention_reports.model.measure_outcome import SUCCESS, groups_of, outcome
from retention_reports.model.measure_rows import carried_out, observed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

HEARD_OF = 0.5
UNKNOWN_AT_MOST = 0.1
FOLLOW_UP_DAYS = 14
_YEAR_DAYS = 365
_NEVER_YET = 1 << 40


def we_know_their_needs(dataset: Dataset) -> Belief:
    """Tell from how many active customers anything was heard in twelve months, and how many buy one category only."""
    key = "know_needs"
    table = dataset.table("feedback")
    if table is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "feedback"))
    active = dataset.ledger.active(dataset.cut_off)
    rows = table.loc[(table["date"] > pd.Timestamp(dataset.year_ago)) & (table["customer"] >= 0), "customer"]
    heard = np.zeros(len(active), dtype=np.bool_)
    heard[rows.to_numpy(dtype=np.int64)] = True
    rate = Rate(int((active & heard).sum()), int(active.sum()))
    verdict, interval = share_above(rate, HEARD_OF)
    single = _single_category(dataset)
    rates = {"heard": rate} if single is None else {"heard": rate, "single_category": single}
    return Belief(key, verdict, rates, interval=interval)


def measures_work(dataset: Dataset) -> Belief:
    """Tell how many measures were tried against a control group, and how many of these had an effect.

    Measures count once their 180 days are over, an effect with at least ten customers on either side. Where some had
    one and others not, nothing is said of all.
    """
    key = "measures_work"
    if dataset.table("measures") is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "measures"))
    trials = list(_trials(dataset))
    if not trials:
        return unknown(key, Missing(key, Unknown.NO_ROWS, "measures"))
    if not dataset.has_column("measures", "group"):
        return unknown(key, Missing(key, Unknown.NO_COLUMN, "measures.group"))
    controlled = sum(1 for target, control in trials if target.n and control.n)
    tried = [pair for pair in trials if min(pair[0].n, pair[1].n) >= TOO_FEW]
    proven = sum(1 for target, control in tried if difference_interval(target, control)[0] > 0)
    verdict = Verdict.UNTOLD
    if tried and proven in (0, len(tried)):
        verdict = Verdict.CONFIRMED if proven else Verdict.REFUTED
    rates = {"with_control_group": Rate(controlled, len(trials)), "with_effect": Rate(proven, len(tried))}
    return Belief(key, verdict, rates)


def we_know_everyone(dataset: Dataset) -> Belief:
    """Tell how many of the last twelve months' new customers had neither contact nor offer before they bought."""
    key = "know_everyone"
    first_approach = _first_approaches(dataset)
    if first_approach is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "touchpoints"))
    if not dataset.covers_activity_on(dataset.year_ago):
        return unknown(key, Missing(key, Unknown.BEFORE_START_OF_DATA))
    first = dataset.ledger.first_purchase
    new = known_newcomers(dataset) & (first > day_number(dataset.year_ago))
    rate = Rate(int((new & (first_approach >= first)).sum()), int(new.sum()))
    verdict, interval = share_below(rate, UNKNOWN_AT_MOST)
    return Belief(key, verdict, {"unknown_before": rate}, interval=interval)


def no_time(dataset: Dataset) -> Belief:
    """Hold the contacts made in twelve months against those that the cadence asks for."""
    key = "no_time"
    made = dataset.contacts
    if made is None:
        return unknown(key, Missing(key, Unknown.NO_FILE, "touchpoints"))
    cadence = cadence_days(dataset.client)
    classes = dataset.value_classes(dataset.cut_off)
    classed = dataset.ledger.active(dataset.cut_off) & (classes != "")
    if not classed.any():
        return unknown(key, Missing(key, Unknown.NOBODY_ACTIVE))
    done = made.days.between(dataset.year_ago, dataset.cut_off)[classed]
    due = [Fraction(_YEAR_DAYS, cadence[name]) for name in classes[classed].tolist()]
    lacking = round(sum(max(one - made, 0) for one, made in zip(due, done.tolist(), strict=True)))
    needed = round(sum(due))
    verdict = Verdict.REFUTED if int(done.sum()) >= needed else Verdict.CONFIRMED
    rates = {"contacts_of_due": Rate(int(done.sum()), needed), "lacking_of_due": Rate(lacking, needed)}
    offers = _not_followed_up(dataset)
    return Belief(key, verdict, rates if offers is None else {**rates, "not_followed_up": offers})


def _single_category(dataset: Dataset) -> Rate | None:
    """Count active customers with one category in twelve months of those with any; None without categories."""
    lines = dataset.product_lines
    if lines is None or not lines.categories:
        return None
    rows = (
        lines.within(dataset.year_ago, dataset.cut_off) & lines.bought & (lines.customer >= 0) & (lines.category >= 0)
    )
    count = len(lines.categories)
    pairs = np.unique(lines.customer[rows] * count + lines.category[rows])
    number = np.bincount(pairs // count, minlength=dataset.ledger.customer_count)
    active = dataset.ledger.active(dataset.cut_off)
    return Rate(int((active & (number == 1)).sum()), int((active & (number > 0)).sum()))


def _trials(dataset: Dataset) -> Iterator[tuple[Rate, Rate]]:
    """Yield how often each measure whose 180 days are over came to its aim, with the targets and the control group."""
    lines = dataset.product_lines if dataset.product_lines and dataset.product_lines.categories else None
    for kind in SUCCESS:
        rows = carried_out(dataset, kind)
        if rows is None or rows.empty:
            continue
        over = rows.loc[observed(rows["start"].to_numpy(dtype=np.int64), dataset.cut_off)]
        for name in sorted(set(over["measure_id"].tolist())):
            own = rows.loc[rows["measure_id"] == name]
            groups = [outcome(dataset, kind, group, lines) for group in groups_of(own)]
            measured = [Rate(int(found.succeeded.sum()), len(found.succeeded)) for found in groups if found is not None]
            if len(measured) == len(groups) and len(own) == int((over["measure_id"] == name).sum()):
                yield measured[0], measured[1]


def _first_approaches(dataset: Dataset) -> Integers | None:
    """Return the day number of the first contact, visit or offer, far off where there is none.

    None without a record of contacts: visits and offers alone do not tell who was not approached.
    """
    if dataset.table("touchpoints") is None:
        return None
    first = np.full(dataset.ledger.customer_count, _NEVER_YET, dtype=np.int64)
    for name, column in (("touchpoints", "date"), ("visits", "visited_on"), ("offers", "offered_on")):
        table = dataset.table(name)
        if table is None:
            continue
        rows = table.loc[table["customer"] >= 0]
        if name == "touchpoints":
            rows = rows.loc[rows["state"] == "done"]
        np.minimum.at(first, rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows[column]))
    return first


def _not_followed_up(dataset: Dataset) -> Rate | None:
    """Count the last twelve months' offers without follow-up, of those at least 14 days old; None without the file."""
    table = dataset.table("offers")
    if table is None or not dataset.has_column("offers", "followed_up_on"):
        return None
    days = day_numbers(table["offered_on"])
    today = day_number(dataset.cut_off)
    counted = (days > day_number(dataset.year_ago)) & (days <= today - FOLLOW_UP_DAYS)
    missed = counted & table["followed_up_on"].isna().to_numpy(dtype=np.bool_)
    return Rate(int(missed.sum()), int(counted.sum())) if counted.any() else None
