"""What the new customers' figures say: headline, small figures, the first page's finding, decision, and key figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.gate import enough, worth_naming
from retention_reports.presentation.view import Fact, FactStrip, Finding, KeyFigure

if TYPE_CHECKING:
    from retention_reports.analyses.new_customers.economics import RetentionGain
    from retention_reports.analyses.new_customers.new_customer_results import NewCustomers
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_ORDER = 70


def again_rate(new: NewCustomers) -> Rate | None:
    """Return who bought again within 180 days of all known first-time buyers whose time is over."""
    return new.first_purchases[0].again if new.first_purchases else None


def headline(context: Context, new: NewCustomers) -> str:
    """Say in one sentence who comes back after a first purchase and who is still waiting."""
    say = context.wording.say
    rate = again_rate(new)
    waiting = new.one_time_buyers
    if rate is None and waiting is None:
        return say("new_customers.headline.unknown", day=context.formats.long_day(context.dataset.data_from))
    if waiting is None:
        return say("new_customers.headline.again_only", again=_again(context, rate))
    single = context.wording.count("new_customers.headline.waiting", waiting, n=context.formats.count(waiting))
    if rate is None:
        return say("new_customers.headline.waiting_only", waiting=single)
    return say("new_customers.headline.both", again=_again(context, rate), waiting=single)


def fact_strip(context: Context, new: NewCustomers) -> FactStrip | None:
    """Return reachability, close rates, and what more retention would bring; None where nothing is known."""
    say = context.wording.say
    facts = []
    if new.reachable is not None and new.reachable.n:
        facts.append(_rate_fact(context, "reachable", new.reachable))
    if new.close_rates is not None:
        quoted = {"existing": "60–70", "new": "5–20"}
        for name, rate in (("existing", new.close_rates.existing), ("new", new.close_rates.new)):
            note = say("new_customers.facts.quoted", share=quoted[name])
            facts.append(_rate_fact(context, f"close_{name}", rate, note))
    gain = _gain_fact(context, new.retention_gain)
    if gain is not None:
        facts.append(gain)
    return FactStrip(tuple(facts)) if facts else None


def findings(context: Context, new: NewCustomers) -> tuple[Finding, ...]:
    """Return the one-time buyers as a finding."""
    buyers = new.buyers or ()
    value, number = sum(buyer.value for buyer in buyers), len(buyers)
    if not worth_naming(value):
        return ()
    text = context.wording.count(
        "new_customers.findings.single",
        number,
        n=context.formats.count(number),
        money=context.formats.money_short(value),
    )
    return (Finding(context.wording.say("new_customers.findings.topic"), text, value, "new"),)


def key_figures(context: Context, new: NewCustomers) -> tuple[KeyFigure, ...]:
    """Return the share of second purchases."""
    rate = again_rate(new)
    if rate is None:
        return ()
    shown, base = context.formats.rate(rate), context.formats.k_of_n(rate)
    label = context.wording.say("new_customers.key_figures.again")
    note = "" if shown == base else base
    return (KeyFigure(_ORDER, label, shown, note=note, key="new_customers.first_purchases.again"),)


def agenda(context: Context, new: NewCustomers) -> tuple[str, ...]:
    """Return the question what happens after a first purchase."""
    if not new.buyers:
        return ()
    return (
        context.wording.count("new_customers.agenda.single", len(new.buyers), n=context.formats.count(len(new.buyers))),
    )


def _gain_fact(context: Context, gain: RetentionGain | None) -> Fact | None:
    """Say what five points more retention would bring; a few leavers tell no lifetime."""
    if gain is None or gain.effect is None or gain.years_now is None or gain.years_then is None:
        return None
    if not enough(gain.retention.n - gain.retention.k):
        return None
    say, formats = context.wording.say, context.formats
    note = say(
        "new_customers.facts.five_points_note",
        now=formats.number(float(gain.years_now), 1),
        then=formats.number(float(gain.years_then), 1),
    )
    value = formats.signed_percent(float(gain.effect), 0)
    return Fact(say("new_customers.facts.five_points"), value, note)


def _again(context: Context, rate: Rate | None) -> str:
    if rate is None:
        return ""
    count = context.formats.count
    if not enough(rate.n):
        return context.wording.count("new_customers.headline.early", rate.n, n=count(rate.n))
    return context.wording.count("new_customers.headline.again", rate.k, k=count(rate.k), n=count(rate.n))


def _rate_fact(context: Context, name: str, rate: Rate, note: str = "") -> Fact:
    shown, base = context.formats.rate(rate), context.formats.k_of_n(rate)
    parts = [part for part in ("" if shown == base else base, note) if part]
    value = shown if rate.n else context.wording.say("common.nothing")
    return Fact(context.wording.say(f"new_customers.facts.{name}"), value, "; ".join(parts))
