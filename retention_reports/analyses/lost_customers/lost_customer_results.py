"""What the analysis of lost customers finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.model.loss_reasons import UNKNOWN
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from fractions import Fraction

    from retention_reports.analyses.lost_customers.leaver_results import LeaversTell, WinBackBenefits
    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer
    from retention_reports.analyses.lost_customers.notice_results import NoticeManagement
    from retention_reports.analyses.lost_customers.win_back_results import (
        ChanceBand,
        ChanceTest,
        WinBackCandidate,
        WinBackSteps,
    )
    from retention_reports.model.loss_reasons import LossReason


@record
class LostYear:
    """The three questions for the twelve months up to one cut-off; None where the data cannot tell.

    `lost` is lost customers of those active a year before or with a purchase since. Amounts are ten-thousandths:
    `revenue_year` adds up each one's revenue of the twelve months up to its last purchase, `lifetime_value` is that
    times `remaining_years`; the margin likewise, over orders whose cost is known (`margin_known`: their part of the
    revenue). `retention` is the 12-month retention rate behind the years; `years_assumed` tells that the client's
    assumption stands in for it.
    """

    lost: Rate | None
    by_notice: int | None
    silently: int | None
    revenue_year: int | None
    lifetime_value: int | None
    margin_year: int | None
    lifetime_margin: int | None
    margin_known: Rate | None
    retention: Rate | None
    remaining_years: Fraction
    years_assumed: bool

    def figures(self) -> dict[str, Figure]:
        """Return the keys of `lost_customers.lost_12m`."""
        return {
            "customers": None if self.lost is None else self.lost.k,
            **rate_figures("loss_rate", self.lost),
            "by_notice": self.by_notice,
            "silently": self.silently,
            "revenue_year": money_figure(self.revenue_year),
            "lifetime_value": money_figure(self.lifetime_value),
            "margin_year": money_figure(self.margin_year),
            "lifetime_margin": money_figure(self.lifetime_margin),
            **rate_figures("margin_known", self.margin_known),
            **rate_figures("retention_rate_12m", self.retention),
            "remaining_years": share(self.remaining_years.numerator, self.remaining_years.denominator),
            "remaining_years_assumed": self.years_assumed,
        }


@record
class LostGroup:
    """The lost customers of a segment, value class, or sales person ("" for none); amounts as in `LostYear`."""

    name: str
    lost: Rate
    by_notice: int
    revenue_year: int | None
    lifetime_value: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of a breakdown."""
        return {
            "name": self.name,
            "customers": self.lost.k,
            **self.lost.figures("loss_rate"),
            "by_notice": self.by_notice,
            "revenue_year": money_figure(self.revenue_year),
            "lifetime_value": money_figure(self.lifetime_value),
        }


@record
class ReasonGroup:
    """The lost customers of one standard reason; `customers_before` counts the year before, None where unknown."""

    reason: LossReason
    customers: int
    revenue_year: int | None
    customers_before: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `lost_customers.reasons`."""
        return {
            "reason": self.reason.key,
            "avoidable": self.reason.avoidable,
            "driver": str(self.reason.driver),
            "customers": self.customers,
            "customers_before": self.customers_before,
            "revenue_year": money_figure(self.revenue_year),
        }


@record
class LossShare:
    """Lost customers and their yearly revenue (ten-thousandths) by a competitor, department, or avoidability."""

    name: str
    customers: int
    revenue_year: int | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of a list."""
        return {"name": self.name, "customers": self.customers, "revenue_year": money_figure(self.revenue_year)}


@record
class LostCustomers:
    """Who was lost, why, what it cost, and who may be won back.

    Breakdowns and reasons by yearly revenue, largest first; `customers` and `call_list` (reason unknown) likewise,
    `win_back` by expected gain. `contact_cost` (ten-thousandths a contact) comes from `contact_cost_source`: measures,
    costs, or none. `reasons` is empty and `reason_known` None without a file of losses.
    """

    now: LostYear
    before: LostYear
    by_segment: tuple[LostGroup, ...]
    by_value_class: tuple[LostGroup, ...]
    by_sales_rep: tuple[LostGroup, ...]
    reasons: tuple[ReasonGroup, ...]
    reason_known: Rate | None
    reason_known_before: Rate | None
    by_avoidability: tuple[LossShare, ...]
    departments: tuple[LossShare, ...]
    competitors: tuple[LossShare, ...]
    customers: tuple[LostCustomer, ...]
    chances: tuple[ChanceBand, ...]
    chance_test: ChanceTest | None
    win_back: tuple[WinBackCandidate, ...]
    contact_cost: float
    contact_cost_source: str
    steps: WinBackSteps
    notices: NoticeManagement
    told: LeaversTell
    benefits: WinBackBenefits
    missing: tuple[Missing, ...]

    @property
    def call_list(self) -> tuple[LostCustomer, ...]:
        """Lost customers whose reason nobody knows, largest yearly revenue first."""
        return tuple(customer for customer in self.customers if customer.note.reason is UNKNOWN)

    def figures(self) -> dict[str, Figure]:
        """Return the section `lost_customers` of `figures.json`."""
        known = self.reason_known
        groups = {"segments": self.by_segment, "value_classes": self.by_value_class, "sales_reps": self.by_sales_rep}
        shares = {
            "avoidability": self.by_avoidability,
            "departments": self.departments,
            "competitors": self.competitors,
        }
        return {
            "lost_12m": self.now.figures(),
            "lost_12m_before": self.before.figures(),
            **{key: [group.figures() for group in entries] for key, entries in groups.items()},
            "reasons": [reason.figures() for reason in self.reasons],
            **rate_figures("reason_known", known),
            **rate_figures("reason_known_before", self.reason_known_before),
            **{key: [entry.figures() for entry in entries] for key, entries in shares.items()},
            "call_list": [customer.customer_id for customer in self.call_list] if known else [],
            "chances": [band.figures() for band in self.chances],
            "chance_test": None if self.chance_test is None else self.chance_test.figures(),
            "win_back": [candidate.figures() for candidate in self.win_back],
            "contact_cost": money_figure(self.contact_cost),
            "contact_cost_source": self.contact_cost_source,
            "steps": self.steps.figures(),
            **self.notices.figures(),
            **self.told.figures(),
            "benefits": self.benefits.figures(),
            "missing": missing_figures(self.missing),
        }
