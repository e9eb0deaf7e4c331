"""What past increases did, and how to prepare the next."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, missing_figures, money_figure, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.customer_lines import CustomerLine


class Verdict(StrEnum):
    """How affected customers moved against unaffected ones."""

    FELL_MORE = "fell_more"
    ROSE_MORE = "rose_more"
    NO_DIFFERENCE = "no_difference"
    TOO_FEW = "too_few"
    NO_COMPARISON = "no_comparison"
    UNKNOWN = "unknown"


@record
class BuyerGroup:
    """Customers in the days after an increase and in the same days a year before; revenue in ten-thousandths.

    Quantities are None where lines have none. `stopped` counts those who bought nothing in the days after.
    """

    customers: int
    revenue_before: int
    revenue_after: int
    quantity_before: float | None
    quantity_after: float | None
    stopped: Rate

    @property
    def change(self) -> float | None:
        """Relative change of revenue with six decimals; None without revenue before."""
        return round(self.revenue_after / self.revenue_before - 1, 6) if self.revenue_before > 0 else None

    @property
    def quantity_change(self) -> float | None:
        """Relative change of the quantity with six decimals; None where it cannot be known."""
        if not self.quantity_before or self.quantity_after is None:
            return None
        return round(self.quantity_after / self.quantity_before - 1, 6)

    def figures(self) -> dict[str, Figure]:
        """Return one side of the comparison."""
        return {
            "customers": self.customers,
            "revenue_before": money_figure(self.revenue_before),
            "revenue_after": money_figure(self.revenue_after),
            "revenue_change": self.change,
            "quantity_change": self.quantity_change,
            **self.stopped.figures("stopped"),
        }


@record
class Increase:
    """One price increase; `category`, `product_id` and `product` (its name) are "" where it applied to everything."""

    day: date
    percent: float
    category: str = ""
    product_id: str = ""
    product: str = ""


@record
class IncreaseEffect:
    """What customers did after an increase.

    `days` is the length of both windows, less than 180 while the time is not over (`interim`). `difference` is the
    affected customers' relative change of revenue less that of the unaffected, with its 95 % interval; so is
    `stopped_interval` for the shares of those who bought nothing.
    """

    increase: Increase
    days: int
    interim: bool
    affected: BuyerGroup | None
    unaffected: BuyerGroup | None
    difference: float | None
    interval: tuple[float, float] | None
    stopped_interval: tuple[float, float] | None
    verdict: Verdict
    reason: Unknown | None = None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `prices.increases`."""
        low, high = self.interval or (None, None)
        stopped_low, stopped_high = self.stopped_interval or (None, None)
        return {
            "date": self.increase.day.isoformat(),
            "percent": self.increase.percent,
            "category": self.increase.category or None,
            "product_id": self.increase.product_id or None,
            "days": self.days,
            "interim": self.interim,
            "affected": self.affected.figures() if self.affected else None,
            "unaffected": self.unaffected.figures() if self.unaffected else None,
            "difference": self.difference,
            "difference_low": low,
            "difference_high": high,
            "stopped_difference_low": stopped_low,
            "stopped_difference_high": stopped_high,
            "verdict": str(self.verdict),
            "reason": str(self.reason) if self.reason else None,
        }


class Stance(StrEnum):
    """How the next increase should be brought up."""

    SETTLE_FIRST = "settle_first"
    EXPLAIN = "explain"
    READY = "ready"


@record
class PriceSheet:
    """One active customer's preparation for the next increase.

    `supplier_rank` is our rank at the customer, "" unknown; `score` the latest, None unknown. `arguments`, `cautions`,
    `give`, `take` and `way` are keys that the report words. `fixed_until` is the last day of an agreement that lasts
    beyond the cut-off, None without one.
    """

    customer: CustomerLine
    supplier_rank: str
    score: float | None
    last_contact: date | None
    complaints: int
    open_complaints: int
    stance: Stance
    arguments: tuple[str, ...]
    cautions: tuple[str, ...]
    give: str
    take: str
    way: str
    fixed_until: date | None = None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `prices.sheets`."""
        return {
            "customer_id": self.customer.customer_id,
            "supplier_rank": self.supplier_rank or None,
            "revenue_12m": money_figure(self.customer.revenue),
            "score": self.score,
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
            "complaints_12m": self.complaints,
            "open_complaints": self.open_complaints,
            "stance": str(self.stance),
            "arguments": list(self.arguments),
            "cautions": list(self.cautions),
            "give": self.give,
            "take": self.take,
            "way": self.way,
            "permission": self.customer.permission,
            "fixed_until": self.fixed_until.isoformat() if self.fixed_until else None,
        }


@record
class Prices:
    """The section `prices`: past increases, newest first, and a sheet for each active customer, largest first.

    `one_percent` is what one per cent on all prices is worth a year on the last twelve months' revenue; None where
    these lie before the data. `prepared` tells whether anything is on record that a sheet could rest on.
    """

    increases: tuple[IncreaseEffect, ...]
    sheets: tuple[PriceSheet, ...]
    one_percent: float | None
    prepared: bool
    missing: tuple[Missing, ...]

    def with_stance(self, stance: Stance) -> tuple[PriceSheet, ...]:
        """Return the sheets of one stance."""
        return tuple(sheet for sheet in self.sheets if sheet.stance is stance)

    def figures(self) -> dict[str, Figure]:
        """Return the section `prices` of `figures.json`."""
        settle = Rate(len(self.with_stance(Stance.SETTLE_FIRST)), len(self.sheets)) if self.prepared else None
        return {
            "one_percent": money_figure(self.one_percent),
            **rate_figures("settle_first", settle),
            "increases": [entry.figures() for entry in self.increases],
            "sheets": [sheet.figures() for sheet in self.sheets] if self.prepared else None,
            "missing": missing_figures(self.missing),
        }
