"""How many customers were lost in twelve months, and what it cost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.lost_customers.lost_customer_results import LostGroup, LostYear
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.lapses import left_by_notice, lost_between
from retention_reports.model.ledger import day_number
from retention_reports.model.quarters import Quarter
from retention_reports.model.retention import remaining_years, retention_rate
from retention_reports.model.sales_people import shown_person, tells_people_apart
from retention_reports.model.yearly_value import times, yearly_value
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.yearly_value import YearlyValue


@record
class Losses:
    """Who was lost in the twelve months up to a quarter's end; flags and values have one entry a customer.

    `known` tells that the data reaches back far enough to know it at all, `priced` that it covers the last year of
    each lost customer.
    """

    day: date
    year_before: date
    lost: Flags
    base: Flags
    by_notice: Flags
    value: YearlyValue
    retention: Rate | None
    years: Fraction
    known: bool

    @cached_property
    def priced(self) -> bool:
        """Whether the yearly revenue of the lost can be known."""
        return self.known and bool(self.value.complete[self.lost].all())

    @property
    def revenue(self) -> int | None:
        """The yearly revenue of the lost customers, None where unknown."""
        return int(self.value.revenue[self.lost].sum()) if self.priced else None


def losses_up_to(dataset: Dataset, quarter: Quarter) -> Losses:
    """Find the customers lost in the four quarters up to this one."""
    day, year_before = quarter.last_day, quarter.year_before.last_day
    lost, base = lost_between(dataset.ledger, year_before, day)
    retention = retention_rate(dataset, year_before, day)
    return Losses(
        day=day,
        year_before=year_before,
        lost=lost,
        base=base,
        by_notice=lost & left_by_notice(dataset.ledger, day),
        value=yearly_value(dataset, day),
        retention=retention,
        years=remaining_years(dataset, retention),
        known=dataset.covers_activity_on(year_before),
    )


def lost_year(losses: Losses) -> LostYear:
    """Answer how many and what it cost."""
    revenue = losses.revenue
    costed, billed = (int(part[losses.lost].sum()) for part in (losses.value.costed, losses.value.billed))
    margin = int(losses.value.margin[losses.lost].sum()) if revenue is not None and costed else None
    noticed = int(losses.by_notice.sum())
    retention = losses.retention
    return LostYear(
        lost=Rate(int(losses.lost.sum()), int(losses.base.sum())) if losses.known else None,
        by_notice=noticed if losses.known else None,
        silently=int(losses.lost.sum()) - noticed if losses.known else None,
        revenue_year=revenue,
        lifetime_value=None if revenue is None else times(revenue, losses.years),
        margin_year=margin,
        lifetime_margin=None if margin is None else times(margin, losses.years),
        margin_known=None if margin is None else Rate(costed, billed, is_money=True),
        retention=retention,
        remaining_years=losses.years,
        years_assumed=retention is None or retention.k == retention.n,
    )


def missing_questions(dataset: Dataset, prefix: str, year: LostYear) -> list[Missing]:
    """Name what a year's answers lack."""
    keys = {"customers": year.lost, "revenue_year": year.revenue_year, "lifetime_value": year.lifetime_value}
    missing = [Missing(f"{prefix}.{key}", Unknown.BEFORE_START_OF_DATA) for key, one in keys.items() if one is None]
    if year.lost is not None and year.retention is not None and year.retention.n == 0:
        missing.append(Missing(f"{prefix}.retention_rate_12m", Unknown.NOBODY_ACTIVE))
    if year.margin_year is None and not dataset.has_column("orders", "cost"):
        missing.append(Missing(f"{prefix}.margin_year", Unknown.NO_COLUMN, "orders.cost"))
    elif year.margin_year is None:
        too_young = year.revenue_year is None
        reason = (Unknown.BEFORE_START_OF_DATA, "") if too_young else (Unknown.NO_ROWS, "orders.cost")
        missing.append(Missing(f"{prefix}.margin_year", *reason))
    return missing


def breakdowns(dataset: Dataset, losses: Losses) -> tuple[tuple[LostGroup, ...], ...]:
    """Break the losses down by segment, by value class when last buying, and by sales person."""
    if not losses.known:
        return (), (), ()
    segments = dataset.customers["segment"].to_numpy(dtype=object)
    found = [_groups(losses, names) for names in (segments, last_value_classes(dataset, losses).astype(object))]
    return (*found, _by_sales_person(dataset, losses))


def _by_sales_person(dataset: Dataset, losses: Losses) -> tuple[LostGroup, ...]:
    if not tells_people_apart(dataset.client):
        return ()
    shown = {name: shown_person(dataset.client, name) for name in set(dataset.customer_lines.reps)}
    return _groups(losses, np.array([shown[name] for name in dataset.customer_lines.reps], dtype=object))


def last_value_classes(dataset: Dataset, losses: Losses) -> npt.NDArray[np.str_]:
    """Return each base customer's value class at the end of the quarter of its last purchase ("" for all others).

    At the cut-off itself a lost customer has no revenue left, and so no class that would tell what it was worth.
    """
    start_month = dataset.quarter.start_month
    last = dataset.ledger.last_purchase(losses.day)
    classes = np.full(len(last), "", dtype="<U1")
    quarter = Quarter.of(losses.day, start_month)
    waiting = losses.base.copy()
    while waiting.any():
        reached = waiting & (last >= day_number(quarter.first_day))
        if reached.any():
            classes[reached] = dataset.value_classes(quarter.last_day)[reached]
        waiting &= ~reached
        quarter = quarter.previous
    return classes


def _groups(losses: Losses, labels: npt.NDArray[np.object_]) -> tuple[LostGroup, ...]:
    """Return one group a label, largest yearly revenue first; empty where nobody in the base has a label."""
    base = np.flatnonzero(losses.base)
    codes, found = pd.factorize(labels[base], sort=True)
    names: list[str] = found.tolist()
    if names in ([], [""]):
        return ()
    members = np.split(base[np.argsort(codes, kind="stable")], np.cumsum(np.bincount(codes))[:-1])
    groups = [_group(losses, name, rows) for name, rows in zip(names, members, strict=True)]
    return tuple(sorted(groups, key=lambda group: (-(group.revenue_year or 0), -group.lost.k, group.name)))


def _group(losses: Losses, name: str, members: Integers) -> LostGroup:
    lost = members[losses.lost[members]]
    revenue = int(losses.value.revenue[lost].sum()) if losses.priced else None
    return LostGroup(
        name=name,
        lost=Rate(len(lost), len(members)),
        by_notice=int(losses.by_notice[members].sum()),
        revenue_year=revenue,
        lifetime_value=None if revenue is None else times(revenue, losses.years),
    )
