"""The lists to work with: who waits, what comes up, whom we know too little."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    listable,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Cell, Column, Table
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.contacts.contact_results import ContactWork, VisitedCustomer, VisitRecord
    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_PRINT_ROWS = 5
_SCREEN_ROWS = 40
_SHORT = 30


def overdue_table(context: Context, work: ContactWork) -> Table | None:
    """List who is waiting for a contact; None where nobody is."""
    listed = listable(context, Kind.CONTACT, work.overdue, _customer)
    rows = [
        (
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(entry.customer.value_class),
            text_cell(_person(entry.customer)),
            text_cell(entry.customer.sales_rep),
            permission_cell(context, entry.customer.permission),
            day_cell(context, entry.last_contact),
            count_cell(context, entry.days_over),
            money_cell(context, entry.customer.revenue),
        )
        for entry in listed
    ]
    columns = (
        *_texts(context, "customer", "class", "person", "sales_rep", "permission"),
        *_numbers(context, "last_contact", "days_over", "revenue"),
    )
    left_out = len(work.overdue) - len(listed)
    return _list(context, "overdue", columns, rows, rows_on_screen=_SCREEN_ROWS, paper=True, left_out=left_out)


def plan_table(context: Context, work: ContactWork) -> Table | None:
    """Hold contacts made against contacts due by class; None without classes."""
    rows = [
        (
            text_cell(entry.name),
            count_cell(context, entry.cadence_days),
            _rate_cell(context, entry.on_time),
            count_cell(context, entry.done),
            count_cell(context, entry.due),
            count_cell(context, entry.planned),
        )
        for entry in work.classes
    ]
    columns = (*_texts(context, "class"), *_numbers(context, "cadence", "on_time", "done", "due", "planned"))
    return _list(context, "plan", columns, rows)


def single_table(context: Context, work: ContactWork) -> Table | None:
    """List customers with one contact person or none, A customers first."""
    rows = [
        (
            customer_cell(line.name, line.customer_id),
            text_cell(line.value_class),
            text_cell(_person(line)),
            text_cell(line.sales_rep),
            count_cell(context, persons),
            money_cell(context, line.revenue),
        )
        for line, persons in (work.people.customers if work.people else ())
    ]
    columns = (*_texts(context, "customer", "class", "person", "sales_rep"), *_numbers(context, "persons", "revenue"))
    return _list(context, "single", columns, rows, rows_on_screen=_SCREEN_ROWS)


def sales_people_table(context: Context, visits: VisitRecord | None) -> Table | None:
    """Show visits and what they brought by sales person."""
    rows = [
        (
            text_cell(entry.sales_rep),
            count_cell(context, entry.with_order.n),
            _rate_cell(context, entry.with_order),
            count_cell(context, entry.customers),
            money_cell(context, entry.order_value),
        )
        for entry in (visits.by_rep if visits else ())
    ]
    columns = (*_texts(context, "rep"), *_numbers(context, "visits", "with_order", "customers", "order_value"))
    return _list(context, "reps", columns, rows)


def visited_table(context: Context, name: str, customers: Sequence[VisitedCustomer]) -> Table | None:
    """List customers who never order on visits (`never_order`), or who order without (`order_without`)."""
    rows = [
        (
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(entry.customer.value_class),
            text_cell(entry.customer.sales_rep),
            count_cell(context, entry.visits),
            count_cell(context, entry.other_purchases),
            money_cell(context, entry.customer.revenue),
        )
        for entry in customers
    ]
    columns = (
        *_texts(context, "customer", "class", "sales_rep"),
        *_numbers(context, "visits", "other_purchases", "revenue"),
    )
    return _list(context, name, columns, rows)


def decisions_table(context: Context, work: ContactWork) -> Table | None:
    """List the decision dates of the next quarter."""
    rows = [
        (
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(_person(entry.customer)),
            text_cell(entry.customer.sales_rep),
            permission_cell(context, entry.customer.permission),
            day_cell(context, entry.due_on),
            money_cell(context, entry.amount),
        )
        for entry in listable(context, Kind.DECISION_DAY, work.decisions, _customer)
    ]
    columns = (
        *_texts(context, "customer", "person", "sales_rep", "permission"),
        *_numbers(context, "due_on", "amount"),
    )
    return _list(context, "decisions", columns, rows)


def birthdays_table(context: Context, work: ContactWork) -> Table | None:
    """List the birthdays of the next quarter."""
    rows = [
        (
            text_cell(entry.person),
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(entry.customer.sales_rep),
            permission_cell(context, entry.customer.permission),
            Cell(context.formats.short_day(entry.day), sort=entry.day.isoformat()),
        )
        for entry in listable(context, Kind.BIRTHDAY, work.birthdays, _customer)
    ]
    columns = (*_texts(context, "person", "customer", "sales_rep", "permission"), *_numbers(context, "day"))
    return _list(context, "birthdays", columns, rows)


def faults_table(context: Context, work: ContactWork) -> Table | None:
    """List faults in salutations and names, and possible duplicates."""
    rows = [
        (
            text_cell(context.wording.say(f"contacts.faults.{fault.kind}")),
            text_cell(fault.customer),
            text_cell(fault.person),
            text_cell(fault.place),
        )
        for fault in work.faults
    ]
    return _list(context, "faults", _texts(context, "fault", "customer", "person", "place"), rows)


def _list(  # noqa: PLR0913 -- a table has this many independent parts
    context: Context,
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    *,
    rows_on_screen: int = _SHORT,
    paper: bool = False,
    left_out: int = 0,
) -> Table | None:
    if not rows:
        return None
    say = context.wording.say
    action = f"contacts.tables.{name}_action"
    return customer_list(
        context,
        f"contacts-{name.replace('_', '-')}",
        say(f"contacts.tables.{name}"),
        columns,
        rows,
        subtitle=say(f"contacts.tables.{name}_subtitle", currency=context.client.currency),
        action=say(action) if context.wording.has(action) else "",
        print_rows=_PRINT_ROWS,
        screen_rows=rows_on_screen,
        folded=not paper,
        on_paper=paper,
        left_out=left_out,
    )


_customer = attrgetter("customer.customer_id")


def _person(line: CustomerLine) -> str:
    return line.contact.name if line.contact else ""


def _rate_cell(context: Context, rate: Rate) -> Cell:
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share or 0))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"contacts.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"contacts.columns.{name}") for name in names))
