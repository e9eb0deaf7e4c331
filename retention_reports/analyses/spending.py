"""Where the money goes: what each pillar costs beside what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import (
    Figure,
    Missing,
    Rate,
    Unknown,
    missing_figures,
    money_figure,
    rate_figures,
)
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.schema import SPENDING_KINDS
from retention_reports.model.spending import spent_in_year
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

PILLAR_OF = {"acquisition": "new", "retention": "loyal", "win_back": "won_back"}
"""Whose revenue stands beside which spending."""


@record
class PillarRevenue:
    """Revenue of the last twelve months in ten-thousandths; the parts add up to `total`.

    `new` is of customers whose first purchase lies in these months, `loyal` of those active a year ago, `won_back` of
    those who had bought before and were not active then; `unassigned` is of nobody known, or of nobody who bought.
    """

    new: int
    loyal: int
    won_back: int
    unassigned: int

    @property
    def total(self) -> int:
        """All revenue of the twelve months."""
        return self.new + self.loyal + self.won_back + self.unassigned

    def of(self, kind: str) -> int:
        """Return the revenue that stands beside a kind of spending."""
        amount: int = getattr(self, PILLAR_OF[kind])
        return amount


@record
class Spending:
    """Spending of the last four quarters by kind beside revenue by pillar, in ten-thousandths; None where not known."""

    spent: tuple[tuple[str, int | None], ...]
    revenue: PillarRevenue | None
    missing: tuple[Missing, ...]

    @property
    def known(self) -> tuple[tuple[str, int], ...]:
        """The kinds of which spending is known."""
        return tuple((kind, amount) for kind, amount in self.spent if amount is not None)

    @property
    def total(self) -> int:
        """The spending that is known."""
        return sum(amount for _, amount in self.known)

    def spent_share(self, kind: str) -> Rate | None:
        """Return a kind's part of the known spending; None where fewer than two kinds are known, or nothing was spent.

        Of one kind alone the part would always be the whole.
        """
        amount = dict(self.spent)[kind]
        if amount is None or len(self.known) == 1 or self.total <= 0:
            return None
        return Rate(amount, self.total, is_money=True)

    def revenue_share(self, kind: str) -> Rate | None:
        """Return the part of the revenue that the kind's pillar brings; None where there is no revenue to share."""
        if self.revenue is None or self.revenue.total <= 0:
            return None
        return Rate(self.revenue.of(kind), self.revenue.total, is_money=True)

    def figures(self) -> dict[str, Figure]:
        """Return the section `spending` of `figures.json`."""
        spent: dict[str, Figure] = {kind: money_figure(amount) for kind, amount in self.spent}
        shares: dict[str, Figure] = {}
        for kind, _ in self.spent:
            shares |= rate_figures(f"{kind}_share", self.spent_share(kind))
            shares |= rate_figures(f"{PILLAR_OF[kind]}_revenue_share", self.revenue_share(kind))
        names = (*PILLAR_OF.values(), "unassigned", "total")
        revenue: dict[str, Figure] = {
            name: money_figure(getattr(self.revenue, name)) if self.revenue else None for name in names
        }
        return {"spent": spent, "revenue": revenue, **shares, "missing": missing_figures(self.missing)}


def spending(dataset: Dataset) -> Spending:
    """Set what was spent on each pillar in the last twelve months beside the revenue that it brought in them."""
    found = {kind: spent_in_year(dataset, kind, f"spent.{kind}") for kind in SPENDING_KINDS}
    missing = [entry for entry in found.values() if isinstance(entry, Missing)]
    revenue = _revenue(dataset)
    if revenue is None:
        missing.append(Missing("revenue", Unknown.BEFORE_START_OF_DATA))
    return Spending(
        spent=tuple((kind, None if isinstance(entry, Missing) else entry) for kind, entry in found.items()),
        revenue=revenue,
        missing=tuple(missing),
    )


def _revenue(dataset: Dataset) -> PillarRevenue | None:
    if not dataset.covers_activity_on(dataset.year_ago):
        return None
    ledger = dataset.ledger
    brought = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    bought = (ledger.first_purchase != NEVER) & ledger.bought_by(dataset.cut_off)
    new = bought & (ledger.first_purchase > day_number(dataset.year_ago))
    loyal = bought & ~new & ledger.active(dataset.year_ago)
    back = bought & ~new & ~loyal
    parts = {"new": new, "loyal": loyal, "won_back": back}
    sums = {name: int(brought[group].sum()) for name, group in parts.items()}
    whole = dataset.total_revenue_between(dataset.year_ago, dataset.cut_off)
    return PillarRevenue(**sums, unassigned=whole - sum(sums.values()))
