"""How offers were made and what became of them: presented, guarantees, wishes, followed up; and their margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.offers.decided import UNKNOWN_COST
from retention_reports.analyses.offers.offer_results import Practice, WonMargin
from retention_reports.analyses.offers.outcomes import outcome
from retention_reports.model.figures import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.analyses.offers.decided import DecidedOffers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags


def practices(dataset: Dataset, offers: DecidedOffers) -> tuple[Practice, ...]:
    """Compare decided offers made in each way that the file records with those made otherwise."""
    return tuple(
        Practice(name, outcome(offers, done), outcome(offers, left))
        for column, name, done, left in _ways(offers)
        if dataset.has_column("offers", column)
    )


def _ways(offers: DecidedOffers) -> Iterator[tuple[str, str, Flags, Flags]]:
    """Yield column, name, and the offers made that way and otherwise; an empty `presented` is in neither."""
    yield "presented", "presented", offers.presented == "yes", offers.presented == "no"
    for column in ("guarantees", "wishes"):
        named = getattr(offers, column) != ""
        yield column, column, named, ~named
    yield "followed_up_on", "follow_up", offers.followed_in_time, ~offers.followed_in_time


def won_margin(offers: DecidedOffers) -> WonMargin | None:
    """Add up what won offers brought above their cost; None where no won one tells its cost."""
    won = offers.state == "won"
    known = won & (offers.cost != UNKNOWN_COST)
    if not known.any():
        return None
    margin = (offers.amount - offers.cost)[known]
    return WonMargin(
        known=Rate(int(known.sum()), int(won.sum())),
        amount=int(offers.amount[known].sum()),
        cost=int(offers.cost[known].sum()),
        below_cost=int((margin < 0).sum()),
        loss=-int(np.minimum(margin, 0).sum()),
    )
