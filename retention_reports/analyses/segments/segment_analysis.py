"""Segments and services: whom we want, what they bring and cost, whether the segments are of use, who uses what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.analyses.segments.cancellations import cancellations
from retention_reports.analyses.segments.demands import demands
from retention_reports.analyses.segments.relationships import costly_relationships
from retention_reports.analyses.segments.segment_results import Segments
from retention_reports.analyses.segments.services import services
from retention_reports.analyses.segments.usage import usage
from retention_reports.analyses.segments.wishes import portfolio, wish_groups
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.yearly_value import margin_totals

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

_COLUMNS = (
    ("fit", "customers", "fit"),
    ("motive", "customers", "motive"),
    ("portfolio", "customers", "potential"),
    ("demands", "customers", "segment"),
    ("relationships", "orders", "cost"),
)


def segments(dataset: Dataset) -> Segments:
    """Weigh customers by fit, potential, cost and use over the last twelve months."""
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Segments(
            by_fit=(),
            by_motive=(),
            portfolio=(),
            relationships=None,
            by_sales_rep=(),
            by_channel=(),
            demands=None,
            usage=None,
            services=None,
            missing=(Missing("year", Unknown.BEFORE_START_OF_DATA),),
        )
    totals = margin_totals(dataset)
    relationships = costly_relationships(dataset, totals)
    served = services(dataset)
    missing = [
        Missing(key, Unknown.NO_COLUMN, f"{table}.{column}")
        for key, table, column in _COLUMNS
        if not dataset.has_column(table, column)
    ]
    if dataset.table("costs") is None:
        missing.append(Missing("cost_per_contact", Unknown.NO_FILE, "costs"))
    if served is None:
        missing.append(Missing("services", Unknown.NO_COLUMN, "products.kind"))
    elif served.users_kept is None:
        missing.append(Missing("services_retention", Unknown.BEFORE_START_OF_DATA))
    return Segments(
        by_fit=wish_groups(dataset, totals, "fit"),
        by_motive=wish_groups(dataset, totals, "motive"),
        portfolio=portfolio(dataset),
        relationships=relationships,
        by_sales_rep=cancellations(dataset, "sales_rep"),
        by_channel=cancellations(dataset, "channel"),
        demands=demands(dataset),
        usage=usage(dataset),
        services=served,
        missing=tuple(missing),
    )
