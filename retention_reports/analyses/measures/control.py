"""Target against control: did a measure work?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.measures.economics_results import Estimate
from retention_reports.analyses.measures.enrolment import enrolment
from retention_reports.analyses.measures.measure_results import MeasureResult
from retention_reports.model.bootstrap import amount_interval_95, drawn_means
from retention_reports.model.figures import TOO_FEW, Rate, difference_interval
from retention_reports.model.ledger import day_number, day_of
from retention_reports.model.measure_outcome import SUCCESS, outcome
from retention_reports.model.measure_rows import NOT_CARRIED_OUT, SUCCESS_DAYS, carried_out
from retention_reports.model.money import rounded
from retention_reports.model.yearly_value import times
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from retention_reports.analyses.measures.enrolment import Enrolment
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses
    from retention_reports.model.measure_outcome import Group, Outcome
    from retention_reports.model.product_lines import ProductLines


@record
class Grounds:
    """What measures are judged on: the lapses, the order lines (None without categories), the year's margin share."""

    told: ExplainedLapses
    lines: ProductLines | None
    margin: Fraction | None


def measure_results(dataset: Dataset, grounds: Grounds) -> tuple[MeasureResult, ...]:
    """Judge every carried-out measure that concerns customers, the oldest first."""
    found: list[MeasureResult] = []
    for kind in SUCCESS:
        rows = carried_out(dataset, kind)
        if rows is not None and not rows.empty:
            found += _results_of_kind(dataset, grounds, rows)
    return tuple(sorted(found, key=lambda result: (result.started_on, result.measure_id)))


def _results_of_kind(dataset: Dataset, grounds: Grounds, rows: pd.DataFrame) -> Iterator[MeasureResult]:
    for measure_id in sorted(rows["measure_id"].unique()):
        own = rows.loc[rows["measure_id"] == measure_id].sort_values(["start", "title"], kind="stable")
        enrolled = enrolment(dataset, grounds.told, rows, measure_id)
        yield _result(dataset, grounds, own, enrolled)


def _result(dataset: Dataset, grounds: Grounds, rows: pd.DataFrame, enrolled: Enrolment) -> MeasureResult:
    kind, measure_id = (str(rows[column].iloc[0]) for column in ("kind", "measure_id"))
    targets = outcome(dataset, kind, enrolled.target, grounds.lines)
    controls = outcome(dataset, kind, enrolled.control, grounds.lines)
    target, control = _rate(targets), _rate(controls)
    latest = int(rows["start"].max())
    verdict, effect, interval = _verdict(target, control, too_early=latest + SUCCESS_DAYS > day_number(dataset.cut_off))
    cost = _cost(dataset, measure_id)
    judged = verdict in {"works", "does_not"}
    added = _added_revenue(targets, controls) if judged and targets and controls else None
    profit = None if added is None or grounds.margin is None else times(added.value, grounds.margin) - (cost or 0)
    return MeasureResult(
        measure_id=measure_id,
        kind=kind,
        title=str(rows["title"].iloc[0]),
        started_on=day_of(rows["start"].min()),
        judged_from=day_of(latest + SUCCESS_DAYS),
        success=SUCCESS[kind],
        compared_with=enrolled.compared_with,
        target=target,
        control=control,
        effect=effect,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        cost=cost,
        revenue=None if targets is None else int(targets.revenue[targets.succeeded].sum()),
        added_revenue=added,
        profit=profit,
        already_active=_already_active(dataset, enrolled.target) if kind == "win_back" else 0,
        verdict=verdict,
    )


def _rate(found: Outcome | None) -> Rate | None:
    return None if found is None else Rate(int(found.succeeded.sum()), len(found.succeeded))


def _verdict(
    target: Rate | None, control: Rate | None, *, too_early: bool
) -> tuple[str, float | None, tuple[float, float] | None]:
    if too_early:
        return "too_early", None, None
    if target is None or control is None or min(target.n, control.n) == 0:
        return "too_few", None, None
    effect, interval = target.k / target.n - control.k / control.n, difference_interval(target, control)
    if min(target.n, control.n) < TOO_FEW:
        return "too_few", effect, interval
    return ("works" if interval[0] > 0 else "does_not"), effect, interval


def _cost(dataset: Dataset, measure_id: str) -> int | None:
    """Add up what the measure's rows cost, rows without a customer included; None where none names a cost."""
    table = dataset.tables["measures"]
    own = (table["measure_id"] == measure_id) & ~table["state"].isin(NOT_CARRIED_OUT)
    named = table["cost"].loc[own].dropna()
    return int(named.sum()) if len(named) else None


def _added_revenue(targets: Outcome, controls: Outcome) -> Estimate:
    """Return what the targets brought beyond as many controls: (mean of targets - mean of controls) × targets."""
    ours, theirs = targets.revenue, controls.revenue
    size = len(ours)
    beyond = int(ours.sum()) - Fraction(int(theirs.sum()) * size, len(theirs))
    drawn = (drawn_means(ours) - drawn_means(theirs, sample=1)) * size
    return Estimate(rounded(beyond), *amount_interval_95(drawn))


def _already_active(dataset: Dataset, target: Group) -> int:
    active = 0
    for start in np.unique(target.starts):
        mine = target.customers[target.starts == start]
        active += int(dataset.ledger.active(day_of(start))[mine].sum())
    return active
