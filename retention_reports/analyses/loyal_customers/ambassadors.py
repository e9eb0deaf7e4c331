"""Customers who brought others, what those brought, and who could be asked to recommend next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, money_figure, rate_figures
from retention_reports.model.ledger import day_number
from retention_reports.model.referrals import referrers_of
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

SATISFIED = 9
"""From this score (of 10) on a customer counts as satisfied enough to be asked for a recommendation."""


@record
class Ambassador:
    """A customer who referred others, and the referred customers' revenue in ten-thousandths."""

    customer_id: str
    name: str
    segment: str
    referred: tuple[str, ...]
    revenue_year: int
    revenue_ever: int


@record
class Referrals:
    """Referred customers who have bought, those who referred them (largest revenue first), and their revenue.

    `among_new` counts the referred among the customers won in the last twelve months; None where the data cannot tell
    who is new.
    """

    ambassadors: tuple[Ambassador, ...]
    referred: int
    revenue_year: int
    revenue_ever: int
    among_new: Rate | None

    def figures(self) -> dict[str, Figure]:
        """Return `loyal_customers.referrals`."""
        return {
            "ambassadors": len(self.ambassadors),
            "referred": self.referred,
            "revenue_12m": money_figure(self.revenue_year),
            "revenue_ever": money_figure(self.revenue_ever),
            **rate_figures("referred_among_new", self.among_new),
        }


@record
class Satisfied:
    """A satisfied active customer who has not referred anybody; `has_permission` None where no column tells."""

    customer_id: str
    name: str
    segment: str
    score: float
    asked_on: date
    revenue_year: int
    has_permission: bool | None


def referrals(dataset: Dataset) -> Referrals | Missing:
    """Follow `referred_by` from customers who have bought up to the cut-off."""
    if not dataset.has_column("customers", "referred_by"):
        return Missing("referrals", Unknown.NO_COLUMN, "customers.referred_by")
    referrers = referrers_of(dataset)
    ledger = dataset.ledger
    year = ledger.revenue.between(dataset.year_ago, dataset.cut_off)
    ever = ledger.revenue.between(date.min, dataset.cut_off)
    referred = np.flatnonzero(referrers >= 0)
    identifiers, names, segments = (dataset.customers[key].to_numpy() for key in ("customer_id", "name", "segment"))
    found = []
    for row in np.unique(referrers[referred]).tolist():
        own = referred[referrers[referred] == row]
        brought = tuple(sorted(names[own].tolist()))
        found.append(
            Ambassador(identifiers[row], names[row], segments[row], brought, int(year[own].sum()), int(ever[own].sum()))
        )
    ranked = sorted(found, key=lambda entry: (-entry.revenue_year, -entry.revenue_ever, entry.customer_id))
    return Referrals(
        ambassadors=tuple(ranked),
        referred=len(referred),
        revenue_year=int(year[referred].sum()),
        revenue_ever=int(ever[referred].sum()),
        among_new=_among_new(dataset, referrers),
    )


def satisfied_not_asked(dataset: Dataset) -> tuple[Satisfied, ...] | Missing:
    """List active customers whose latest survey of the last twelve months scored 9 or 10 and who referred nobody.

    Of several surveys on the latest day the lowest score counts. Largest revenue of the last twelve months first.
    """
    key = "satisfied_not_asked"
    feedback = dataset.table("feedback")
    if feedback is None:
        return Missing(key, Unknown.NO_FILE, "feedback")
    if not dataset.has_column("customers", "referred_by"):
        return Missing(key, Unknown.NO_COLUMN, "customers.referred_by")
    rows = feedback.loc[(feedback["kind"] == "survey") & feedback["score"].notna() & (feedback["customer"] >= 0)]
    rows = rows.loc[rows["date"] > pd.Timestamp(dataset.year_ago), ["customer", "date", "score"]]
    if rows.empty:
        return Missing(key, Unknown.NO_ROWS, "feedback")
    latest = rows.sort_values(["customer", "date", "score"], ascending=[True, True, False]).drop_duplicates(
        "customer", keep="last"
    )
    customers = latest["customer"].to_numpy(dtype=np.int64)
    referrers = referrers_of(dataset)
    wanted = (latest["score"] >= SATISFIED).to_numpy() & dataset.ledger.active(dataset.cut_off)[customers]
    return _satisfied(dataset, latest.loc[wanted & ~np.isin(customers, referrers)])


def _satisfied(dataset: Dataset, latest: pd.DataFrame) -> tuple[Satisfied, ...]:
    year = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    identifiers, names, segments = (dataset.customers[key].to_numpy() for key in ("customer_id", "name", "segment"))
    permission = (dataset.customers["email_permission"] == "yes").to_numpy()
    knows_permission = dataset.has_column("customers", "email_permission")
    found = [
        Satisfied(
            customer_id=identifiers[row],
            name=names[row],
            segment=segments[row],
            score=float(score),
            asked_on=day,
            revenue_year=int(year[row]),
            has_permission=bool(permission[row]) if knows_permission else None,
        )
        for row, day, score in zip(latest["customer"].tolist(), latest["date"].dt.date, latest["score"], strict=True)
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.revenue_year, entry.customer_id)))


def _among_new(dataset: Dataset, referrers: Integers) -> Rate | None:
    if not dataset.covers_activity_on(dataset.year_ago):
        return None
    new = dataset.ledger.first_purchase > day_number(dataset.year_ago)
    return Rate(int((new & (referrers >= 0)).sum()), int(new.sum()))
