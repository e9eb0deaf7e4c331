"""What an analysis gets: the data known on a quarter's last day, and what several analyses derive from it alike."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.model.contact_cadence import contacts
from retention_reports.model.customer_lines import CustomerLines
from retention_reports.model.known_data import KnownData
from retention_reports.model.lapses import lapses
from retention_reports.model.product_lines import product_lines
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.contact_cadence import Contacts
    from retention_reports.model.lapses import Lapses
    from retention_reports.model.product_lines import ProductLines


@record
class Dataset(KnownData):
    """One client as of one cut-off. What is derived is derived once, when somebody first asks for it."""

    @cached_property
    def product_lines(self) -> ProductLines | None:
        """What was sold to whom, product by product; None where the client has no order lines."""
        return product_lines(self)

    @cached_property
    def lapses(self) -> Lapses:
        """When customers left and when they came back."""
        return lapses(self.ledger, self.cut_off)

    @cached_property
    def contacts(self) -> Contacts | None:
        """Done contacts and visits by customer; None where the client keeps no record of contacts."""
        return contacts(self)

    @cached_property
    def customer_lines(self) -> CustomerLines:
        """How lists name each customer."""
        return CustomerLines(self)
