"""What segments and services amount to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.customer_lines import CustomerLine

WISH_FROM = 4
"""From this fit (of 1 to 5) on a customer is a wish customer."""


@record
class WishGroup:
    """Active customers of one fit ("1" to "5") or motive, "" where it is not recorded; twelve months, ten-thousandths.

    `margin` is None where the cost of less than nine tenths of the group's positive revenue is known. `contacts` are
    done contacts and visits, None where none are on record.
    """

    name: str
    customers: int
    revenue: int
    margin: int | None
    contacts: int | None

    def figures(self, key: str) -> dict[str, Figure]:
        """Return the entry of `segments.by_fit` or `segments.by_motive`."""
        return {
            key: self.name or None,
            "customers": self.customers,
            "revenue": money_figure(self.revenue),
            "margin": money_figure(self.margin),
            "contacts": self.contacts,
        }


@record
class PortfolioPoint:
    """An active customer with a recorded potential: its revenue of twelve months is in `customer`."""

    customer: CustomerLine
    potential: int
    fit: float | None

    @property
    def open_potential(self) -> int:
        """What the customer could still buy in a year, never below nothing."""
        return max(self.potential - self.customer.revenue, 0)

    @property
    def share(self) -> float | None:
        """Share of the potential that the customer buys, above 1 where it buys more than expected."""
        return share(self.customer.revenue, self.potential)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `segments.portfolio`."""
        return {
            "customer_id": self.customer.customer_id,
            "revenue": money_figure(self.customer.revenue),
            "potential": money_figure(self.potential),
            "potential_share": self.share,
        }


@record
class CostlyCustomer:
    """An active customer whose margin of twelve months does not cover what contacts with it cost; ten-thousandths."""

    customer: CustomerLine
    margin: int
    contact_cost: int
    contacts: int
    complaints: int
    returns: int

    @property
    def contribution(self) -> int:
        """Margin less the cost of contacts; below zero."""
        return self.margin - self.contact_cost

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `segments.relationships.customers`."""
        return {
            "customer_id": self.customer.customer_id,
            "revenue": money_figure(self.customer.revenue),
            "margin": money_figure(self.margin),
            "contact_cost": money_figure(self.contact_cost),
            "contribution": money_figure(self.contribution),
            "contacts": self.contacts,
            "complaints": self.complaints,
            "returns": self.returns,
        }


@record
class Relationships:
    """Relationships that cost more than they bring, the costliest first.

    `judged` counts customers with known margin; it is None with `cost_per_contact`, where spending or contacts are not
    known; then `customers` are those with a negative margin.
    """

    cost_per_contact: float | None
    judged: Rate | None
    customers: tuple[CostlyCustomer, ...]

    def figures(self) -> dict[str, Figure]:
        """Return `segments.relationships`."""
        return {
            "cost_per_contact": money_figure(self.cost_per_contact),
            **rate_figures("costly", self.judged),
            "customers": [entry.figures() for entry in self.customers] if self.judged or self.customers else None,
        }


@record
class Cancellations:
    """Orders of twelve months by a sales person or through a channel: cancelled of all, returned of the others."""

    name: str
    cancelled: Rate
    returned: Rate
    revenue: int

    def figures(self, key: str) -> dict[str, Figure]:
        """Return the entry of `segments.by_sales_rep` or `segments.by_channel`."""
        return {
            key: self.name,
            **self.cancelled.figures("cancellation_rate"),
            **self.returned.figures("return_rate"),
            "revenue": money_figure(self.revenue),
        }


@record
class Demands:
    """The five demands on segments, each `met`, `partly`, `unmet` or `unknown` in `verdicts`.

    `explained` is the share of the variance of yearly revenue that lies between segments, `chance` the share of random
    groupings of the same sizes that explain as much. `weakest` names the segment whose customers can least be written
    to, with its rate. `names` are the segments, largest first, with their numbers of active customers.
    """

    names: tuple[tuple[str, int], ...]
    explained: float | None
    chance: float | None
    measurable: Rate
    addressable: Rate | None
    weakest: tuple[str, Rate] | None
    verdicts: dict[str, str]

    def figures(self) -> dict[str, Figure]:
        """Return `segments.demands`."""
        return {
            "segments": dict(self.names),
            "variance_explained": self.explained,
            "by_chance": self.chance,
            **self.measurable.figures("measurable"),
            **rate_figures("addressable", self.addressable),
            "least_addressable": self.weakest[0] if self.weakest else None,
            "verdicts": dict(self.verdicts),
        }


@record
class Usage:
    """The fifth of active customers with the most orders in twelve months, beside all; revenue in ten-thousandths."""

    heavy: int
    customers: int
    orders: Rate
    revenue: Rate

    def figures(self) -> dict[str, Figure]:
        """Return `segments.heavy_users`."""
        return {
            "customers": self.heavy,
            "of": self.customers,
            **self.orders.figures("orders"),
            **self.revenue.figures("revenue"),
        }


@record
class ServiceLine:
    """One service as a product: revenue of the last twelve months and the twelve before, customers who bought it."""

    product_id: str
    name: str
    revenue: int
    revenue_before: int
    customers: int
    coverage: Rate | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `segments.services.products`."""
        return {
            "product_id": self.product_id,
            "revenue": money_figure(self.revenue),
            "revenue_before": money_figure(self.revenue_before),
            "customers": self.customers,
            **rate_figures("coverage", self.coverage),
        }


