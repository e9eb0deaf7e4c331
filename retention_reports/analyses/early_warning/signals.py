"""All signals of all customers at one cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.buying_signals import (
    assortment_dropped,
    order_value_falling,
    rhythm_broken,
)
from retention_reports.analyses.early_warning.care_signals import contact_overdue, dissatisfied, offer_overdue
from retention_reports.analyses.early_warning.early_warning_results import Signal
from retention_reports.analyses.early_warning.finding import Finding
from retention_reports.analyses.early_warning.neglect import neglected
from retention_reports.model.figures import Missing
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.contact_cadence import Contacts
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.product_lines import ProductLines

SIGNALS = (
    "rhythm_broken",
    "order_value_falling",
    "category_dropped",
    "product_dropped",
    "contact_overdue",
    "dissatisfied",
    "offer_overdue",
    "neglected",
)
"""The signals in the order in which a customer's reasons are told."""


@record
class SignalBoard:
    """Signals at a cut-off: flags of active customers by key, for the signals that the data can show."""

    active: Flags
    findings: Mapping[str, Finding]
    contacts: Contacts | None
    missing: tuple[Missing, ...]

    @property
    def flags(self) -> dict[str, Flags]:
        """Tell by signal which active customers show it."""
        return {key: found.customers & self.active for key, found in self.findings.items()}

    @property
    def any_signal(self) -> Flags:
        """Tell which active customers show at least one signal."""
        shown: Flags = np.any([np.zeros_like(self.active), *self.flags.values()], axis=0)
        return shown

    def of(self, customer: int) -> tuple[Signal, ...]:
        """Return a customer's signals with their numbers."""
        return tuple(
            Signal(key, self.findings[key].facts(customer))
            for key in SIGNALS
            if key in self.findings and self.findings[key].customers[customer]
        )


def signal_board(dataset: Dataset, lines: ProductLines | None) -> SignalBoard:
    """Work out every signal as of the dataset's cut-off. Of `lines` those after it are passed over."""
    met = dataset.contacts
    category, product = assortment_dropped(dataset, lines)
    results = (
        rhythm_broken(dataset),
        order_value_falling(dataset),
        category,
        product,
        contact_overdue(dataset, met),
        dissatisfied(dataset),
        offer_overdue(dataset),
        neglected(dataset, met, lines),
    )
    return SignalBoard(
        active=dataset.ledger.active(dataset.cut_off),
        findings={found.key: found for found in results if isinstance(found, Finding)},
        contacts=met,
        missing=tuple(found for found in results if isinstance(found, Missing)),
    )
