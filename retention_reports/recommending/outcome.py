"""What became of an earlier quarter's decisions: who was approached, who bought, what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, day_numbers
from retention_reports.model.measure_rows import NOT_CARRIED_OUT
from retention_reports.model.yearly_value import margin_totals
from retention_reports.recommending.kinds import Kind
from retention_reports.recommending.results import Outcome
from retention_reports.recommending.worth import worth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.recommending.results import Decision, Register

DONE, BEGUN, UNTOUCHED = "done", "begun", "untouched"
_MOSTLY = 0.8
"""A decision is done where so many of its customers have been approached."""


def outcome(register: Register, then: Dataset, now: Dataset) -> Outcome:
    """Hold the decisions of an earlier cut-off against what is known now; customers named twice count once."""
    rows = now.folder.customer_rows
    approached, bought = (
        approached_between(now, then.cut_off, now.cut_off),
        now.ledger.bought_between(then.cut_off, now.cut_off),
    )
    states = [_state(one, approached, rows, then, now) for one in register.decisions]
    named = np.array(sorted({rows[name] for one in register.decisions for name in one.customers}), dtype=np.int64)
    reached, others = named[approached[named]], named[~approached[named]]
    return Outcome(
        quarter=then.quarter,
        decisions=len(states),
        done=states.count(DONE),
        begun=states.count(BEGUN),
        untouched=states.count(UNTOUCHED),
        approached=Rate(len(reached), len(named)),
        bought=Rate(int(bought[reached].sum()), len(reached)),
        bought_without=Rate(int(bought[others].sum()), len(others)),
        expected=None if register.total_effect is None else register.total_effect.expected,
        came=int(brought_between(now, then.cut_off, now.cut_off)[reached].sum()) if len(reached) else None,
    )


def approached_between(now: Dataset, after: date, until: date) -> Flags:
    """Tell with whom there was a contact, a visit, a new offer, or a measure after one day, up to another included."""
    flags = np.zeros(now.ledger.customer_count, dtype=np.bool_)
    for table, day in _contacts(now):
        rows = table.loc[(table["customer"] >= 0) & table[day].notna()]
        days = day_numbers(rows[day])
        within = (days > day_number(after)) & (days <= day_number(until))
        flags[rows["customer"].to_numpy(dtype=np.int64)[within]] = True
    return flags


def _contacts(now: Dataset) -> Iterator[tuple[pd.DataFrame, str]]:
    touchpoints, measures = now.table("touchpoints"), now.table("measures")
    visits, offers = now.table("visits"), now.table("offers")
    if touchpoints is not None:
        yield touchpoints.loc[touchpoints["state"] == "done"], "date"
    if visits is not None:
        yield visits, "visited_on"
    if offers is not None:
        yield offers, "offered_on"
        yield offers, "followed_up_on"
    if measures is not None:
        carried_out = ~measures["state"].isin(NOT_CARRIED_OUT) & (measures["group"] == "target")
        yield measures.loc[carried_out], "started_on"


def _state(one: Decision, approached: Flags, rows: Mapping[str, int], then: Dataset, now: Dataset) -> str:
    if one.customers:
        reached = sum(bool(approached[rows[name]]) for name in one.customers)
        return DONE if reached >= _MOSTLY * len(one.customers) else BEGUN if reached else UNTOUCHED
    if one.kind is Kind.STOP_MEASURE:
        return UNTOUCHED if _started_since(one.subject, then, now) else DONE
    return UNTOUCHED


def _started_since(measure_id: str, then: Dataset, now: Dataset) -> bool:
    table = now.table("measures")
    if table is None:
        return False
    own = table.loc[table["measure_id"] == measure_id, "started_on"]
    return bool((day_numbers(own) > day_number(then.cut_off)).any())


def brought_between(now: Dataset, after: date, until: date) -> np.ndarray:
    """Return what each customer brought after a day, up to another: margin where costs are known, else revenue."""
    if not worth(now).is_margin:
        return now.revenue_between(after, until)
    return margin_totals(now).margin.between(after, until)
