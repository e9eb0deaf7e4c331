"""How lists name a customer: who it is, what it is worth, who looks after it, and whether one may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.addressees import main_contacts, responsible_people
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_reports.model.addressees import Addressee
    from retention_reports.model.known_data import KnownData


@record
class CustomerLine:
    """Who a line of a list is about. `revenue` is of the last twelve months in ten-thousandths.

    `permission` to write is yes, no or unknown; `sales_rep` is "" where nobody is on record.
    """

    customer_id: str
    name: str
    segment: str
    value_class: str
    revenue: int
    sales_rep: str
    permission: str
    contact: Addressee | None


class CustomerLines:
    """Makes the line of any customer by its row number."""

    def __init__(self, known: KnownData) -> None:
        """Look up what all lines need once."""
        self.identifiers = known.customers["customer_id"].tolist()
        self.names = known.customers["name"].tolist()
        self.segments = known.customers["segment"].tolist()
        self.permissions = known.customers["email_permission"].tolist()
        self.classes = known.value_classes(known.cut_off).tolist()
        self.revenue = known.revenue_between(known.year_ago, known.cut_off).tolist()
        self.people = main_contacts(known)
        self.reps = responsible_people(known).tolist()

    def line(self, row: int) -> CustomerLine:
        """Return the line of one customer."""
        return CustomerLine(
            customer_id=self.identifiers[row],
            name=self.names[row],
            segment=self.segments[row],
            value_class=self.classes[row],
            revenue=self.revenue[row],
            sales_rep=self.reps[row],
            permission=self.permissions[row],
            contact=self.people.get(row),
        )

    def by_revenue(self, rows: Iterable[int]) -> Iterator[tuple[int, CustomerLine]]:
        """Yield customers with their lines, larger revenue (and so the higher value class) first, ties by id."""
        ranked = sorted((int(row) for row in rows), key=lambda row: (-self.revenue[row], self.identifiers[row]))
        return ((row, self.line(row)) for row in ranked)
