"""What the offers' analysis finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import (
    Figure,
    Missing,
    Rate,
    difference_interval,
    missing_figures,
    money_figure,
    rate_figures,
)
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date


@record
class OpenOffer:
    """An offer that was open at the cut-off; `amount` in ten-thousandths, days as dates.

    `wishes` as in the file, "" without any. `overdue`: its decision date lies before the cut-off. `silent`: overdue,
    and never followed up (False where the file does not record that).
    """

    offer_id: str
    customer_id: str
    name: str
    amount: int
    offered_on: date
    decision_due_on: date | None
    followed_up_on: date | None
    sales_rep: str
    wishes: str
    permission: str
    overdue: bool
    silent: bool

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `open_offers` list."""
        return {
            "offer_id": self.offer_id,
            "customer_id": self.customer_id,
            "amount": money_figure(self.amount),
            "offered_on": self.offered_on.isoformat(),
            "decision_due_on": self.decision_due_on.isoformat() if self.decision_due_on else None,
            "followed_up_on": self.followed_up_on.isoformat() if self.followed_up_on else None,
            "silent": self.silent,
        }


@record
class Outcome:
    """Decided offers of one group: how many were won, lost, and expired, and their amounts in ten-thousandths."""

    group: str
    won: int
    lost: int
    expired: int
    won_amount: int
    amount: int

    @property
    def rate(self) -> Rate:
        """Won ÷ won, lost, and expired."""
        return Rate(self.won, self.won + self.lost + self.expired)

    @property
    def value_rate(self) -> Rate | None:
        """Amount won ÷ amount of all decided offers; None where no lost or expired offer carries an amount."""
        if self.lost + self.expired and self.amount == self.won_amount:
            return None
        return Rate(self.won_amount, self.amount, is_money=True)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of one of the section's lists of groups."""
        return {
            "group": self.group,
            **self.rate.figures("hit_rate"),
            "lost": self.lost,
            "expired": self.expired,
            **rate_figures("hit_rate_value", self.value_rate),
        }


@record
class Reason:
    """Why offers were lost, in the client's word ("" where none is given); `price` tells that it is about the price."""

    word: str
    offers: int
    amount: int
    price: bool

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `reasons` list."""
        return {"reason": self.word, "offers": self.offers, "amount": money_figure(self.amount), "price": self.price}


@record
class Wish:
    """A wish beside the price: decided offers on which it was recorded, and how many of them were won."""

    word: str
    rate: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `wishes` list."""
        return {"wish": self.word, **self.rate.figures("hit_rate")}


@record
class Score:
    """Enquiries that met so many criteria: won ÷ those whose result is recorded; `waiting` have none yet."""

    criteria: int
    rate: Rate
    waiting: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `enquiries.scores` list."""
        return {"criteria": self.criteria, **self.rate.figures("close_rate"), "waiting": self.waiting}


@record
class Criterion:
    """One criterion: close rate of the enquiries that met it, and of those that did not."""

    name: str
    met: Rate
    unmet: Rate

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of the difference; None where one group is empty."""
        return difference_interval(self.met, self.unmet) if self.met.n and self.unmet.n else None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `enquiries.criteria` list."""
        return {"criterion": self.name, **self.met.figures("met"), **self.unmet.figures("unmet")}


@record
class Enquiries:
    """Enquiries of the last twelve months by score; `few` are those with one criterion or none, `many` the others."""

    received: int
    scores: tuple[Score, ...]
    criteria: tuple[Criterion, ...]
    few: Rate
    many: Rate

    @property
    def rate(self) -> Rate:
        """Won ÷ all whose result is recorded."""
        return Rate(self.few.k + self.many.k, self.few.n + self.many.n)

    def figures(self) -> dict[str, Figure]:
        """Return the entry `enquiries` of the section."""
        return {
            "received": self.received,
            **self.rate.figures("close_rate"),
            "scores": [score.figures() for score in self.scores],
            "criteria": [criterion.figures() for criterion in self.criteria],
        }


@record
class Comparison:
    """Hit rates of decided offers with something (a follow-up, a wish on record) and without it."""

    with_it: Rate
    without: Rate

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of the difference of the hit rates; None where one group is empty."""
        return difference_interval(self.with_it, self.without) if self.with_it.n and self.without.n else None

    @property
    def difference(self) -> float | None:
        """Return hit rate with less without follow-up."""
        if not self.with_it.n or not self.without.n:
            return None
        return self.with_it.k / self.with_it.n - self.without.k / self.without.n

    def figures(self) -> dict[str, Figure]:
        """Return both rates and their difference with its interval."""
        interval = self.interval
        return {
            **self.with_it.figures("with"),
            **self.without.figures("without"),
            "difference": None if self.difference is None else round(self.difference, 6),
            "low": None if interval is None else round(interval[0], 6),
            "high": None if interval is None else round(interval[1], 6),
        }


