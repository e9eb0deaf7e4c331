"""Where a sales person leaves out what a colleague sells: the largest demonstrable difference by category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW, Rate, difference_interval
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import Programme, Seller


@record
class Gap:
    """A category that the customers of one sales person buy less often than those of another."""

    seller: str
    category: str
    own: Rate
    best_seller: str
    best: Rate

    @property
    def difference(self) -> float:
        """Return the best share less the own."""
        return self.best.k / self.best.n - self.own.k / self.own.n


def largest_gap(programme: Programme, seller: Seller) -> Gap | None:
    """Return the category with the largest difference to the best colleague whose 95 % interval excludes zero.

    Only sales people with at least ten customers are compared. Many pairs are looked at, so that one in some twenty
    such gaps is chance; the report says so.
    """
    found = []
    for place, (category, own) in enumerate(seller.reach):
        others = [other for other in programme.sellers if other.name != seller.name and other.customers >= TOO_FEW]
        if own.n < TOO_FEW or not others:
            continue
        best = max(others, key=lambda other: (other.reach[place][1].share or 0.0, other.name))
        rate = best.reach[place][1]
        if difference_interval(rate, own)[0] > 0:
            found.append(Gap(seller.name, category, own, best.name, rate))
    return max(found, key=lambda gap: (gap.difference, gap.category), default=None)


def gaps(programme: Programme) -> list[Gap]:
    """Return the largest gap of each sales person who has one, the largest first."""
    found = [gap for seller in programme.sellers if (gap := largest_gap(programme, seller)) is not None]
    return sorted(found, key=lambda gap: (-gap.difference, gap.seller))
