"""The lists to work with: who waits, what comes up, whom we know too little."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from retention_reports.presentation.columns import (
    ColumnOf,
    count,
    customer,
    day,
    money,
    permission,
    person,
    rate,
    section_list,
    text,
    worded,
)
from retention_reports.presentation.tables import listable
from retention_reports.presentation.view import Cell
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.contacts.contact_results import (
        AddressFault,
        Birthday,
        ContactClass,
        ContactWork,
        DecisionDate,
        OverdueCustomer,
        VisitedCustomer,
        VisitRecord,
        VisitsBy,
    )
    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Table

_SCREEN_ROWS = 40
_SHORT = 30

_OVERDUE: Columns[OverdueCustomer] = (
    customer("customer", lambda entry: entry.customer),
    text("class", lambda entry: entry.customer.value_class),
    person("person", lambda entry: entry.customer.contact),
    text("sales_rep", lambda entry: entry.customer.sales_rep),
    permission("permission", lambda entry: entry.customer.permission),
    day("last_contact", lambda entry: entry.last_contact),
    count("days_over", lambda entry: entry.days_over),
    money("revenue", lambda entry: entry.customer.revenue),
)
_PLAN: Columns[ContactClass] = (
    text("class", lambda entry: entry.name),
    count("cadence", lambda entry: entry.cadence_days),
    rate("on_time", lambda entry: entry.on_time),
    count("done", lambda entry: entry.done),
    count("due", lambda entry: entry.due),
    count("planned", lambda entry: entry.planned),
)
_SINGLE: Columns[tuple[CustomerLine, int]] = (
    customer("customer", lambda entry: entry[0]),
    text("class", lambda entry: entry[0].value_class),
    person("person", lambda entry: entry[0].contact),
    text("sales_rep", lambda entry: entry[0].sales_rep),
    count("persons", lambda entry: entry[1]),
    money("revenue", lambda entry: entry[0].revenue),
)
_SALES_PEOPLE: Columns[VisitsBy] = (
    text("rep", lambda entry: entry.sales_rep),
    count("visits", lambda entry: entry.with_order.n),
    rate("with_order", lambda entry: entry.with_order),
    count("customers", lambda entry: entry.customers),
    money("order_value", lambda entry: entry.order_value),
)
_VISITED: Columns[VisitedCustomer] = (
    customer("customer", lambda entry: entry.customer),
    text("class", lambda entry: entry.customer.value_class),
    text("sales_rep", lambda entry: entry.customer.sales_rep),
    count("visits", lambda entry: entry.visits),
    count("other_purchases", lambda entry: entry.other_purchases),
    money("revenue", lambda entry: entry.customer.revenue),
)
_DECISIONS: Columns[DecisionDate] = (
    customer("customer", lambda entry: entry.customer),
    person("person", lambda entry: entry.customer.contact),
    text("sales_rep", lambda entry: entry.customer.sales_rep),
    permission("permission", lambda entry: entry.customer.permission),
    day("due_on", lambda entry: entry.due_on),
    money("amount", lambda entry: entry.amount),
)
_BIRTHDAYS: Columns[Birthday] = (
    text("person", lambda entry: entry.person),
    customer("customer", lambda entry: entry.customer),
    text("sales_rep", lambda entry: entry.customer.sales_rep),
    permission("permission", lambda entry: entry.customer.permission),
    ColumnOf("day", lambda context, entry: Cell(context.formats.short_day(entry.day), sort=entry.day.isoformat())),
)
_FAULTS: Columns[AddressFault] = (
    worded("fault", lambda context, fault: context.wording.say(f"contacts.faults.{fault.kind}")),
    text("customer", lambda fault: fault.customer),
    text("person", lambda fault: fault.person),
    text("place", lambda fault: fault.place),
)

_customer = attrgetter("customer.customer_id")


def overdue_table(context: Context, work: ContactWork) -> Table | None:
    """List who is waiting for a contact; None where nobody is."""
    listed = listable(context, Kind.CONTACT, work.overdue, _customer)
    left_out = len(work.overdue) - len(listed)
    return section_list(
        context, "contacts", "overdue", _OVERDUE, listed, screen_rows=_SCREEN_ROWS, on_paper=True, left_out=left_out
    )


def plan_table(context: Context, work: ContactWork) -> Table | None:
    """Hold contacts made against contacts due by class; None without classes."""
    return section_list(context, "contacts", "plan", _PLAN, work.classes, screen_rows=_SHORT)


def single_table(context: Context, work: ContactWork) -> Table | None:
    """List customers with one contact person or none, A customers first."""
    customers = work.people.customers if work.people else ()
    return section_list(context, "contacts", "single", _SINGLE, customers, screen_rows=_SCREEN_ROWS)


def sales_people_table(context: Context, visits: VisitRecord | None) -> Table | None:
    """Show visits and what they brought by sales person."""
    by_rep = visits.by_rep if visits else ()
    return section_list(context, "contacts", "reps", _SALES_PEOPLE, by_rep, screen_rows=_SHORT)


def visited_table(context: Context, name: str, customers: Sequence[VisitedCustomer]) -> Table | None:
    """List customers who never order on visits (`never_order`), or who order without (`order_without`)."""
    return section_list(context, "contacts", name, _VISITED, customers, screen_rows=_SHORT)


def decisions_table(context: Context, work: ContactWork) -> Table | None:
    """List the decision dates of the next quarter."""
    listed = listable(context, Kind.DECISION_DAY, work.decisions, _customer)
    return section_list(context, "contacts", "decisions", _DECISIONS, listed, screen_rows=_SHORT)


def birthdays_table(context: Context, work: ContactWork) -> Table | None:
    """List the birthdays of the next quarter."""
    listed = listable(context, Kind.BIRTHDAY, work.birthdays, _customer)
    return section_list(context, "contacts", "birthdays", _BIRTHDAYS, listed, screen_rows=_SHORT)


def faults_table(context: Context, work: ContactWork) -> Table | None:
    """List faults in salutations and names, and possible duplicates."""
    return section_list(context, "contacts", "faults", _FAULTS, work.faults, screen_rows=_SHORT)
