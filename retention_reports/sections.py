"""The report's table of contents: one entry an analysis, one entry a section.

A new section is one analysis, one presenter, its wording in both languages, and a line in each of the two lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retention_reports.analyses.contacts import contacts
from retention_reports.analyses.cross_selling import cross_selling
from retention_reports.analyses.deliveries import deliveries
from retention_reports.analyses.early_warning import early_warning
from retention_reports.analyses.expectations import expectations
from retention_reports.analyses.forecast import forecast
from retention_reports.analyses.lost_customers import lost_customers
from retention_reports.analyses.loyal_customers import loyal_customers
from retention_reports.analyses.measures import measures
from retention_reports.analyses.new_customers import new_customers
from retention_reports.analyses.offers import offers
from retention_reports.analyses.pillars import pillars
from retention_reports.analyses.prices import prices
from retention_reports.analyses.programme import programme
from retention_reports.analyses.reachability import reachability
from retention_reports.analyses.revenue_bridge import revenue_bridge
from retention_reports.analyses.sales_check import sales_check
from retention_reports.analyses.segments import segments
from retention_reports.analyses.ten_errors import ten_errors
from retention_reports.presentation.contacts import present_contacts
from retention_reports.presentation.cross_selling import present_cross_selling
from retention_reports.presentation.early_warning import present_early_warning
from retention_reports.presentation.expectations import present_expectations
from retention_reports.presentation.forecast import present_forecast
from retention_reports.presentation.lost_customers import present_lost_customers
from retention_reports.presentation.loyal_customers import present_loyal_customers
from retention_reports.presentation.measures import present_measures
from retention_reports.presentation.new_customers import present_new_customers
from retention_reports.presentation.offers import present_offers
from retention_reports.presentation.pillars import present_pillars
from retention_reports.presentation.prices import present_prices
from retention_reports.presentation.programme import present_programme
from retention_reports.presentation.sales_check import present_sales_check
from retention_reports.presentation.segments import present_segments
from retention_reports.presentation.ten_errors import present_ten_errors
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Figure
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import SectionView


class Result(Protocol):
    """What an analysis returns: it knows its part of `figures.json`."""

    def figures(self) -> dict[str, Figure]:
        """Return the section of `figures.json`."""


@record
class Analysis:
    """One question put to the data. `key` is its section in `figures.json`."""

    key: str
    run: Callable[[Dataset], Result]


@record
class Section:
    """One section of the report. `key` names its anchor, its wording file, and the heading of notes."""

    key: str
    present: Callable[[Context], SectionView]


ANALYSES: tuple[Analysis, ...] = (
    Analysis("pillars", pillars),
    Analysis("revenue_bridge", revenue_bridge),
    Analysis("loyal_customers", loyal_customers),
    Analysis("forecast", forecast),
    Analysis("new_customers", new_customers),
    Analysis("early_warning", early_warning),
    Analysis("lost_customers", lost_customers),
    Analysis("cross_selling", cross_selling),
    Analysis("programme", programme),
    Analysis("segments", segments),
    Analysis("offers", offers),
    Analysis("contacts", contacts),
    Analysis("prices", prices),
    Analysis("expectations", expectations),
    Analysis("sales_check", sales_check),
    Analysis("ten_errors", ten_errors),
    Analysis("measures", measures),
    Analysis("reachability", reachability),
    Analysis("deliveries", deliveries),
)
"""In the order of `figures.json`."""

SECTIONS: tuple[Section, ...] = (
    Section("pillars", present_pillars),
    Section("loyal_customers", present_loyal_customers),
    Section("forecast", present_forecast),
    Section("new_customers", present_new_customers),
    Section("early_warning", present_early_warning),
    Section("lost_customers", present_lost_customers),
    Section("cross_selling", present_cross_selling),
    Section("programme", present_programme),
    Section("segments", present_segments),
    Section("offers", present_offers),
    Section("contacts", present_contacts),
    Section("prices", present_prices),
    Section("expectations", present_expectations),
    Section("sales_check", present_sales_check),
    Section("ten_errors", present_ten_errors),
    Section("measures", present_measures),
)
"""In the order of the report."""
