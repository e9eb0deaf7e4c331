"""What leavers tell in their own words, and what winning them back brings besides revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.lost_customers.reasons import department_name, reason_name
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.leaver_results import Brought, WinBackBenefits
    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.presentation.context import Context

_SCREEN_ROWS = 60


def words_table(context: Context, lost: LostCustomers) -> Table | None:
    """List what lost customers said, by the department that can act on it; None where nothing is noted."""
    if not lost.told.words:
        return None
    say = context.wording.say
    texts = ("department", "customer", "competitor", "reason", "words")
    numbers = ("passed_on_after", "revenue_year")
    return customer_list(
        context,
        "leavers-words",
        say("lost_customers.tables.words"),
        (
            *text_columns(*(say(f"lost_customers.columns.{name}") for name in texts)),
            *numeric_columns(*(say(f"lost_customers.columns.{name}") for name in numbers)),
        ),
        [_row(context, entry) for entry in lost.told.words],
        subtitle=say("lost_customers.tables.words_subtitle", currency=context.client.currency),
        action=say("lost_customers.tables.words_action"),
        screen_rows=_SCREEN_ROWS,
        on_paper=False,
    )


def benefits_table(context: Context, lost: LostCustomers) -> Table | None:
    """Show the five benefits of win-back, each in the client's own figures; None where nobody has ever come back."""
    found = lost.benefits
    if not found.loyalty.n and not found.earnings.customers:
        return None
    say = context.wording.say
    return Table(
        identifier="win-back-benefits",
        title=say("lost_customers.tables.benefits"),
        subtitle=say("lost_customers.tables.benefits_subtitle"),
        columns=text_columns(*(say(f"lost_customers.columns.{name}") for name in ("benefit", "own_figure"))),
        rows=tuple(
            (text_cell(say(f"lost_customers.benefits.{name}")), cell) for name, cell in _told(context, found).items()
        ),
        folded=True,
        on_paper=False,
    )


def passed_on_sentence(context: Context, lost: LostCustomers) -> str:
    """Tell how many notes have reached the department that can act; "" where that is not kept or concerns nobody."""
    whole = lost.told.passed_on
    if whole is None or not whole.reached.n:
        return ""
    rate = context.formats.k_of_n(whole.reached)
    if whole.days is None:
        return context.wording.say("lost_customers.passed_on.none", n=context.formats.count(whole.reached.n))
    return context.wording.say("lost_customers.passed_on.after", rate=rate, days=context.formats.number(whole.days))


def _row(context: Context, entry: LostCustomer) -> tuple[Cell, ...]:
    note = entry.note
    return (
        _optional(context, department_name(context, note.department) if note.department else ""),
        customer_cell(entry.name, entry.customer_id),
        _optional(context, note.competitor),
        text_cell(note.word or reason_name(context, note.reason)),
        text_cell(note.remark),
        count_cell(context, note.days_to_department),
        money_cell(context, entry.revenue_year),
    )


def _optional(context: Context, text: str) -> Cell:
    return text_cell(text) if text else unknown_cell(context)


def _told(context: Context, found: WinBackBenefits) -> dict[str, Cell]:
    formats, say = context.formats, context.wording.say
    rates = {"loyalty": found.loyalty, "competition": found.competition, "knowledge": found.knowledge}
    said = {
        name: text_cell(say(f"lost_customers.benefits.{name}_figure", rate=formats.k_of_n(rate)))
        if rate is not None and rate.n
        else unknown_cell(context)
        for name, rate in rates.items()
    }
    said["earnings"] = _brought(context, "earnings", found.earnings)
    said["reputation"] = (
        unknown_cell(context) if found.reputation is None else _brought(context, "reputation", found.reputation)
    )
    return {name: said[name] for name in ("earnings", "loyalty", "reputation", "competition", "knowledge")}


def _brought(context: Context, name: str, found: Brought) -> Cell:
    formats = context.formats
    text = context.wording.count(
        f"lost_customers.benefits.{name}_figure",
        found.customers,
        n=formats.count(found.customers),
        money=formats.money_of(found.customers, found.revenue),
    )
    return text_cell(text)
