"""The lists of the programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.columns import (
    ColumnOf,
    count,
    customers,
    day,
    headings,
    money,
    rate,
    rows,
    text,
    text_or_dash,
    worded,
)
from retention_reports.presentation.programme.gaps import largest_gap
from retention_reports.presentation.tables import customer_list
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import (
        CategorySales,
        NewProduct,
        ProductSales,
        Programme,
        Seller,
        UnsoldProduct,
    )
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context

_ROWS_ON_SCREEN = 60
_SELLERS_ON_PAPER = 6
_NEW_ON_PAPER = 4


_SELLERS: Columns[Seller] = (
    customers("customers", lambda seller: seller.customers),
    rate("products", lambda seller: seller.products),
    count("gap", lambda seller: seller.gap),
    ColumnOf(
        "breadth", lambda context, seller: Cell(context.formats.number(seller.breadth, 1), sort=f"{seller.breadth}")
    ),
)
_NEW_PRODUCTS: Columns[NewProduct] = (
    text("product", lambda product: product.name),
    text_or_dash("category", lambda product: product.category),
    day("introduced", lambda product: product.introduced_on),
    rate("uptake", lambda product: product.buyers),
    money("revenue", lambda product: product.revenue),
)
_CATEGORIES: Columns[CategorySales] = (
    worded("category", lambda context, entry: entry.category or context.wording.say("programme.tables.no_category")),
    count("on_offer", lambda entry: entry.products),
    customers("customers", lambda entry: entry.sales.customers),
    count("customers_before", lambda entry: entry.sales.customers_before),
    money("revenue", lambda entry: entry.sales.revenue),
    money("revenue_before", lambda entry: entry.sales.revenue_before),
)
_PRODUCTS: Columns[ProductSales] = (
    text("product", lambda product: product.name),
    text_or_dash("category", lambda product: product.category),
    customers("customers", lambda product: product.sales.customers),
    count("customers_before", lambda product: product.sales.customers_before),
    money("revenue", lambda product: product.sales.revenue),
    money("revenue_before", lambda product: product.sales.revenue_before),
)
_NOT_BOUGHT: Columns[UnsoldProduct] = (
    text("product", lambda product: product.name),
    text_or_dash("category", lambda product: product.category),
    day("introduced", lambda product: product.introduced_on),
    day("last_sold", lambda product: product.last_sold),
)


def sellers_table(context: Context, programme: Programme) -> Table | None:
    """Compare the sales people; None where orders name none."""
    if not programme.sellers:
        return None
    say = context.wording.say
    columns: Columns[Seller] = (
        text("seller", lambda seller: seller.name),
        worded("gap_category", lambda context, seller: _gap_words(context, programme, seller)),
        *_SELLERS,
    )
    return Table(
        identifier="programme-sellers",
        title=say("programme.tables.sellers"),
        subtitle=say("programme.tables.sellers_subtitle"),
        action=say("programme.tables.sellers_action"),
        columns=headings(context, "programme", columns),
        rows=tuple(rows(context, columns, programme.sellers)),
        print_rows=_SELLERS_ON_PAPER,
    )


def new_products_table(context: Context, programme: Programme) -> Table | None:
    """List products introduced in the last twelve months; None without any."""
    if not programme.new_products:
        return None
    say = context.wording.say
    return Table(
        identifier="programme-new-products",
        title=say("programme.tables.new_products"),
        subtitle=say("programme.tables.new_products_subtitle", currency=context.client.currency),
        action=say("programme.tables.new_products_action"),
        columns=headings(context, "programme", _NEW_PRODUCTS),
        rows=tuple(rows(context, _NEW_PRODUCTS, programme.new_products)),
        print_rows=_NEW_ON_PAPER,
    )


def categories_table(context: Context, programme: Programme) -> Table | None:
    """Show all categories with revenue and customers, now and before; only on screen."""
    if not programme.categories:
        return None
    say = context.wording.say
    return Table(
        identifier="programme-categories",
        title=say("programme.tables.categories"),
        subtitle=say("programme.tables.sales_subtitle", currency=context.client.currency),
        columns=headings(context, "programme", _CATEGORIES),
        rows=tuple(rows(context, _CATEGORIES, programme.categories)),
        folded=True,
        on_paper=False,
    )


def products_table(context: Context, programme: Programme) -> Table:
    """List the products with most revenue; only on screen."""
    say = context.wording.say
    shown = programme.products[:_ROWS_ON_SCREEN]
    return Table(
        identifier="programme-products",
        title=say("programme.tables.products"),
        subtitle=say("programme.tables.sales_subtitle", currency=context.client.currency),
        columns=headings(context, "programme", _PRODUCTS),
        rows=tuple(rows(context, _PRODUCTS, shown)),
        more_on_screen=_more(context, len(programme.products) - len(shown)),
        filterable=True,
        folded=True,
        on_paper=False,
    )


def not_bought_table(context: Context, programme: Programme) -> Table | None:
    """List products on offer that nobody bought; only on screen."""
    if not programme.not_bought:
        return None
    say = context.wording.say
    shown = programme.not_bought[:_ROWS_ON_SCREEN]
    table = customer_list(
        context,
        "programme-not-bought",
        say("programme.tables.not_bought"),
        headings(context, "programme", _NOT_BOUGHT),
        rows(context, _NOT_BOUGHT, shown),
        subtitle=say("programme.tables.not_bought_subtitle"),
        action=say("programme.tables.not_bought_action"),
        folded=True,
        on_paper=False,
    )
    return replace(table, more_on_screen=_more(context, len(programme.not_bought) - len(shown)))


def _gap_words(context: Context, programme: Programme, seller: Seller) -> str:
    say, formats = context.wording.say, context.formats
    gap = largest_gap(programme, seller)
    if gap is None:
        return say("programme.tables.no_gap")
    return say(
        "programme.tables.gap",
        category=gap.category,
        own=formats.k_of_n(gap.own),
        best_seller=gap.best_seller,
        best=formats.k_of_n(gap.best),
    )


def _more(context: Context, beyond: int) -> str:
    return (
        context.wording.count("common.more_rows_screen", beyond, n=context.formats.count(beyond)) if beyond > 0 else ""
    )
