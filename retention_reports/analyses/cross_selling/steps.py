"""The six steps of cross-selling, each as far as the client's own data can tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.analyses.cross_selling.cross_selling_results import State, Step
from retention_reports.model.ledger import day_numbers
from retention_reports.model.measure_rows import observed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.cross_selling.cross_selling_results import Potential, WhiteSpace
    from retention_reports.model.dataset import Dataset

MEASURE_STEPS = ("decision", "target", "measures", "activation", "control")


def six_steps(dataset: Dataset, space: WhiteSpace | None, potentials: Sequence[Potential]) -> tuple[Step, ...]:
    """Return decision, analysis, target, measures, activation and control, in this order, with what is declared."""
    declared = dataset.client.cross_selling
    return tuple(
        replace(step, declared=declared.get(step.key, "")) for step in _told_by_data(dataset, space, potentials)
    )


def _told_by_data(dataset: Dataset, space: WhiteSpace | None, potentials: Sequence[Potential]) -> tuple[Step, ...]:
    """Return the steps as the data tells them.

    All but the analysis are told by measures of the kind cross_selling; without that file they are unknown, and so is
    the control where no column tells the group.
    """
    analysis = _analysis(space, potentials)
    table = dataset.table("measures")
    if table is None:
        decision, *others = (Step(key, State.UNKNOWN) for key in MEASURE_STEPS)
        return (decision, analysis, *others)
    rows = table.loc[(table["kind"] == "cross_selling") & ~table["state"].isin(("idea", "dropped"))]
    return (
        _decision(rows),
        analysis,
        _target(rows),
        _measures(dataset, rows),
        _activation(rows),
        _control(dataset, rows) if dataset.has_column("measures", "group") else Step("control", State.UNKNOWN),
    )


def _decision(rows: pd.DataFrame) -> Step:
    """Decided: at least one measure stands in the plan that was not dropped; `count` is the number of measures."""
    count = _measure_count(rows)
    return Step("decision", State.DONE if count else State.OPEN, count)


def _analysis(space: WhiteSpace | None, potentials: Sequence[Potential]) -> Step:
    """Known: categories and potentials; partly: categories alone. `count` customers have potential, of `total`."""
    if space is None:
        return Step("analysis", State.UNKNOWN)
    customers = len({entry.customer_id for entry in potentials})
    amount = sum(entry.value for entry in potentials)
    state = State.DONE if potentials else State.PARTLY
    return Step("analysis", state, customers, len(space.bought), amount)


def _target(rows: pd.DataFrame) -> Step:
    """Set: every measure expects a revenue; partly: some do. `amount` adds up what is expected.

    A measure's expectation is the sum over its rows.
    """
    expected = rows.loc[rows["expected_revenue"].fillna(0) > 0]
    count, total = _measure_count(expected), _measure_count(rows)
    return Step("target", _part(count, total), count, total, int(expected["expected_revenue"].fillna(0).sum()))


def _measures(dataset: Dataset, rows: pd.DataFrame) -> Step:
    """Tell measures under way or planned (`count`) of all; partly where all are done.

    Under way or planned: the state says so, or there is none and the due day is not before the cut-off.
    """
    ahead = rows["due_on"].isna() | (rows["due_on"] >= pd.Timestamp(dataset.cut_off))
    going = rows.loc[rows["state"].isin(("planned", "running")) | ((rows["state"] == "") & ahead)]
    count, total = _measure_count(going), _measure_count(rows)
    return Step("measures", State.DONE if count else State.PARTLY if total else State.OPEN, count, total)


def _activation(rows: pd.DataFrame) -> Step:
    """Carried out at named customers: done with an owner, else partly. `count` customers were addressed."""
    carried = rows.loc[(rows["state"] != "planned") & (rows["customer"] >= 0) & (rows["group"] == "target")]
    count = int(carried["customer"].nunique())
    owned = bool(count) and bool((carried["owner"] != "").all())
    return Step("activation", State.DONE if owned else State.PARTLY if count else State.OPEN, count)


def _control(dataset: Dataset, rows: pd.DataFrame) -> Step:
    """Controlled: measures whose 180 days are over and that had a control group (`count`) of those that are over.

    `total` counts measures that are over; where none is, nothing could be controlled yet: partly with a control group.
    """
    carried = rows.loc[(rows["state"] != "planned") & (rows["customer"] >= 0)]
    guarded = set(carried.loc[carried["group"] == "control", "measure_id"])
    over = set(carried.loc[observed(day_numbers(carried["started_on"]), dataset.cut_off), "measure_id"])
    if not over:
        return Step("control", State.PARTLY if guarded else State.OPEN, len(guarded), 0)
    return Step("control", _part(len(over & guarded), len(over)), len(over & guarded), len(over))


def _part(count: int, total: int) -> State:
    if count == 0:
        return State.OPEN
    return State.DONE if count == total else State.PARTLY


def _measure_count(rows: pd.DataFrame) -> int:
    return int(rows["measure_id"].nunique())
