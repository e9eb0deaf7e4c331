"""The analyses that recommendations rest on, as of one cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from retention_reports.analyses.contacts.contact_analysis import contacts
from retention_reports.analyses.contacts.contact_results import ContactWork
from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling
from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
from retention_reports.analyses.expectations.expectation_analysis import expectations
from retention_reports.analyses.expectations.expectation_results import Expectations
from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
from retention_reports.analyses.lost_customers.win_back import leavers
from retention_reports.analyses.loyal_customers.loyal_customer_analysis import bonds
from retention_reports.analyses.loyal_customers.loyal_customer_results import Bonds, LoyalCustomers
from retention_reports.analyses.measures.measure_analysis import measures
from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.analyses.new_customers.new_customer_analysis import beginners
from retention_reports.analyses.new_customers.new_customer_results import Beginners, NewCustomers
from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.analyses.offers.offer_results import Offers
from retention_reports.analyses.prices.price_analysis import prices
from retention_reports.analyses.prices.price_results import Prices
from retention_reports.analyses.sales_check.sales_check_analysis import sales_check
from retention_reports.analyses.sales_check.sales_check_results import SalesCheck
from retention_reports.model.lapse_reasons import explained_lapses
from retention_reports.model.ledger import day_number
from retention_reports.model.loss_reasons import loss_records
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.analyses.lost_customers.win_back import Leavers
    from retention_reports.model.dataset import Dataset

Result = TypeVar("Result")


@record
class Findings:
    """What the register is made from. `leavers` stand for `lost.win_back` where a quarter is looked back on."""

    dataset: Dataset
    contacts: ContactWork
    cross_selling: CrossSelling
    early_warning: EarlyWarning
    expectations: Expectations
    lost: LostCustomers
    loyal: LoyalCustomers | Bonds
    measures: Measures
    new: NewCustomers | Beginners
    offers: Offers
    prices: Prices
    sales_check: SalesCheck
    leavers: Leavers | None = None


def findings_among(dataset: Dataset, results: Iterable[object]) -> Findings:
    """Pick the results that the register needs out of those of all analyses.

    Raises:
        LookupError: one of them is missing.
    """
    made = list(results)

    def of(kind: type[Result]) -> Result:
        for result in made:
            if isinstance(result, kind):
                return result
        message = f"no result of type {kind.__name__}"
        raise LookupError(message)

    return Findings(
        dataset=dataset,
        contacts=of(ContactWork),
        cross_selling=of(CrossSelling),
        early_warning=of(EarlyWarning),
        expectations=of(Expectations),
        lost=of(LostCustomers),
        loyal=of(LoyalCustomers),
        measures=of(Measures),
        new=of(NewCustomers),
        offers=of(Offers),
        prices=of(Prices),
        sales_check=of(SalesCheck),
    )


def findings_at(dataset: Dataset) -> Findings:
    """Run the analyses that the register needs, as of an earlier cut-off, without what it does not ask for."""
    told = explained_lapses(dataset.lapses, loss_records(dataset), day_number(dataset.cut_off))
    return Findings(
        dataset=dataset,
        contacts=contacts(dataset, of_past=True),
        cross_selling=cross_selling(dataset, of_past=True),
        early_warning=early_warning(dataset, of_past=True),
        expectations=expectations(dataset),
        lost=lost_customers(dataset, of_past=True),
        loyal=bonds(dataset),
        measures=measures(dataset, of_past=True),
        new=beginners(dataset),
        offers=offers(dataset),
        prices=prices(dataset, of_past=True),
        sales_check=sales_check(dataset),
        leavers=leavers(dataset, told),
    )