@record
class Services:
    """Services by revenue, largest first, and whether those who use them stay.

    `users_kept` counts, of customers active a year ago who had bought a service in the twelve months before, those
    still active; `others_kept` the same of the rest. Both are None where the data is too young; `interval` is the 95 %
    interval of the difference, None with nobody on one side. `beside_goods` counts the purchase days of twelve months
    with goods on which the customer bought a service, too. A service's coverage is revenue ÷ cost of what was billed.
    """

    products: tuple[ServiceLine, ...]
    users: Rate
    users_kept: Rate | None
    others_kept: Rate | None
    interval: tuple[float, float] | None
    beside_goods: Rate

    @property
    def uncovered(self) -> tuple[ServiceLine, ...]:
        """Services that brought less than they cost."""
        return tuple(one for one in self.products if one.coverage is not None and one.coverage.k < one.coverage.n)

    @property
    def revenue(self) -> int:
        """Revenue of all services in the last twelve months."""
        return sum(entry.revenue for entry in self.products)

    def figures(self) -> dict[str, Figure]:
        """Return `segments.services`."""
        low, high = self.interval or (None, None)
        return {
            "revenue": money_figure(self.revenue),
            **self.users.figures("users"),
            **rate_figures("users_retention_12m", self.users_kept),
            **rate_figures("others_retention_12m", self.others_kept),
            "retention_difference_low": low,
            "retention_difference_high": high,
            **self.beside_goods.figures("beside_goods"),
            "products": [entry.figures() for entry in self.products],
        }


@record
class Segments:
    """The section `segments`; parts that cannot be known are None or empty."""

    by_fit: tuple[WishGroup, ...]
    by_motive: tuple[WishGroup, ...]
    portfolio: tuple[PortfolioPoint, ...]
    relationships: Relationships | None
    by_sales_rep: tuple[Cancellations, ...]
    by_channel: tuple[Cancellations, ...]
    demands: Demands | None
    usage: Usage | None
    services: Services | None
    missing: tuple[Missing, ...]

    @property
    def wish(self) -> tuple[WishGroup, ...]:
        """The groups of wish customers."""
        return tuple(group for group in self.by_fit if group.name and int(group.name) >= WISH_FROM)

    def figures(self) -> dict[str, Figure]:
        """Return the section `segments` of `figures.json`."""
        return {
            "by_fit": [group.figures("fit") for group in self.by_fit],
            "by_motive": [group.figures("motive") for group in self.by_motive],
            "portfolio": [point.figures() for point in self.portfolio],
            "relationships": self.relationships.figures() if self.relationships else None,
            "by_sales_rep": [entry.figures("sales_rep") for entry in self.by_sales_rep],
            "by_channel": [entry.figures("channel") for entry in self.by_channel],
            "demands": self.demands.figures() if self.demands else None,
            "heavy_users": self.usage.figures() if self.usage else None,
            "services": self.services.figures() if self.services else None,
            "missing": missing_figures(self.missing),
        }
