"""The programme: what carries it, what nobody buys, and which part of it each sales person sells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.analyses.programme.programme_results import ProductSales, Programme
from retention_reports.analyses.programme.sales import category_sales, new_products, not_bought, product_sales
from retention_reports.analyses.programme.sellers import sellers
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.sales_people import tells_people_apart

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.product_lines import ProductLines

_NEEDS_PRODUCTS = ("categories", "not_bought", "new_products")


def programme(dataset: Dataset) -> Programme:
    """Add up the last twelve months by product, category, and sales person, beside the twelve before."""
    lines = dataset.product_lines
    if lines is None:
        return _unknown(Unknown.NO_FILE, "order_lines")
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return _unknown(Unknown.BEFORE_START_OF_DATA)
    now, before = lines.within(dataset.year_ago, dataset.cut_off), _year_before(dataset, lines)
    if not now.any():
        return _unknown(Unknown.NO_ROWS, "order_lines")
    listed = dataset.table("products") is not None
    products = product_sales(lines, now, before)
    revenue = int(lines.amount[now & lines.billed].sum())
    people = sellers(dataset.client, lines, now)
    return Programme(
        products=products,
        categories=category_sales(lines, now, before) if listed else (),
        pareto=_pareto(products),
        not_bought=not_bought(lines, now) if listed else (),
        on_offer=sum(product.listed for product in lines.products) if listed else None,
        new_products=new_products(dataset, lines, now),
        sellers=people,
        revenue=revenue,
        unassigned=dataset.total_revenue_between(dataset.year_ago, dataset.cut_off) - revenue,
        missing=_missing(dataset, listed=listed, sold_by_people=bool(people) or not tells_people_apart(dataset.client)),
    )


def _unknown(reason: Unknown, detail: str = "") -> Programme:
    missing = tuple(Missing(key, reason, detail) for key in ("products", *_NEEDS_PRODUCTS, "sales_reps"))
    return Programme((), (), None, (), None, (), (), None, None, missing)


def _year_before(dataset: Dataset, lines: ProductLines) -> Flags | None:
    two_years_ago = dataset.quarter.year_before.year_before.last_day
    if not dataset.covers(two_years_ago + timedelta(days=1)):
        return None
    return lines.within(two_years_ago, dataset.year_ago)


def _pareto(products: tuple[ProductSales, ...]) -> Rate | None:
    """Count the products that make up 80 % of revenue, of all with revenue; None where none has."""
    sold = sum(product.sales.revenue > 0 for product in products)
    return Rate(sum(product.carries for product in products), sold) if sold else None


def _missing(dataset: Dataset, *, listed: bool, sold_by_people: bool) -> tuple[Missing, ...]:
    found = []
    if not listed:
        found += [Missing(key, Unknown.NO_FILE, "products") for key in _NEEDS_PRODUCTS]
    elif not dataset.has_column("products", "introduced_on"):
        found.append(Missing("new_products", Unknown.NO_COLUMN, "products.introduced_on"))
    if not sold_by_people:
        given = dataset.has_column("orders", "sales_rep") or dataset.has_column("customers", "sales_rep")
        reason = (Unknown.NO_ROWS, "orders") if given else (Unknown.NO_COLUMN, "orders.sales_rep")
        found.append(Missing("sales_reps", *reason))
    return tuple(found)
