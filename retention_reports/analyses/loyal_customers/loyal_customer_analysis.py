"""Loyal customers: who stays, what revenue rests on, who grows and who fades, who recommends."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from retention_reports.analyses.loyal_customers.ambassadors import Referrals, referrals, satisfied_not_asked
from retention_reports.analyses.loyal_customers.breadth import breadth, categories_by_customer
from retention_reports.analyses.loyal_customers.cohorts import cohorts
from retention_reports.analyses.loyal_customers.complaints import complaints
from retention_reports.analyses.loyal_customers.concentration import concentration
from retention_reports.analyses.loyal_customers.decomposition import decompose
from retention_reports.analyses.loyal_customers.development import development
from retention_reports.analyses.loyal_customers.loyal_customer_results import Bonds, LoyalCustomers
from retention_reports.analyses.loyal_customers.profiles import profiles
from retention_reports.analyses.loyal_customers.scores import score_findings
from retention_reports.analyses.loyal_customers.years import Years
from retention_reports.model.acquisition import unknown_quarters
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

Found = TypeVar("Found")


def loyal_customers(dataset: Dataset) -> LoyalCustomers:
    """Answer what keeps the client's revenue together."""
    years = Years(dataset)
    factors, ranks, (scored, scores) = decompose(years), concentration(years), score_findings(years)
    directions, directions_missing = development(years)
    categories, brought = categories_by_customer(years), referrals(dataset)
    satisfied, settled = satisfied_not_asked(dataset), complaints(dataset)
    return LoyalCustomers(
        cohorts=cohorts(dataset),
        decomposition=factors,
        concentration=ranks,
        scores=scored,
        development=directions,
        breadth=None if isinstance(categories, Missing) else breadth(categories),
        referrals=_known(brought),
        satisfied_not_asked=_known(satisfied),
        complaints=_known(settled),
        customers=profiles(years, scores, _known(categories)),
        missing=(
            *_cohorts_missing(dataset),
            *factors.missing,
            *ranks.missing,
            *scored.missing,
            *directions_missing,
            *_among_new_missing(brought),
            *(found for found in (categories, brought, satisfied, settled) if isinstance(found, Missing)),
        ),
    )


def bonds(dataset: Dataset) -> Bonds:
    """Find out only what registers are made from."""
    return Bonds(_known(referrals(dataset)), _known(satisfied_not_asked(dataset)), _known(complaints(dataset)))


def _known(found: Found | Missing) -> Found | None:
    return None if isinstance(found, Missing) else found


def _cohorts_missing(dataset: Dataset) -> tuple[Missing, ...]:
    quarters = unknown_quarters(dataset)
    keys = ("cohorts", "cohorts_revenue")
    return tuple(Missing(key, Unknown.BEFORE_START_OF_DATA, quarters) for key in keys) if quarters else ()


def _among_new_missing(found: Referrals | Missing) -> tuple[Missing, ...]:
    if isinstance(found, Missing) or found.among_new is not None:
        return ()
    return (Missing("referrals.referred_among_new", Unknown.BEFORE_START_OF_DATA),)
