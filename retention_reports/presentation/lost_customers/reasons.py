"""Why customers left: the reasons by the revenue they took, and who can act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.tables import (
    count_cell,
    customers_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Chart, Table

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LossShare, LostCustomers, ReasonGroup
    from retention_reports.model.loss_reasons import LossReason
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell

_BARS = 8
_COMPETITORS = 4
AVOIDABLE = "avoidable"
_ROLES = {True: Role.LOST, False: Role.UNASSIGNED, None: Role.PREVIOUS}
_AVOIDABILITY = {True: AVOIDABLE, False: "unavoidable", None: "unknown"}


def reasons_chart(context: Context, lost: LostCustomers) -> Chart | None:
    """Rank the reasons by yearly revenue; None without reasons on record or without losses."""
    shown = [group for group in lost.reasons if group.customers]
    if not shown:
        return None
    say, priced = context.wording.say, lost.now.revenue_year is not None
    title = _title(context, lost)
    svg = draw_ranked_bars(
        RankedBars(
            identifier="loss-reasons",
            title=title,
            description=say("lost_customers.reasons.description", n=context.formats.count(len(shown))),
            width=HALF_WIDTH,
            bars=tuple(_bar(context, group, priced=priced) for group in shown[:_BARS]),
        )
    )
    subtitle = (
        say("lost_customers.reasons.subtitle", unit=context.formats.thousands_unit)
        if priced
        else say("lost_customers.reasons.subtitle_count")
    )
    return Chart(title, subtitle, svg, _numbers(context, lost), _competitors(context, lost.competitors))


def reason_name(context: Context, reason: LossReason) -> str:
    """Return the reason in words."""
    return context.wording.say(f"lost_customers.reason.{reason.key}")


def department_name(context: Context, department: str) -> str:
    """Return a department in words; the client's own word stays as it is."""
    key = f"lost_customers.department.{department}"
    return context.wording.say(key) if context.wording.has(key) else department


def avoidable_share(lost: LostCustomers) -> LossShare | None:
    """Return the customers lost for avoidable reasons; None without any."""
    return next((share for share in lost.by_avoidability if share.name == AVOIDABLE), None)


def main_avoidable(lost: LostCustomers) -> ReasonGroup | None:
    """Return the avoidable reason that took the most revenue; None without any."""
    return next((group for group in lost.reasons if group.reason.avoidable and group.customers), None)


def _title(context: Context, lost: LostCustomers) -> str:
    avoidable = avoidable_share(lost)
    number = avoidable.customers if avoidable else 0
    money = avoidable.revenue_year if avoidable else None
    all_lost = context.formats.count(len(lost.customers))
    key = "title" if money is None else "title_money"
    values = {} if money is None else {"money": context.formats.money_short(money)}
    return context.wording.count(
        f"lost_customers.reasons.{key}", number, n=context.formats.count(number), all=all_lost, **values
    )


def _bar(context: Context, group: ReasonGroup, *, priced: bool) -> RankedBar:
    formats = context.formats
    people = formats.count(group.customers)
    if group.customers_before is not None:
        before = formats.count(group.customers_before)
        people = context.wording.say("lost_customers.reasons.people", now=people, before=before)
    value = (group.revenue_year or 0) / THOUSAND if priced else float(group.customers)
    text = f"{formats.bare_thousands(group.revenue_year or 0)} · {people}" if priced else people
    return RankedBar(
        _label(context, group.reason),
        Value(value, text),
        role=_ROLES[group.reason.avoidable],
    )


def _label(context: Context, reason: LossReason) -> str:
    """Name the reason, and beside it who can act or that nobody can."""
    name = reason_name(context, reason)
    if reason.avoidable is None:
        return name
    beside = (
        department_name(context, reason.department)
        if reason.department
        else context.wording.say("lost_customers.avoidable.unavoidable")
    )
    return context.wording.say("lost_customers.reasons.label", reason=name, beside=beside)


def _competitors(context: Context, competitors: tuple[LossShare, ...]) -> str:
    if not competitors:
        return ""
    named = [
        context.wording.count(
            "lost_customers.reasons.competitor",
            entry.customers,
            name=entry.name,
            n=context.formats.count(entry.customers),
        )
        for entry in competitors[:_COMPETITORS]
    ]
    return context.wording.say("lost_customers.reasons.competitors", names=context.formats.listing(named))


def _numbers(context: Context, lost: LostCustomers) -> Table:
    say = context.wording.say
    rows = tuple(
        (
            text_cell(reason_name(context, group.reason)),
            text_cell(say(f"lost_customers.avoidable.{_AVOIDABILITY[group.reason.avoidable]}")),
            text_cell(say(f"lost_customers.driver.{group.reason.driver}")),
            text_cell(department_name(context, group.reason.department) or say("common.nothing")),
            customers_cell(context, group.customers),
            count_cell(context, group.customers_before),
            money_cell(context, group.revenue_year),
        )
        for group in lost.reasons
    )
    texts, numbers = ("reason", "avoidable", "driver", "department"), ("customers", "before", "revenue_year")
    return Table(
        identifier="loss-reasons-numbers",
        title=say("lost_customers.tables.reasons"),
        subtitle=say("lost_customers.tables.reasons_subtitle", currency=context.client.currency),
        columns=(
            *text_columns(*(say(f"lost_customers.columns.{name}") for name in texts)),
            *numeric_columns(*(say(f"lost_customers.columns.{name}") for name in numbers)),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def way_cell(context: Context, *, by_notice: bool) -> Cell:
    """Say whether a customer gave notice or went silently; unknown where no notices are kept."""
    if not context.knows("lost_customers", "lost_12m.by_notice"):
        return unknown_cell(context)
    return text_cell(context.wording.say(f"lost_customers.ways.{'notice' if by_notice else 'silent'}"))
