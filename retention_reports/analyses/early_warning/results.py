"""What the early warning finds out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.addressees import Addressee
    from retention_reports.model.quarters import Quarter

TELLS_APART = "tells_apart"

Fact: TypeAlias = "int | float | str | date | bool | tuple[str, ...] | None"


@record
class Signal:
    """One reason to call a customer, with the numbers to put into words.

    Facts by key (names that begin with `amount` are ten-thousandths, days are dates, None is unknown):

    - `rhythm_broken`: `usual_days`, `silent_days`
    - `order_value_falling`: `amount_now`, `amount_before` (averages), `purchases_now`, `purchases_before`
    - `category_dropped`: `categories`, `amount_before` (of the four quarters before)
    - `product_dropped`: `products`, `amount_before`
    - `contact_overdue`: `value_class`, `cadence_days`, `silent_days`, `ever_contacted`
    - `dissatisfied`: `open_complaints`, `complaint_on` (the oldest open one), `score`, `score_on`
    - `offer_overdue`: `offers`, `amount_open`, `due_on` (the oldest)
    - `neglected`: `value_class`, and `contacts`, `offers`, `new_products` of twelve months, each beside the mean of its
      class as `…_of_class` (both None where not recorded)
    """

    key: str
    facts: Mapping[str, Fact]

    def figures(self) -> dict[str, Figure]:
        """Return the signal's entry among a customer's `reasons`."""
        return {"signal": self.key, **{name: _fact_figure(name, fact) for name, fact in self.facts.items()}}


@record
class FlaggedCustomer:
    """An active customer with at least one signal.

    `at_stake` is its revenue of the last twelve months in ten-thousandths, None where the data is younger.
    `permission` to write is yes, no or unknown; `last_contact` and `contact` are None where not on record.
    """

    customer_id: str
    name: str
    segment: str
    sales_rep: str
    value_class: str
    signals: tuple[Signal, ...]
    at_stake: int | None
    last_purchase: date
    last_contact: date | None
    contact: Addressee | None
    permission: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.flagged`."""
        return {
            "customer_id": self.customer_id,
            "signals": [signal.key for signal in self.signals],
            "at_stake": money_figure(self.at_stake),
            "last_purchase": self.last_purchase.isoformat(),
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
            "permission": self.permission,
            "reasons": [signal.figures() for signal in self.signals],
        }


@record
class SignalSummary:
    """How many active customers show a signal, and their revenue of the last twelve months in ten-thousandths."""

    key: str
    customers: int
    at_stake: int | None


@record
class BackTestQuarter:
    """Customers active at the end of `quarter`, flagged or not by what was known then, and who bought in the next."""

    quarter: Quarter
    flagged: Rate
    unflagged: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.back_test`."""
        return {
            "quarter": str(self.quarter),
            "flagged": self.flagged.n,
            "flagged_bought": self.flagged.k,
            "unflagged": self.unflagged.n,
            "unflagged_bought": self.unflagged.k,
        }


@record
class Power:
    """Whether a signal told leavers from stayers in the tested quarters together.

    `flagged` and `unflagged` are those who bought in the quarter after, of the customers with and without the signal;
    `unflagged` counts only customers for whom the signal could show (as those with an open offer, or with a regular
    category). A customer counts once a quarter.
    `verdict`: `tells_apart` (the 95 % interval of unflagged less flagged lies above zero), `misleads` (below),
    `no_power` (it includes zero), `too_few` (fewer than 10 on one side). `key` is "" for any signal.
    """

    key: str
    flagged: Rate
    unflagged: Rate
    low: float | None
    high: float | None
    verdict: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.power`."""
        return {
            "signal": self.key or "any",
            **rate_figures("flagged_bought", self.flagged),
            **rate_figures("unflagged_bought", self.unflagged),
            "low": None if self.low is None else share(self.low, 1.0),
            "high": None if self.high is None else share(self.high, 1.0),
            "verdict": self.verdict,
        }


@record
class TrendMonth:
    """What regular customers bought in one calendar month; `revenue` and amounts are ten-thousandths.

    `average_order_value` is None without a purchase, `categories` (distinct ones a buyer) without lines or buyers.
    """

    month: date
    buyers: int
    purchases: int
    revenue: int
    average_order_value: float | None
    categories: float | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.trend.months`."""
        return {
            "month": f"{self.month:%Y-%m}",
            "buyers": self.buyers,
            "purchases": self.purchases,
            "revenue": money_figure(self.revenue),
            "average_order_value": money_figure(self.average_order_value),
            "categories_per_buyer": self.categories,
        }


@record
class RegularCustomer:
    """One regular customer's last twelve months, oldest first: purchases, their amount, distinct categories."""

    customer_id: str
    name: str
    purchases: tuple[int, ...]
    amounts: tuple[int, ...]
    categories: tuple[int, ...] | None


@record
class TrendWatch:
    """The monthly trend watch over regular customers; `regulars` by amount of the twelve months, largest first."""

    months: tuple[TrendMonth, ...]
    regulars: tuple[RegularCustomer, ...]

    def figures(self) -> dict[str, Figure]:
        """Return `early_warning.trend`."""
        return {"regular_customers": len(self.regulars), "months": [month.figures() for month in self.months]}


@record
class EarlyWarning:
    """Who may leave next, why one may think so, and how far such signs could be trusted so far.

    `flagged` by money at stake, largest first; `active` is the number of active customers; `signals` has an entry for
    every signal that the data can show. `back_test` is newest first.
    """

    active: int
    flagged: tuple[FlaggedCustomer, ...]
    signals: tuple[SignalSummary, ...]
    back_test: tuple[BackTestQuarter, ...]
    power: tuple[Power, ...]
    trend: TrendWatch | None
    missing: tuple[Missing, ...]

    @property
    def at_stake(self) -> int | None:
        """Revenue of the last twelve months of all flagged customers; None where the data is younger."""
        amounts = [customer.at_stake for customer in self.flagged]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if len(known) == len(amounts) else None

    @property
    def proven_signals(self) -> frozenset[str]:
        """The signals that told leavers from stayers in the quarters tested."""
        return frozenset(power.key for power in self.power if power.key and power.verdict == TELLS_APART)

    def figures(self) -> dict[str, Figure]:
        """Return the section `early_warning` of `figures.json`."""
        return {
            **Rate(len(self.flagged), self.active).figures("flagged_share"),
            "at_stake": money_figure(self.at_stake),
            "flagged": [customer.figures() for customer in self.flagged],
            "signals": [
                {"signal": one.key, "customers": one.customers, "at_stake": money_figure(one.at_stake)}
                for one in self.signals
            ],
            "back_test": [entry.figures() for entry in self.back_test],
            "power": [entry.figures() for entry in self.power],
            "trend": None if self.trend is None else self.trend.figures(),
            "missing": missing_figures(self.missing),
        }


def _fact_figure(name: str, fact: Fact) -> Figure:
    if isinstance(fact, tuple):
        return list(fact)
    if isinstance(fact, date):
        return fact.isoformat()
    if name.startswith("amount") and isinstance(fact, (int, float)):
        return money_figure(fact)
    return fact
