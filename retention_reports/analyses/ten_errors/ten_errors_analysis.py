"""Ten errors about retention: common beliefs, each held against the client's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.ten_errors.leaving import (
    complainers_leave,
    new_customers_make_up,
    only_the_largest_count,
    satisfied_customers_stay,
)
from retention_reports.analyses.ten_errors.reasons import nobody_breaks_in, price_is_the_reason
from retention_reports.analyses.ten_errors.ten_errors_results import TenErrors
from retention_reports.analyses.ten_errors.work import measures_work, no_time, we_know_everyone, we_know_their_needs

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def ten_errors(dataset: Dataset) -> TenErrors:
    """Hold each of the ten beliefs against the data."""
    return TenErrors(
        (
            satisfied_customers_stay(dataset),
            nobody_breaks_in(dataset),
            we_know_their_needs(dataset),
            only_the_largest_count(dataset),
            measures_work(dataset),
            we_know_everyone(dataset),
            no_time(dataset),
            price_is_the_reason(dataset),
            complainers_leave(dataset),
            new_customers_make_up(dataset),
        )
    )
