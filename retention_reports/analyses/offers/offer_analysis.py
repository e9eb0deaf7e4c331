"""Offers: what is open, what became of the decided ones and why, and which enquiries were worth the time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.analyses.offers.decided import sorted_offers
from retention_reports.analyses.offers.enquiries import enquiries
from retention_reports.analyses.offers.offer_results import Decisions, Offers, Outcome
from retention_reports.analyses.offers.open_offers import open_offers
from retention_reports.analyses.offers.outcomes import (
    by_customer,
    by_seller,
    by_size,
    follow_up,
    outcome,
    price_share,
    price_with_wish,
    reasons,
    wishes,
)
from retention_reports.analyses.offers.practices import practices, won_margin
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import day_of

if TYPE_CHECKING:
    from retention_reports.analyses.offers.decided import DecidedOffers, SortedOffers
    from retention_reports.model.dataset import Dataset


def offers(dataset: Dataset) -> Offers:
    """List open offers and find out what became of those decided in the last twelve months."""
    scored = enquiries(dataset)
    known, missing = (None, [scored]) if isinstance(scored, Missing) else (scored, [])
    table = dataset.table("offers")
    if table is None:
        missing += [Missing(key, Unknown.NO_FILE, "offers") for key in ("open", "hit_rate")]
        return Offers(None, None, None, known, follow_ups_recorded=False, missing=tuple(missing))
    missing += _columns_missing(dataset, "silent", "decision_due_on", "followed_up_on")
    found = sorted_offers(dataset, table)
    return Offers(
        open_offers=open_offers(dataset, found.open),
        decisions=_decisions(dataset, found, missing),
        undated=found.undated,
        enquiries=known,
        follow_ups_recorded=dataset.has_column("offers", "followed_up_on"),
        missing=tuple(missing),
    )


def _decisions(dataset: Dataset, found: SortedOffers, missing: list[Missing]) -> Decisions | None:
    """Return what became of offers decided in the last twelve months; what is unknown is added to `missing`."""
    if not dataset.covers_in("offers", "offered_on", dataset.year_ago + timedelta(days=1)):
        missing.append(Missing("hit_rate", Unknown.BEFORE_START_OF_DATA))
        return None
    decided = found.decided.between(dataset.year_ago, dataset.cut_off)
    if not len(decided):
        dated = dataset.has_column("offers", "decided_on") or dataset.has_column("offers", "decision_due_on")
        detail = "offers" if dated else "offers.decided_on"
        missing.append(Missing("hit_rate", Unknown.NO_ROWS if dated else Unknown.NO_COLUMN, detail))
        return None
    overall = outcome(decided)
    if overall.value_rate is None:
        missing.append(Missing("hit_rate_value", Unknown.NO_COLUMN, "offers.amount"))
    no_follow_up = _columns_missing(dataset, "follow_up", "followed_up_on")
    no_reasons = _columns_missing(dataset, "reasons", "lost_reason")
    no_wishes = _columns_missing(dataset, "wishes", "wishes")
    missing += no_follow_up + no_reasons + no_wishes
    missing += _columns_missing(dataset, "won_margin", "cost")
    sizes, limits = by_size(decided)
    words = () if no_reasons else reasons(dataset, decided)
    return Decisions(
        outcome=overall,
        before=_before(dataset, found),
        follow_up=None if no_follow_up else follow_up(decided),
        by_size=sizes,
        size_limits=limits,
        by_seller=by_seller(dataset.client, decided),
        by_customer=_by_customer(dataset, decided, missing),
        reasons=words,
        price=None if no_reasons else price_share(words),
        price_with_wish=None if no_reasons or no_wishes else price_with_wish(decided, words),
        wishes=() if no_wishes else wishes(decided),
        practices=practices(dataset, decided),
        won_margin=won_margin(decided),
    )


def _before(dataset: Dataset, found: SortedOffers) -> Outcome | None:
    two_years_ago = dataset.quarter.year_before.year_before.last_day
    if not dataset.covers_in("offers", "offered_on", two_years_ago + timedelta(days=1)):
        return None
    decided = found.decided.between(two_years_ago, dataset.year_ago)
    return outcome(decided) if len(decided) else None


def _by_customer(dataset: Dataset, decided: DecidedOffers, missing: list[Missing]) -> tuple[Outcome, ...]:
    if dataset.covers_activity_on(day_of(int(decided.offered.min()))):
        return by_customer(dataset, decided)
    missing.append(Missing("by_customer", Unknown.BEFORE_START_OF_DATA))
    return ()


def _columns_missing(dataset: Dataset, key: str, *columns: str) -> list[Missing]:
    absent = [f"offers.{column}" for column in columns if not dataset.has_column("offers", column)]
    return [Missing(key, Unknown.NO_COLUMN, ", ".join(absent))] if absent else []
