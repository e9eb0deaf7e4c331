"""What the early warning finds out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.analyses.early_warning.review_results import Outlook, Review
    from retention_reports.model.addressees import Addressee
    from retention_reports.model.quarters import Quarter

TELLS_APART = "tells_apart"

Fact: TypeAlias = "int | float | str | date | bool | tuple[str, ...] | None"


@record
class Signal:
    """One reason to call a customer, with the numbers to put into words.

    Facts by key (names that begin with `amount` are ten-thousandths, days are dates, None is unknown):

    - `rhythm_broken`: `usual_days`, `silent_days`, `own_gaps` (the customer's own)
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
    """An active customer with at least one signal, or one on the list of those to call.

    `at_stake` is its revenue of the twelve months up to its last purchase in ten-thousandths, None where the data is
    younger. `permission` to write is yes, no or unknown; `last_contact` and `contact` are None where not on record.
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
    outlook: Outlook

    @property
    def expected_loss(self) -> float | None:
        """The chance above normal × what is at stake, in ten-thousandths; None where either is unknown."""
        if self.at_stake is None or self.outlook.chance is None:
            return None
        return self.outlook.excess * max(0, self.at_stake)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.flagged`."""
        return {
            "customer_id": self.customer_id,
            "signals": [signal.key for signal in self.signals],
            "at_stake": money_figure(self.at_stake),
            "expected_loss": money_figure(self.expected_loss),
            **self.outlook.figures(),
            "last_purchase": self.last_purchase.isoformat(),
            "last_contact": self.last_contact.isoformat() if self.last_contact else None,
            "permission": self.permission,
            "reasons": [signal.figures() for signal in self.signals],
        }


@record
class SignalSummary:
    """How many active customers show a signal, and what is at stake with them in ten-thousandths.

    None where the data is younger, and where the signal has not told leavers from stayers.
    """

    key: str
    customers: int
    at_stake: int | None


@record
class BackTestQuarter:
    """Customers active at the end of `quarter`, flagged or not by what was known then, and who bought in the next."""

    quarter: Quarter
    flagged: Rate
    unflagged: Rate

    @property
    def everyone(self) -> Rate:
        """Who bought of all who were active."""
        return Rate(self.flagged.k + self.unflagged.k, self.flagged.n + self.unflagged.n)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.back_test`."""
        return {
            "quarter": str(self.quarter),
            "flagged": self.flagged.n,
            "flagged_bought": self.flagged.k,
            "unflagged": self.unflagged.n,
            "unflagged_bought": self.unflagged.k,
            "all": self.everyone.n,
            "all_bought": self.everyone.k,
        }


@record
class Power:
    """Whether a signal told leavers from stayers in the tested quarters together.

    `flagged` and `unflagged` are those who bought in the quarter after, of the customers with and without the signal;
    `unflagged` counts only customers for whom the signal could show (as those with an open offer, or with a regular
    category). `everyone` are all active customers: the base rate. A customer counts once a quarter.
    `low` and `high` are the 95 % interval of all others less flagged.
    `verdict`: `tells_apart` (fewer of the flagged bought than of all others, and than of the unflagged, each beyond its
    interval), `misleads` (more than of all others), `no_power`, `too_few` (fewer than 10 on one side). `key` is "" for
    any signal. `expected` are purchases that the chances alone, without the signal, expected of the flagged: where
    fewer bought beyond chance the signal `adds` to them; both None where there are no chances.
    """

    key: str
    flagged: Rate
    unflagged: Rate
    low: float | None
    high: float | None
    verdict: str
    everyone: Rate
    expected: float | None = None
    adds: bool | None = None

    @property
    def others(self) -> Rate:
        """Who bought of all active customers without the signal, whether it could show or not."""
        return Rate(self.everyone.k - self.flagged.k, self.everyone.n - self.flagged.n)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.power`."""
        return {
            "signal": self.key or "any",
            **rate_figures("flagged_bought", self.flagged),
            **rate_figures("unflagged_bought", self.unflagged),
            **rate_figures("all_bought", self.everyone),
            "expected_bought": None if self.expected is None else round(self.expected, 2),
            "adds": self.adds,
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

    `flagged` shows a signal, by expected loss, else by money at stake, largest first; `active` is the number of active
    customers; `signals` has an entry for every signal that the data can show. `back_test` is newest first. `calls` are
    those to call, as many as the client can, the largest expected loss first: by chances where these have told leavers
    from stayers, else by signals that have; `rule` says which (`model`, `recency`, `rhythm`). `review` is None where
    there are too few customer-quarters.
    """

    active: int
    flagged: tuple[FlaggedCustomer, ...]
    calls: tuple[FlaggedCustomer, ...]
    rule: str
    signals: tuple[SignalSummary, ...]
    back_test: tuple[BackTestQuarter, ...]
    power: tuple[Power, ...]
    review: Review | None
    trend: TrendWatch | None
    missing: tuple[Missing, ...]

    @property
    def at_stake(self) -> int | None:
        """What is at stake with those to call; None where the data is younger or nothing told leavers from stayers."""
        if not self.is_proven:
            return None
        amounts = [customer.at_stake for customer in self.calls]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if len(known) == len(amounts) else None

    @property
    def proven_signals(self) -> frozenset[str]:
        """The signals that told leavers from stayers in the quarters tested."""
        return frozenset(power.key for power in self.power if power.key and power.verdict == TELLS_APART)

    @property
    def is_proven(self) -> bool:
        """Tell whether chances or at least one sign told leavers from stayers in the quarters tested."""
        return self.by_chance or bool(self.proven_signals)

    @property
    def by_chance(self) -> bool:
        """Tell whether those to call are named by chances that have proved themselves."""
        return self.review is not None and self.review.is_proven

    def figures(self) -> dict[str, Figure]:
        """Return the section `early_warning` of `figures.json`."""
        return {
            **Rate(len(self.flagged), self.active).figures("flagged_share"),
            "at_stake": money_figure(self.at_stake),
            "flagged": [customer.figures() for customer in self.flagged],
            "rule": self.rule,
            "calls": [customer.figures() for customer in self.calls],
            "model": None if self.review is None else self.review.figures(),
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
