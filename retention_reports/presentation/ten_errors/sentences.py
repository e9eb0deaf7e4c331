"""What the data says about each belief, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.missing import reason_text

if TYPE_CHECKING:
    from retention_reports.analyses.ten_errors.ten_errors_results import Belief
    from retention_reports.presentation.context import Context

_SECOND = {
    "know_needs": ("single_category", "single"),
    "no_time": ("not_followed_up", "offers"),
    "price_is_reason": ("offers_lost_to_price", "offers"),
}
"""A second figure where it is known: its rate, and the end of its sentence's key."""

_DIFFERENCES = ("satisfied_stay", "complainers_leave")


def belief_sentence(context: Context, belief: Belief) -> str:
    """Say what the data shows, with its figures and interval, or why nothing is known."""
    say = context.wording.say
    if belief.missing is not None:
        return say("ten_errors.data.unknown", reason=reason_text(context, belief.missing))
    values = _values(context, belief)
    parts = [say(f"ten_errors.data.{_first_key(belief)}", **values)]
    if belief.interval is not None:
        parts.append(_interval(context, belief.key, belief.interval))
    rate, ending = _SECOND.get(belief.key, ("", ""))
    if rate in belief.rates:
        parts.append(say(f"ten_errors.data.{belief.key}_{ending}", **values))
    return " ".join(parts)


def money_sentence(context: Context, belief: Belief) -> str:
    """Say what a refuted belief costs; only for beliefs with money at stake."""
    return context.wording.say(f"ten_errors.findings.{belief.key}", **_values(context, belief))


def _first_key(belief: Belief) -> str:
    if belief.key != "measures_work" or belief.rates["with_effect"].n:
        return belief.key
    return "measures_work_few" if belief.rates["with_control_group"].k else "measures_work_none"


def _values(context: Context, belief: Belief) -> dict[str, str]:
    formats = context.formats
    values = {name: formats.k_of_n(rate) for name, rate in belief.rates.items()}
    amounts = belief.amounts.values()
    texts = formats.money_alike(list(amounts))
    if len(set(texts)) < len(set(amounts)):  # what is compared must be seen to differ
        texts = [formats.money(amount) for amount in amounts]
    values.update(zip(belief.amounts, texts, strict=True))
    if belief.key == "no_time":
        contacts, lacking = belief.rates["contacts_of_due"], belief.rates["lacking_of_due"]
        values.update(done=formats.count(contacts.k), due=formats.count(contacts.n), lacking=formats.count(lacking.k))
    if belief.key == "measures_work":
        values["n"] = formats.count(belief.rates["with_control_group"].n)
    if belief.key == "only_largest":
        share = belief.rates["smaller_value"].share
        values["share"] = context.wording.say("common.nothing") if share is None else formats.percent(share, 0)
    return values


def _interval(context: Context, key: str, interval: tuple[float, float]) -> str:
    say, formats = context.wording.say, context.formats
    low, high = (bound * 100 for bound in interval)
    if key in _DIFFERENCES:
        return say("ten_errors.data.difference", low=formats.signed(low), high=formats.signed(high))
    return say("ten_errors.data.interval", low=formats.number(low), high=formats.percent(interval[1], 0))
