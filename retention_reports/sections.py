"""The report's table of contents: one entry an analysis, one entry a section.

A new section is one analysis, one presenter, its wording in both languages, and a line in each of the two lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retention_reports.analyses.contacts.contact_analysis import contacts
from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.analyses.deliveries import deliveries
from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.expectations.expectation_analysis import expectations
from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.loyal_customers.loyal_customer_analysis import loyal_customers
from retention_reports.analyses.measures.measure_analysis import measures
from retention_reports.analyses.new_customers.new_customer_analysis import new_customers
from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.analyses.prices.price_analysis import prices
from retention_reports.analyses.programme.programme_analysis import programme
from retention_reports.analyses.reachability.reachability_analysis import reachability
from retention_reports.analyses.revenue_bridge import revenue_bridge
from retention_reports.analyses.sales_check.sales_check_analysis import sales_check
from retention_reports.analyses.segments.segment_analysis import segments
from retention_reports.analyses.spending import spending
from retention_reports.analyses.ten_errors.ten_errors_analysis import ten_errors
from retention_reports.presentation.contacts.contact_section import present_contacts
from retention_reports.presentation.cross_selling.cross_selling_section import present_cross_selling
from retention_reports.presentation.early_warning.early_warning_section import present_early_warning
from retention_reports.presentation.expectations.expectation_section import present_expectations
from retention_reports.presentation.forecast.forecast_section import present_forecast
from retention_reports.presentation.lost_customers.lost_customer_section import present_lost_customers
from retention_reports.presentation.loyal_customers.loyal_customer_section import present_loyal_customers
from retention_reports.presentation.measures.measure_section import present_measures
from retention_reports.presentation.new_customers.new_customer_section import present_new_customers
from retention_reports.presentation.offers.offer_section import present_offers
from retention_reports.presentation.pillars.pillar_section import present_pillars
from retention_reports.presentation.prices.price_section import present_prices
from retention_reports.presentation.programme.programme_section import present_programme
from retention_reports.presentation.sales_check.sales_check_section import present_sales_check
from retention_reports.presentation.segments.segment_section import present_segments
from retention_reports.presentation.story import Chapter
from retention_reports.presentation.ten_errors.ten_errors_section import present_ten_errors
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
    """One section of the report. `key` names its anchor, its wording file, and the heading of notes.

    `chapter` places it in the story; a `leading` one always stands in the main part of the PDF.
    """

    key: str
    present: Callable[[Context], SectionView]
    chapter: Chapter
    leading: bool = False


ANALYSES: tuple[Analysis, ...] = (
    Analysis("pillars", pillars),
    Analysis("revenue_bridge", revenue_bridge),
    Analysis("spending", spending),
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

FIGURE_SECTIONS = (*(analysis.key for analysis in ANALYSES), "recommendations", "restated")
"""All sections of `figures.json`, in their order there."""

SECTIONS: tuple[Section, ...] = (
    Section("pillars", present_pillars, Chapter.QUARTER, leading=True),
    Section("loyal_customers", present_loyal_customers, Chapter.RISKS),
    Section("forecast", present_forecast, Chapter.QUARTER),
    Section("new_customers", present_new_customers, Chapter.GROWTH),
    Section("early_warning", present_early_warning, Chapter.RISKS, leading=True),
    Section("lost_customers", present_lost_customers, Chapter.LOSSES, leading=True),
    Section("cross_selling", present_cross_selling, Chapter.GROWTH),
    Section("programme", present_programme, Chapter.GROWTH),
    Section("segments", present_segments, Chapter.GROWTH),
    Section("offers", present_offers, Chapter.GROWTH),
    Section("contacts", present_contacts, Chapter.SELLING),
    Section("prices", present_prices, Chapter.SELLING),
    Section("expectations", present_expectations, Chapter.RISKS),
    Section("sales_check", present_sales_check, Chapter.SELLING, leading=True),
    Section("ten_errors", present_ten_errors, Chapter.SELLING),
    Section("measures", present_measures, Chapter.MEASURES, leading=True),
)
"""The report shows them chapter by chapter, in each by money."""