@record
class Practice:
    """One way of making offers: what became of decided offers made that way, and of those made otherwise.

    Offers of which it is not recorded are in neither.
    """

    name: str
    with_it: Outcome
    without: Outcome

    @property
    def comparison(self) -> Comparison:
        """The two hit rates by number."""
        return Comparison(self.with_it.rate, self.without.rate)

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `practices` list."""
        return {
            "practice": self.name,
            **self.comparison.figures(),
            **rate_figures("with_value", self.with_it.value_rate),
            **rate_figures("without_value", self.without.value_rate),
        }


@record
class WonMargin:
    """Margin of the won offers whose cost is on record; amounts in ten-thousandths.

    `known` is their number among all won ones; `below_cost` brought less than they cost, `loss` in all.
    """

    known: Rate
    amount: int
    cost: int
    below_cost: int
    loss: int

    @property
    def margin(self) -> Rate:
        """Amount less cost ÷ amount."""
        return Rate(self.amount - self.cost, self.amount, is_money=True)

    def figures(self) -> dict[str, Figure]:
        """Return the entry `won_margin` of the section; `loss` is what those below cost fell short of it."""
        return {
            **self.known.figures("known"),
            **self.margin.figures("margin"),
            "below_cost": self.below_cost,
            "loss": money_figure(self.loss),
        }


@record
class Decisions:
    """What became of the offers decided in the last twelve months.

    `before` is the outcome of the twelve months before (None before the data), `by_customer` is empty where the data is
    too young to tell who was a customer. `size_limits` are the largest amounts of the lower and the middle third.
    `follow_up` is None where the file does not record it. `price` is lost for the price ÷ lost with a reason on record,
    `price_with_wish` those lost for the price on which a wish besides was recorded; None without the columns.
    `practices` are the ways of making offers that the file records, `won_margin` is None where it tells no cost.
    """

    outcome: Outcome
    before: Outcome | None
    follow_up: Comparison | None
    by_size: tuple[Outcome, ...]
    size_limits: tuple[int, ...]
    by_seller: tuple[Outcome, ...]
    by_customer: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    price: Rate | None
    price_with_wish: Rate | None
    wishes: tuple[Wish, ...]
    practices: tuple[Practice, ...]
    won_margin: WonMargin | None

    def groups(self) -> dict[str, Figure]:
        """Return the lists of groups, reasons, and wishes."""
        return {
            "by_size": [entry.figures() for entry in self.by_size],
            "by_sales_rep": [entry.figures() for entry in self.by_seller],
            "by_customer": [entry.figures() for entry in self.by_customer],
            "reasons": [entry.figures() for entry in self.reasons],
            "wishes": [entry.figures() for entry in self.wishes],
            "practices": [entry.figures() for entry in self.practices],
        }


@record
class Offers:
    """Open offers at the cut-off, and what became of decided ones; None where unknown.

    `undated` counts decided offers that tell no day: they are in neither.
    """

    open_offers: tuple[OpenOffer, ...] | None
    decisions: Decisions | None
    undated: int | None
    enquiries: Enquiries | None
    follow_ups_recorded: bool
    missing: tuple[Missing, ...]

    @property
    def silent(self) -> tuple[OpenOffer, ...] | None:
        """Return open offers whose decision date has passed without any follow-up; None where nobody can tell."""
        if self.open_offers is None or any(entry.key == "silent" for entry in self.missing):
            return None
        return tuple(offer for offer in self.open_offers if offer.silent)

    @property
    def not_followed_up(self) -> tuple[OpenOffer, ...] | None:
        """Return open offers that nobody has followed up, due or not; None where the file does not record that."""
        if self.open_offers is None or not self.follow_ups_recorded:
            return None
        return tuple(offer for offer in self.open_offers if offer.followed_up_on is None)

    def figures(self) -> dict[str, Figure]:
        """Return the section `offers` of `figures.json`."""
        known, decided, waiting = self.open_offers, self.decisions, self.not_followed_up
        return {
            "open": None if known is None else len(known),
            "open_amount": None if known is None else money_figure(sum(offer.amount for offer in known)),
            "silent": None if self.silent is None else len(self.silent),
            "not_followed_up": None if waiting is None else len(waiting),
            "not_followed_up_amount": None if waiting is None else money_figure(sum(offer.amount for offer in waiting)),
            "open_offers": None if known is None else [offer.figures() for offer in known],
            **rate_figures("hit_rate", decided.outcome.rate if decided else None),
            **rate_figures("hit_rate_value", decided.outcome.value_rate if decided else None),
            **rate_figures("hit_rate_before", decided.before.rate if decided and decided.before else None),
            "lost": decided.outcome.lost if decided else None,
            "expired": decided.outcome.expired if decided else None,
            "undated": self.undated,
            "follow_up": decided.follow_up.figures() if decided and decided.follow_up else None,
            **rate_figures("price_share", decided.price if decided else None),
            **rate_figures("price_with_wish", decided.price_with_wish if decided else None),
            "won_margin": decided.won_margin.figures() if decided and decided.won_margin else None,
            **(decided.groups() if decided else {}),
            "enquiries": self.enquiries.figures() if self.enquiries else None,
            "missing": missing_figures(self.missing),
        }
