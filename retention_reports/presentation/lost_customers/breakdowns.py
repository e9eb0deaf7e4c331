"""The losses in detail, for the screen: by group, by department, one by one, and the chances of return."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.lost_customers.reasons import department_name, reason_name, way_cell
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    customers_cell,
    day_cell,
    money_cell,
    numeric_columns,
    screen_table,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.lost_customers.leaver_results import PassedOn
    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers, LostGroup
    from retention_reports.analyses.lost_customers.win_back_results import ChanceBand
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column

_SCREEN_ROWS = 60


def group_table(context: Context, name: str, groups: Sequence[LostGroup]) -> Table | None:
    """Show the losses by segment, value class, or sales person (`segments`, `classes`, `people`); None without any."""
    noticed = context.knows("lost_customers", "lost_12m.by_notice")
    rows = tuple(
        (
            text_cell(group.name or context.wording.say("lost_customers.tables.nameless")),
            replace(_rate_cell(context, group.lost), customers=group.lost.k),
            count_cell(context, group.by_notice if noticed else None),
            money_cell(context, group.revenue_year),
            money_cell(context, group.lifetime_value),
        )
        for group in groups
        if group.lost.n
    )
    columns = (*_texts(context, name), *_numbers(context, "lost_of", "by_notice", "revenue_year", "lifetime"))
    return _table(context, name, columns, rows)


def departments_table(context: Context, lost: LostCustomers) -> Table | None:
    """Show which department can act on how many losses, and how many it has heard of; None without any."""
    heard = {one.department: one for one in lost.told.departments}
    rows = tuple(
        (
            text_cell(department_name(context, share.name)),
            customers_cell(context, share.customers),
            money_cell(context, share.revenue_year),
            *(_heard(context, heard[share.name]) if heard else ()),
        )
        for share in lost.departments
    )
    numbers = ("customers", "revenue_year", *(("passed_on", "passed_on_after") if heard else ()))
    return _table(context, "departments", (*_texts(context, "department"), *_numbers(context, *numbers)), rows)


def _heard(context: Context, one: PassedOn) -> tuple[Cell, ...]:
    days = unknown_cell(context) if one.days is None else Cell(context.formats.number(one.days), sort=str(one.days))
    return (Cell(context.formats.k_of_n(one.reached)), days)


def chances_table(context: Context, lost: LostCustomers) -> Table | None:
    """Show who came back within a year by time since leaving; None where nobody has been lost that long."""
    known = [band for band in lost.chances if band.chance is not None]
    rows = tuple(
        (
            text_cell(_days(context, band)),
            _rate_cell(context, band.returned),
            Cell(context.formats.percent(float(band.chance or 0), 0)),
        )
        for band in known
    )
    table = _table(context, "chances", (*_texts(context, "days"), *_numbers(context, "came_back", "chance")), rows)
    return None if table is None else replace(table, subtitle=f"{table.subtitle}; {_chance_test(context, lost)}")


def _chance_test(context: Context, lost: LostCustomers) -> str:
    """Say how chances by time since leaving did in past years, beside one chance for all."""
    say, test = context.wording.say, lost.chance_test
    if test is None:
        return say("lost_customers.tables.chances_untested")
    key = "chances_by_time" if test.by_time else "chances_constant"
    errors = {"error": test.error, "constant": test.constant_error}
    numbers = {name: context.formats.number(float(error), 3) for name, error in errors.items()}
    return say(f"lost_customers.tables.{key}", n=context.formats.count(test.customers), **numbers)


def losses_table(context: Context, lost: LostCustomers) -> Table | None:
    """List the lost customers with what is known of each; None without any."""
    if not lost.customers:
        return None
    say = context.wording.say
    return customer_list(
        context,
        "losses",
        say("lost_customers.tables.losses"),
        (
            *_texts(context, "customer", "segment", "class", "way", "reason", "competitor"),
            *_numbers(context, "last_purchase", "revenue_year"),
        ),
        [_loss_row(context, entry) for entry in lost.customers],
        subtitle=say("lost_customers.tables.losses_subtitle", currency=context.client.currency),
        action=say("lost_customers.tables.losses_action"),
        screen_rows=_SCREEN_ROWS,
        folded=True,
        on_paper=False,
    )


def _loss_row(context: Context, entry: LostCustomer) -> tuple[Cell, ...]:
    return (
        customer_cell(entry.name, entry.customer_id),
        _optional(context, entry.segment),
        _optional(context, entry.value_class),
        way_cell(context, by_notice=entry.by_notice),
        text_cell(entry.note.word or reason_name(context, entry.note.reason)),
        _optional(context, entry.note.competitor),
        day_cell(context, entry.last_purchase),
        money_cell(context, entry.revenue_year),
    )


def _table(
    context: Context, name: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Table | None:
    say = context.wording.say
    return screen_table(
        f"losses-{name}",
        say(f"lost_customers.tables.{name}"),
        columns,
        rows,
        subtitle=say(f"lost_customers.tables.{name}_subtitle", currency=context.client.currency),
    )


def _days(context: Context, band: ChanceBand) -> str:
    first = context.formats.count(band.from_day)
    if band.until_day is None:
        return context.wording.say("lost_customers.tables.days_from", first=first)
    last = context.formats.count(band.until_day)
    return context.wording.say("lost_customers.tables.days_between", first=first, last=last)


def _optional(context: Context, text: str) -> Cell:
    return text_cell(text) if text else unknown_cell(context)


def _rate_cell(context: Context, rate: Rate) -> Cell:
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share or 0))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))
