"""What the three pillars' analysis finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import (
    Figure,
    Missing,
    Rate,
    missing_figures,
    money_figure,
    rate_figures,
)
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.quarters import Quarter
    from retention_reports.model.statuses import Status


@record
class Bridge:
    """Active customers from one cut-off to the next (counts); None where the data is too young to tell.

    `opening + new + won_back - lost == closing` always holds: a customer who came and left within the quarter is
    counted in both `new` (or `won_back`) and `lost`.
    """

    opening: int | None
    new: int | None
    won_back: int | None
    lost: int | None
    closing: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the keys of `pillars.bridge`."""
        return {
            "opening": self.opening,
            "new": self.new,
            "won_back": self.won_back,
            "lost": self.lost,
            "closing": self.closing,
        }


@record
class StatusCounts:
    """Customers by status at the cut-off; `lost` is everyone ever lost and not back."""

    new: int | None
    loyal_repeat: int | None
    loyal_single: int | None
    won_back: int | None
    lost: int | None

    @property
    def loyal(self) -> int | None:
        """Customers active at both cut-offs."""
        if self.loyal_repeat is None or self.loyal_single is None:
            return None
        return self.loyal_repeat + self.loyal_single

    def figures(self) -> dict[str, Figure]:
        """Return the keys of `pillars.customers`."""
        return {
            "new": self.new,
            "loyal_repeat": self.loyal_repeat,
            "loyal_single": self.loyal_single,
            "won_back": self.won_back,
            "lost": self.lost,
        }


@record
class StatusRevenue:
    """The quarter's revenue by the customers' status, in ten-thousandths; the parts add up to `total`."""

    new: int | None
    loyal: int | None
    won_back: int | None
    lost: int | None
    unassigned: int | None
    total: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the keys of `pillars.revenue`."""
        return {
            "new": money_figure(self.new),
            "loyal": money_figure(self.loyal),
            "won_back": money_figure(self.won_back),
            "lost": money_figure(self.lost),
            "unassigned": money_figure(self.unassigned),
            "total": money_figure(self.total),
        }


@record
class PillarFigures:
    """The pillars of one quarter. Amounts are ten-thousandths; rates of money have a base of money."""

    quarter: Quarter
    bridge: Bridge
    customers: StatusCounts
    revenue: StatusRevenue
    orders: int | None
    average_order_value: float | None
    retention_rate: Rate | None
    retention_rate_12m: Rate | None
    net_revenue_retention_12m: Rate | None
    gross_revenue_retention_12m: Rate | None
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the figures of one quarter, without `missing`."""
        return {
            "bridge": self.bridge.figures(),
            "customers": self.customers.figures(),
            "revenue": self.revenue.figures(),
            "orders": self.orders,
            "average_order_value": money_figure(self.average_order_value),
            **rate_figures("retention_rate", self.retention_rate),
            **rate_figures("retention_rate_12m", self.retention_rate_12m),
            **rate_figures("net_revenue_retention_12m", self.net_revenue_retention_12m),
            **rate_figures("gross_revenue_retention_12m", self.gross_revenue_retention_12m),
        }


@record
class CustomerStanding:
    """One customer at the cut-off. Amounts are ten-thousandths; `revenue_before` is that of the year before.

    `yearly_value` is the revenue of the twelve months up to the last purchase: what a customer used to bring.
    `left` tells who left in the quarter, `gave_notice` who ended the relationship by notice and has not bought since.
    """

    customer_id: str
    name: str
    segment: str
    status: Status
    first_purchase: date
    last_purchase: date
    revenue_quarter: int
    revenue_year: int
    revenue_before: int
    yearly_value: int
    left: bool
    gave_notice: bool


@record
class SegmentMovement:
    """One segment's active customers over the quarter and the year, and its revenue in ten-thousandths.

    `kept` counts the customers active a year ago who still are. Segments are the client's own words, "" for none.
    """

    segment: str
    opening: int
    new: int
    won_back: int
    lost: int
    closing: int
    active_year_ago: int
    kept: int
    revenue_year: int
    revenue_before: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `pillars.segments`."""
        return {
            "segment": self.segment,
            "opening": self.opening,
            "new": self.new,
            "won_back": self.won_back,
            "lost": self.lost,
            "closing": self.closing,
            "revenue_12m": money_figure(self.revenue_year),
            "revenue_12m_before": money_figure(self.revenue_before),
            **Rate(self.kept, self.active_year_ago).figures("retention_rate_12m"),
        }


@record
class Pillars:
    """The pillars of the reported quarter, and the same figures for up to eight quarters, the reported one last.

    `customers` holds everyone who has bought up to the cut-off, by revenue of the last twelve months, largest first.
    `segments` is empty where the data is too young. `newest_order` is the last order's day up to the cut-off;
    `ends_early` tells that orders stop well before the cut-off, against the client's habit.
    """

    history: tuple[PillarFigures, ...]
    left_by_notice: int | None
    left_silently: int | None
    segments: tuple[SegmentMovement, ...]
    customers: tuple[CustomerStanding, ...]
    newest_order: date
    ends_early: bool

    @property
    def current(self) -> PillarFigures:
        """The reported quarter."""
        return self.history[-1]

    def quarters_ago(self, quarters: int) -> PillarFigures | None:
        """Return the figures so many quarters before the reported one, or None before the data."""
        return self.history[-1 - quarters] if quarters < len(self.history) else None

    def figures(self) -> dict[str, Figure]:
        """Return the section `pillars` of `figures.json`."""
        return {
            **self.current.figures(),
            "left_by_notice": self.left_by_notice,
            "left_silently": self.left_silently,
            "segments": [segment.figures() for segment in self.segments],
            "newest_order": self.newest_order.isoformat(),
            "data_ends_early": self.ends_early,
            "history": [{"quarter": str(entry.quarter), **entry.figures()} for entry in self.history],
            "missing": missing_figures(self.current.missing),
        }
