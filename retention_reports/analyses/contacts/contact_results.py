"""What the work with contacts amounts to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.customer_lines import CustomerLine


@record
class ContactClass:
    """One value class of active customers: the cadence due, who keeps to it, and contacts of the last twelve months.

    `done` counts carried-out contacts and visits, `planned` those planned for a day up to the cut-off and not carried
    out, `due` those that the cadence asks of all its customers in 365 days. `overdue_revenue` is in ten-thousandths.
    """

    name: str
    cadence_days: int
    on_time: Rate
    overdue_revenue: int
    done: int
    planned: int
    due: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `contacts.classes`."""
        return {
            "class": self.name,
            "cadence_days": self.cadence_days,
            **self.on_time.figures("on_time"),
            "overdue_revenue": money_figure(self.overdue_revenue),
            "contacts_12m": self.done,
            "planned_not_done_12m": self.planned,
            "due_12m": self.due,
        }


@record
class OverdueCustomer:
    """An active customer who has waited longer than its class's cadence; `last_contact` None: never on record."""

    customer: CustomerLine
    last_contact: date | None
    days_over: int
    missed_plan: date | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `contacts.overdue`."""
        return {
            "customer_id": self.customer.customer_id,
            "class": self.customer.value_class,
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
            "days_over": self.days_over,
            "planned_not_done": self.missed_plan.isoformat() if self.missed_plan else None,
            "permission": self.customer.permission,
        }


@record
class FewContacts:
    """Active customers with fewer than two contact persons on record, by class and revenue, largest first.

    `one` counts those with exactly one among all active customers, `one_in_a` the same among A customers, `none` those
    without any. `customers` pairs the line with the number of persons (0 or 1).
    """

    one: Rate
    one_in_a: Rate
    none: int
    customers: tuple[tuple[CustomerLine, int], ...]

    def figures(self) -> dict[str, Figure]:
        """Return the keys of one contact person."""
        return {
            **self.one.figures("one_contact"),
            **self.one_in_a.figures("one_contact_a"),
            "no_contact": self.none,
            "one_contact_customers": [line.customer_id for line, persons in self.customers if persons == 1],
        }


@record
class VisitsBy:
    """The last twelve months' visits by one sales person; `with_order`: with an order not cancelled."""

    sales_rep: str
    with_order: Rate
    customers: int
    order_value: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `contacts.visits.by_sales_rep`."""
        return {
            "sales_rep": self.sales_rep,
            **self.with_order.figures("orders_per_visit"),
            "customers": self.customers,
            "order_value": money_figure(self.order_value),
        }


@record
class VisitedCustomer:
    """An active customer's twelve months: visits, those with an order, and purchases outside of visits."""

    customer: CustomerLine
    visits: int
    with_order: int
    other_purchases: int


@record
class VisitRecord:
    """Visits of the last twelve months, over all and by sales person.

    `never_order` lists active customers with at least two visits and no order on any, `order_without` active customers
    who bought and were not visited; both by revenue, largest first. `visited` counts active customers with a visit.
    """

    with_order: Rate
    by_rep: tuple[VisitsBy, ...]
    visited: Rate
    never_order: tuple[VisitedCustomer, ...]
    order_without: tuple[VisitedCustomer, ...]

    def figures(self) -> dict[str, Figure]:
        """Return `contacts.visits`."""
        return {
            **self.with_order.figures("orders_per_visit"),
            **self.visited.figures("visited"),
            "by_sales_rep": [entry.figures() for entry in self.by_rep],
            "never_order_on_visits": [entry.customer.customer_id for entry in self.never_order],
            "order_without_visits": [entry.customer.customer_id for entry in self.order_without],
        }


@record
class DecisionDate:
    """An open offer on which the customer decides in the next quarter; the amount is in ten-thousandths."""

    customer: CustomerLine
    offer_id: str
    due_on: date
    amount: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `contacts.decisions`."""
        return {
            "offer_id": self.offer_id,
            "customer_id": self.customer.customer_id,
            "due_on": self.due_on.isoformat(),
            "amount": money_figure(self.amount),
            "permission": self.customer.permission,
        }


@record
class Birthday:
    """A contact person at an active customer whose birthday falls into the next quarter."""

    customer: CustomerLine
    person: str
    day: date

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `contacts.birthdays`."""
        return {
            "customer_id": self.customer.customer_id,
            "day": self.day.isoformat(),
            "permission": self.customer.permission,
        }


@record
class AddressFault:
    """Something that would annoy the addressee.

    `kind`: no_salutation, capitals, contradictory_salutation, duplicate. The first two name customer and person, the
    others the place in the client's files that the check reported. `customer_id` is "" where only the place is known.
    """

    kind: str
    customer: str
    person: str
    place: str
    customer_id: str = ""


@record
class ContactWork:
    """The section `contacts`; parts whose file is missing are None (lists: empty)."""

    classes: tuple[ContactClass, ...]
    overdue: tuple[OverdueCustomer, ...]
    people: FewContacts | None
    visits: VisitRecord | None
    decisions: tuple[DecisionDate, ...]
    birthdays: tuple[Birthday, ...]
    faults: tuple[AddressFault, ...]
    missing: tuple[Missing, ...]

    def fault_count(self, kind: str) -> int:
        """Return how many faults of a kind there are."""
        return sum(1 for fault in self.faults if fault.kind == kind)

    def figures(self) -> dict[str, Figure]:
        """Return the section `contacts` of `figures.json`."""
        gone = {entry.key for entry in self.missing}
        return {
            "classes": None if "classes" in gone else [entry.figures() for entry in self.classes],
            "overdue": None if "classes" in gone else [entry.figures() for entry in self.overdue],
            **(self.people.figures() if self.people else NO_PEOPLE),
            "visits": self.visits.figures() if self.visits else None,
            "decisions": None if "decisions" in gone else [entry.figures() for entry in self.decisions],
            "birthdays": None if "birthdays" in gone else [entry.figures() for entry in self.birthdays],
            "address_faults": {kind: self.fault_count(kind) for kind in FAULT_KINDS},
            "missing": missing_figures(self.missing),
        }


NO_PEOPLE: dict[str, Figure] = {
    **rate_figures("one_contact", None),
    **rate_figures("one_contact_a", None),
    "no_contact": None,
    "one_contact_customers": None,
}
FAULT_KINDS = ("no_salutation", "capitals", "contradictory_salutation", "duplicate")
