"""What the analysis of the programme finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date


@record
class Sales:
    """Revenue (ten-thousandths) and buyers of the last twelve months, and of the twelve before (None where unknown)."""

    revenue: int
    customers: int
    revenue_before: int | None
    customers_before: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the keys that products and categories share."""
        return {
            "revenue": money_figure(self.revenue),
            "customers": self.customers,
            "revenue_before": money_figure(self.revenue_before),
            "customers_before": self.customers_before,
        }


@record
class ProductSales:
    """One product; `carries` tells that it is one of the few that make up the first 80 % of revenue."""

    product_id: str
    name: str
    category: str
    sales: Sales
    carries: bool

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `products` list."""
        return {"product_id": self.product_id, "category": self.category, **self.sales.figures()}


@record
class CategorySales:
    """One category ("" for products without) and the number of its products on offer."""

    category: str
    products: int
    sales: Sales

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `categories` list."""
        return {"category": self.category, "products": self.products, **self.sales.figures()}


@record
class UnsoldProduct:
    """A product on offer that nobody bought in the last twelve months; `last_sold` before them, or None."""

    product_id: str
    name: str
    category: str
    introduced_on: date | None
    last_sold: date | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `not_bought` list."""
        return {
            "product_id": self.product_id,
            "introduced_on": self.introduced_on.isoformat() if self.introduced_on else None,
            "last_sold": self.last_sold.isoformat() if self.last_sold else None,
        }


@record
class NewProduct:
    """A product introduced in the last twelve months: who bought it since, and for how much (ten-thousandths)."""

    product_id: str
    name: str
    category: str
    introduced_on: date
    buyers: Rate
    revenue: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `new_products` list."""
        return {
            "product_id": self.product_id,
            "introduced_on": self.introduced_on.isoformat(),
            "revenue": money_figure(self.revenue),
            **self.buyers.figures("uptake"),
        }


@record
class Seller:
    """What part of the programme one sales person sold in the last twelve months; revenue in ten-thousandths.

    `gap` is the number of products fewer than the person who sold most, `categories_missing` the categories of the
    programme that the person did not sell, `unsold` the products that at least half of the others sold and this person
    did not, `breadth` categories bought ÷ customers served. `reach` holds each category in alphabetical order and how
    many of the person's customers bought from it through this person.
    """

    name: str
    customers: int
    revenue: int
    products: Rate
    categories: Rate
    gap: int
    categories_missing: tuple[str, ...]
    unsold: tuple[str, ...]
    breadth: float
    reach: tuple[tuple[str, Rate], ...]

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `sales_reps` list."""
        return {
            "name": self.name,
            "customers": self.customers,
            "revenue": money_figure(self.revenue),
            **self.products.figures("products"),
            **self.categories.figures("categories"),
            "gap": self.gap,
            "categories_missing": list(self.categories_missing),
            "products_others_sell": list(self.unsold),
            "categories_per_customer": self.breadth,
            "reach": [{"category": category, **rate.figures("customers")} for category, rate in self.reach],
        }


@record
class Programme:
    """The programme in the last twelve months; None and empty where nothing is known.

    `pareto` counts the products that make up 80 % of the revenue, of all with revenue. `revenue` is that of all lines,
    `unassigned` the revenue of completed orders less that of their lines (ten-thousandths).
    """

    products: tuple[ProductSales, ...]
    categories: tuple[CategorySales, ...]
    pareto: Rate | None
    not_bought: tuple[UnsoldProduct, ...]
    on_offer: int | None
    new_products: tuple[NewProduct, ...]
    sellers: tuple[Seller, ...]
    revenue: int | None
    unassigned: int | None
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `programme` of `figures.json`."""
        pareto = self.pareto
        return {
            "revenue": money_figure(self.revenue),
            "unassigned": money_figure(self.unassigned),
            "pareto_k": pareto.k if pareto else None,
            "pareto_n": pareto.n if pareto else None,
            "pareto": share(pareto.k, pareto.n) if pareto else None,
            "on_offer": self.on_offer,
            "categories": [entry.figures() for entry in self.categories],
            "products": [entry.figures() for entry in self.products],
            "not_bought": None if self.on_offer is None else [entry.figures() for entry in self.not_bought],
            "new_products": [entry.figures() for entry in self.new_products],
            "sales_reps": [entry.figures() for entry in self.sellers],
            "missing": missing_figures(self.missing),
        }
