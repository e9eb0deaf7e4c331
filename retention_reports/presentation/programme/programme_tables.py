"""The lists of the programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.programme.gaps import largest_gap
from retention_reports.presentation.tables import (
    count_cell,
    customer_list,
    customers_cell,
    day_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column, Table

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import Programme, Sales, Seller
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_ROWS_ON_SCREEN = 60
_SELLERS_ON_PAPER = 6
_NEW_ON_PAPER = 4


def sellers_table(context: Context, programme: Programme) -> Table | None:
    """Compare the sales people; None where orders name none."""
    if not programme.sellers:
        return None
    say = context.wording.say
    rows = tuple(_seller_row(context, programme, seller) for seller in programme.sellers)
    return Table(
        identifier="programme-sellers",
        title=say("programme.tables.sellers"),
        subtitle=say("programme.tables.sellers_subtitle"),
        action=say("programme.tables.sellers_action"),
        columns=(
            *_texts(context, "seller", "gap_category"),
            *_numbers(context, "customers", "products", "gap", "breadth"),
        ),
        rows=rows,
        print_rows=_SELLERS_ON_PAPER,
    )


def new_products_table(context: Context, programme: Programme) -> Table | None:
    """List products introduced in the last twelve months; None without any."""
    if not programme.new_products:
        return None
    say = context.wording.say
    rows = tuple(
        (
            text_cell(product.name),
            text_cell(product.category or say("common.nothing")),
            day_cell(context, product.introduced_on),
            rate_cell(context, product.buyers),
            money_cell(context, product.revenue),
        )
        for product in programme.new_products
    )
    return Table(
        identifier="programme-new-products",
        title=say("programme.tables.new_products"),
        subtitle=say("programme.tables.new_products_subtitle", currency=context.client.currency),
        action=say("programme.tables.new_products_action"),
        columns=(*_texts(context, "product", "category"), *_numbers(context, "introduced", "uptake", "revenue")),
        rows=rows,
        print_rows=_NEW_ON_PAPER,
    )


def categories_table(context: Context, programme: Programme) -> Table | None:
    """Show all categories with revenue and customers, now and before; only on screen."""
    if not programme.categories:
        return None
    say = context.wording.say
    rows = tuple(
        (
            text_cell(entry.category or say("programme.tables.no_category")),
            count_cell(context, entry.products),
            *_sales_cells(context, entry.sales),
        )
        for entry in programme.categories
    )
    return Table(
        identifier="programme-categories",
        title=say("programme.tables.categories"),
        subtitle=say("programme.tables.sales_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "category"), *_numbers(context, "on_offer"), *_sales_columns(context)),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def products_table(context: Context, programme: Programme) -> Table:
    """List the products with most revenue; only on screen."""
    say = context.wording.say
    rows = tuple(
        (
            text_cell(product.name),
            text_cell(product.category or say("common.nothing")),
            *_sales_cells(context, product.sales),
        )
        for product in programme.products[:_ROWS_ON_SCREEN]
    )
    return Table(
        identifier="programme-products",
        title=say("programme.tables.products"),
        subtitle=say("programme.tables.sales_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "product", "category"), *_sales_columns(context)),
        rows=rows,
        more_on_screen=_more(context, len(programme.products) - len(rows)),
        filterable=True,
        folded=True,
        on_paper=False,
    )


def not_bought_table(context: Context, programme: Programme) -> Table | None:
    """List products on offer that nobody bought; only on screen."""
    if not programme.not_bought:
        return None
    say = context.wording.say
    rows = [
        (
            text_cell(product.name),
            text_cell(product.category or say("common.nothing")),
            day_cell(context, product.introduced_on),
            day_cell(context, product.last_sold),
        )
        for product in programme.not_bought[:_ROWS_ON_SCREEN]
    ]
    table = customer_list(
        context,
        "programme-not-bought",
        say("programme.tables.not_bought"),
        (*_texts(context, "product", "category"), *_numbers(context, "introduced", "last_sold")),
        rows,
        subtitle=say("programme.tables.not_bought_subtitle"),
        action=say("programme.tables.not_bought_action"),
        folded=True,
        on_paper=False,
    )
    return replace(table, more_on_screen=_more(context, len(programme.not_bought) - len(rows)))


def rate_cell(context: Context, rate: Rate) -> Cell:
    """Return a rate of counts with its base, sortable."""
    return (
        unknown_cell(context) if rate.share is None else Cell(context.formats.rate_in_table(rate), sort=f"{rate.share}")
    )


def _seller_row(context: Context, programme: Programme, seller: Seller) -> tuple[Cell, ...]:
    say, formats = context.wording.say, context.formats
    gap = largest_gap(programme, seller)
    words = (
        say(
            "programme.tables.gap",
            category=gap.category,
            own=formats.k_of_n(gap.own),
            best_seller=gap.best_seller,
            best=formats.k_of_n(gap.best),
        )
        if gap
        else say("programme.tables.no_gap")
    )
    return (
        text_cell(seller.name),
        text_cell(words),
        customers_cell(context, seller.customers),
        rate_cell(context, seller.products),
        count_cell(context, seller.gap),
        Cell(formats.number(seller.breadth, 1), sort=f"{seller.breadth}"),
    )


def _sales_cells(context: Context, sales: Sales) -> tuple[Cell, ...]:
    return (
        customers_cell(context, sales.customers),
        count_cell(context, sales.customers_before),
        money_cell(context, sales.revenue),
        money_cell(context, sales.revenue_before),
    )


def _sales_columns(context: Context) -> tuple[Column, ...]:
    return _numbers(context, "customers", "customers_before", "revenue", "revenue_before")


def _more(context: Context, beyond: int) -> str:
    return (
        context.wording.count("common.more_rows_screen", beyond, n=context.formats.count(beyond)) if beyond > 0 else ""
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"programme.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"programme.columns.{name}") for name in names))
