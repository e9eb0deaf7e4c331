"""What the offers say: the headline, facts, findings, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Fact, FactStrip, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.offers.offer_results import Offers, OpenOffer
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context


def headline(context: Context, offers: Offers) -> str:
    """Say how many offers were won and how many wait unattended; "" where nothing is known of offers and enquiries."""
    say = context.wording.say
    won = _won(context, offers)
    waiting = _waiting(context, offers)
    if won and waiting:
        return say("offers.headline.both", won=won, waiting=waiting)
    if won or waiting:
        alone = won or waiting
        return say("offers.headline.one", text=f"{alone[0].upper()}{alone[1:]}")
    if offers.enquiries is not None and offers.enquiries.rate.n:
        return say("offers.headline.enquiries", rate=context.formats.k_of_n(offers.enquiries.rate))
    return ""


def fact_strip(context: Context, offers: Offers) -> FactStrip | None:
    """Show the hit rates and what is open; None without offers."""
    if offers.open_offers is None:
        return None
    say, formats, decided = context.wording.say, context.formats, offers.decisions
    silent, value = offers.silent, decided.outcome.value_rate if decided else None
    won = decided.outcome.rate if decided else None
    notes = (_base(context, won), _before(context, decided.before.rate if decided and decided.before else None))
    facts = (
        Fact(say("offers.facts.hit_rate"), _rate(context, won), "; ".join(filter(None, notes))),
        Fact(say("offers.facts.by_value"), _rate(context, value), _base(context, value)),
        Fact(
            say("offers.facts.open"),
            formats.count(len(offers.open_offers)),
            "; ".join(filter(None, (formats.money_short(_sum(offers.open_offers)), _never(context, offers)))),
        ),
        Fact(
            say("offers.facts.silent"),
            say("common.unknown") if silent is None else formats.count(len(silent)),
            "" if not silent else formats.money_short(_sum(silent)),
        ),
    )
    return FactStrip((*facts, *_margin(context, offers)))


def findings(context: Context, offers: Offers) -> tuple[Finding, ...]:
    """Return the silent offers as a finding, else what following up goes with."""
    topic = context.wording.say("offers.findings.topic")
    silent = offers.silent
    if silent and worth_naming(_sum(silent)):
        text = context.wording.count(
            "offers.findings.silent",
            len(silent),
            n=context.formats.count(len(silent)),
            money=context.formats.money_short(_sum(silent)),
        )
        return (Finding(topic, text, _sum(silent)),)
    follow_up = offers.decisions.follow_up if offers.decisions else None
    if follow_up is None or follow_up.interval is None or follow_up.interval[0] <= 0:
        return ()
    text = context.wording.say(
        "offers.findings.follow_up",
        with_it=context.formats.rate(follow_up.with_it),
        without=context.formats.rate(follow_up.without),
    )
    return (Finding(topic, text, 0),)


def agenda(context: Context, offers: Offers) -> tuple[str, ...]:
    """Ask about silent offers and about enquiries with little interest."""
    found = []
    silent = offers.silent
    if silent:
        found.append(context.wording.count("offers.agenda.silent", len(silent), n=context.formats.count(len(silent))))
    margin = offers.decisions.won_margin if offers.decisions else None
    if margin is not None and margin.below_cost:
        number, money = context.formats.count(margin.below_cost), context.formats.money_short(margin.loss)
        found.append(context.wording.count("offers.agenda.below_cost", margin.below_cost, n=number, money=money))
    enquiries = offers.enquiries
    if enquiries is not None and enquiries.few.n:
        found.append(context.wording.say("offers.agenda.enquiries", few=context.formats.k_of_n(enquiries.few)))
    return tuple(found)


def _won(context: Context, offers: Offers) -> str:
    if offers.decisions is None:
        return ""
    rate, formats = offers.decisions.outcome.rate, context.formats
    key = "lone" if rate.n == 1 else "won"
    return context.wording.count(f"offers.headline.{key}", rate.k, k=formats.count(rate.k), n=formats.count(rate.n))


def _waiting(context: Context, offers: Offers) -> str:
    formats = context.formats
    if offers.open_offers is None:
        return ""
    if offers.silent is None:
        count = len(offers.open_offers)
        return context.wording.count("offers.headline.open", count, n=formats.count(count))
    silent = offers.silent
    if silent and not worth_naming(_sum(silent)):
        return context.wording.count("offers.headline.overdue", len(silent), n=formats.count(len(silent)))
    return context.wording.count(
        "offers.headline.silent", len(silent), n=formats.count(len(silent)), money=formats.money_short(_sum(silent))
    )


def _sum(offers: Sequence[OpenOffer]) -> int:
    return sum(offer.amount for offer in offers)


def _never(context: Context, offers: Offers) -> str:
    """Say how many open offers, due or not, nobody has followed up; "" where none or not recorded."""
    waiting = offers.not_followed_up
    if not waiting:
        return ""
    return context.wording.count("offers.facts.never", len(waiting), n=context.formats.count(len(waiting)))


def _margin(context: Context, offers: Offers) -> tuple[Fact, ...]:
    """Show what won offers left above their cost, where enough of them tell it."""
    margin = offers.decisions.won_margin if offers.decisions else None
    if margin is None or margin.margin.share is None or margin.known.k < TOO_FEW:
        return ()
    number = context.formats.count(margin.below_cost)
    note = context.wording.count("offers.facts.below_cost", margin.below_cost, n=number)
    share = context.formats.percent(margin.margin.share)
    return (Fact(context.wording.say("offers.facts.margin"), share, note),)


def _rate(context: Context, rate: Rate | None) -> str:
    return context.wording.say("common.unknown") if rate is None else context.formats.rate(rate)


def _before(context: Context, rate: Rate | None) -> str:
    return "" if rate is None else context.wording.say("offers.facts.before", rate=context.formats.rate(rate))


def _base(context: Context, rate: Rate | None) -> str:
    base = "" if rate is None else context.formats.k_of_n(rate)
    return "" if rate is None or base == context.formats.rate(rate) else base
