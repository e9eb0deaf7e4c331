"""Recency, frequency, and value of active customers in quintiles, and the groups that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.loyal_customers.concentration import Movement, movements
from retention_reports.model.figures import TOO_FEW, Figure, Missing, Unknown, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

QUINTILES = 5
TOP, STEADY, RECENT, AT_RISK, QUIET = "top", "steady", "recent", "at_risk", "quiet"
GROUPS = (TOP, STEADY, RECENT, AT_RISK, QUIET)
NOT_ACTIVE = "not_active"
_HIGH, _MIDDLE, _LOW = 4, 3, 2


@record
class Scores:
    """Scores from 1 to 5 by customer, 0 for customers who were not active on the day; `group` is "" for them."""

    recency: Integers
    frequency: Integers
    value: Integers
    group: npt.NDArray[np.str_]


@record
class ScoreGroup:
    """The active customers of one group and their revenue of the last twelve months in ten-thousandths."""

    name: str
    customers: int
    revenue: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `loyal_customers.rfm_groups`."""
        return {"group": self.name, "customers": self.customers, "revenue": money_figure(self.revenue)}


@record
class ScoreFindings:
    """Groups at the cut-off and movements since a year ago; empty where not known."""

    groups: tuple[ScoreGroup, ...]
    movements: tuple[Movement, ...]
    missing: tuple[Missing, ...]


def score_findings(years: Years) -> tuple[ScoreFindings, Scores | None]:
    """Score active customers now and a year ago; returns the scores at the cut-off too, None where not known."""
    dataset = years.dataset
    missing = [*years.missing("rfm_groups"), *years.missing("rfm_movements", both=True)]
    if not years.knows_now or not dataset.covers_activity_on(dataset.cut_off):
        missing = [Missing(key, Unknown.BEFORE_START_OF_DATA) for key in ("rfm_groups", "rfm_movements")]
        return ScoreFindings((), (), tuple(missing)), None
    now = score(dataset, dataset.cut_off, dataset.year_ago, years.revenue)
    if now is None:
        missing = [Missing(key, Unknown.TOO_FEW) for key in ("rfm_groups", "rfm_movements")]
        return ScoreFindings((), (), tuple(missing)), None
    groups = tuple(
        ScoreGroup(name, int((now.group == name).sum()), int(years.revenue[now.group == name].sum())) for name in GROUPS
    )
    moved: tuple[Movement, ...] = ()
    if years.knows_before and dataset.covers_activity_on(dataset.year_ago):
        before = score(dataset, dataset.year_ago, years.two_years_ago, years.revenue_before)
        if before is None:
            missing.append(Missing("rfm_movements", Unknown.TOO_FEW))
        else:
            moved = _moved(before, now)
    elif years.knows_before:
        missing.append(Missing("rfm_movements", Unknown.BEFORE_START_OF_DATA))
    return ScoreFindings(groups, moved, tuple(missing)), now


def score(dataset: Dataset, day: date, year_before: date, revenue: Integers) -> Scores | None:
    """Score the customers active on the day; None with fewer than ten of them.

    Recency: day of the last purchase. Frequency: purchase days, and value: revenue, of the twelve months up to the day.
    """
    ledger = dataset.ledger
    active = ledger.active(day)
    if active.sum() < TOO_FEW:
        return None
    frequency = ledger.purchase_days(day) - ledger.purchase_days(year_before)
    recency, often, value = (
        _spread(quintiles(values[active]), active) for values in (ledger.last_purchase(day), frequency, revenue)
    )
    return Scores(recency, often, value, _groups(recency, often, value))


def quintiles(values: Integers) -> Integers:
    """Return 1 + floor(5 × s ÷ n), s being how many of the n values are smaller: equal values share the lower score."""
    smaller = np.searchsorted(np.sort(values), values, side="left")
    found: Integers = 1 + QUINTILES * smaller // len(values)
    return found


def _groups(recency: Integers, frequency: Integers, value: Integers) -> npt.NDArray[np.str_]:
    """Return the first group whose rule fits: top, at risk, steady, recent, else quiet; "" where not active."""
    rules = [
        recency == 0,
        (recency >= _HIGH) & (frequency >= _HIGH) & (value >= _HIGH),
        (recency <= _LOW) & ((frequency >= _HIGH) | (value >= _HIGH)),
        (recency >= _MIDDLE) & (frequency >= _MIDDLE),
        recency >= _HIGH,
    ]
    return np.select(rules, ["", TOP, AT_RISK, STEADY, RECENT], default=QUIET)


def _spread(scores: Integers, active: Flags) -> Integers:
    everyone = np.zeros(len(active), dtype=np.int64)
    everyone[active] = scores
    return everyone


def _moved(before: Scores, now: Scores) -> tuple[Movement, ...]:
    either = (before.group != "") | (now.group != "")
    named = [np.where(scores.group == "", NOT_ACTIVE, scores.group)[either] for scores in (before, now)]
    return movements(named[0], named[1], (*GROUPS, NOT_ACTIVE), (*GROUPS, NOT_ACTIVE))
