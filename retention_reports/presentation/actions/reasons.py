"""Why a customer stands on a list, in a sentence made from the recommendation's own facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
from retention_reports.model.figures import Rate
from retention_reports.presentation.early_warning.reasons import reason_text
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Entry


def reason_in_words(context: Context, entry: Entry, line: CustomerLine) -> str:
    """Return the reason; where writing is not allowed, it ends with the telephone."""
    reason = _SENTENCES[entry.kind](_Facts(context, entry))
    if line.permission != "no":
        return reason
    phone = line.contact.phone if line.contact else ""
    return context.wording.say(f"actions.reasons.{'call' if phone else 'no_phone'}", reason=reason, phone=phone)


class _Facts:
    """A recommendation's facts as texts of the language."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self.context = context
        self.entry = entry
        self.formats = context.formats

    def say(self, key: str, **values: str) -> str:
        return self.context.wording.say(f"actions.reasons.{key}", **values)

    def count(self, key: str, number: int, **values: str) -> str:
        said = {"n": self.formats.count(number), **values}
        return self.context.wording.count(f"actions.reasons.{key}", number, **said)

    def day(self, name: str) -> str:
        fact = self.entry.why.get(name)
        return self.formats.day(fact) if isinstance(fact, date) else ""

    def text(self, name: str) -> str:
        fact = self.entry.why.get(name)
        return fact if isinstance(fact, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        fact = self.entry.why.get(name)
        return fact if isinstance(fact, tuple) else ()

    def number(self, name: str) -> int:
        fact = self.entry.why.get(name)
        return int(fact) if isinstance(fact, int | float) else 0

    def money(self, name: str) -> str:
        return self.formats.money_of(1, self.number(name))

    def with_parts(self, reason: str, parts: Mapping[str, str]) -> str:
        """Add what is known: each part by its sentence, under the name of which its text goes in."""
        for key, text in parts.items():
            if text:
                reason = self.say(key, reason=reason, text=text)
        return reason


def _complaint(facts: _Facts) -> str:
    reason = facts.count("complaint", facts.number("complaints"), day=facts.day("since"))
    return facts.with_parts(reason, {"about": facts.text("topic"), "said": " / ".join(facts.texts("texts"))})


def _leaver(key: str) -> Callable[[_Facts], str]:
    def sentence(facts: _Facts) -> str:
        word = facts.context.wording.say(f"lost_customers.reason.{facts.text('reason')}")
        reason = facts.say(key, day=facts.day("left_on"), last=facts.day("last_purchase"), reason=word)
        return facts.with_parts(reason, {"contacted": facts.day("contacted_on"), "noted": facts.text("remark")})

    return sentence


def _warning(facts: _Facts) -> str:
    warning = facts.context.result(EarlyWarning)
    own = next(one for one in warning.calls if one.customer_id == facts.entry.customer_id)
    proven = [signal for signal in own.signals if signal.key in warning.proven_signals]
    return reason_text(facts.context, proven, outlook=own.outlook if warning.by_chance else None)


def _unexplained(facts: _Facts) -> str:
    return facts.say("notice" if facts.number("by_notice") else "silent", day=facts.day("last_purchase"))


def _offer(facts: _Facts) -> str:
    reason = facts.say(
        "offer", offer=facts.text("offer_id"), day=facts.day("offered_on"), amount=facts.money("amount_offer")
    )
    return facts.with_parts(reason, {"decided_by": facts.day("decision_due_on"), "wishes": facts.text("wishes")})


def _decision(facts: _Facts) -> str:
    day = facts.entry.why.get("day")
    key = "decision_over" if isinstance(day, date) and day < facts.entry.due_on else "decision"
    return facts.say(key, offer=facts.text("offer_id"), day=facts.day("day"), amount=facts.money("amount_offer"))


def _gap(facts: _Facts) -> str:
    share = facts.formats.k_of_n(Rate(facts.number("buyers"), facts.number("customers")))
    segment = facts.text("segment")
    key = "gap" if segment else "gap_anywhere"
    reason = facts.say(key, category=facts.text("category"), share=share, segment=segment)
    return facts.with_parts(reason, {"goes_with": facts.text("argument")})


def _first_purchase(facts: _Facts) -> str:
    categories = facts.texts("categories")
    key = "bought" if categories else "bought_something"
    listed = facts.formats.listing(categories)
    return facts.count(key, facts.number("days_since"), day=facts.day("bought_on"), categories=listed)


def _price_talk(facts: _Facts) -> str:
    words = [facts.context.wording.say(f"prices.arguments.{name}") for name in facts.texts("arguments")]
    return facts.say("price_talk", arguments=facts.formats.listing(words)) if words else facts.say("price_talk_bare")


def _overdue_contact(facts: _Facts) -> str:
    reason = facts.count("overdue", facts.number("days_over"), **{"class": facts.text("value_class")})
    return facts.with_parts(reason, {"missed": facts.day("missed_plan")})


def _referral(facts: _Facts) -> str:
    score = facts.formats.number(facts.number("score"))
    return facts.say("satisfied", score=score, day=facts.day("asked_on"))


def _wish(facts: _Facts) -> str:
    fit = facts.formats.number(facts.number("fit"))
    if not facts.number("amount_year"):
        last = facts.day("last_purchase")
        bought = facts.say("wish_silent", day=last) if last else facts.say("wish_never")
    else:
        bought = facts.say("wish_little", amount=facts.money("amount_year"))
    potential = facts.money("amount_potential") if facts.number("amount_potential") else ""
    return facts.with_parts(facts.say("wish", fit=fit, bought=bought), {"potential": potential})


def _overdue_order(facts: _Facts) -> str:
    usual = facts.formats.count(facts.number("usual_days"))
    return facts.count("order", facts.number("days_over"), day=facts.day("last_purchase"), usual=usual)


def _birthday(facts: _Facts) -> str:
    return facts.say("birthday", person=facts.text("person"), day=facts.day("day"))


def _anniversary(facts: _Facts) -> str:
    return facts.count("anniversary", facts.number("years"), day=facts.day("day"))


def _address(facts: _Facts) -> str:
    faults = zip(facts.texts("faults"), facts.texts("texts"), strict=True)
    return facts.say("address", faults="; ".join(facts.say(f"fault_{kind}", text=text) for kind, text in faults))


_SENTENCES: Mapping[Kind, Callable[[_Facts], str]] = {
    Kind.SETTLE_COMPLAINT: _complaint,
    Kind.ANSWER_NOTICE: _leaver("answer_notice"),
    Kind.WIN_BACK: _leaver("win_back"),
    Kind.SAVE_CUSTOMER: _warning,
    Kind.ASK_REASON: _unexplained,
    Kind.FOLLOW_UP_OFFER: _offer,
    Kind.DECISION_DAY: _decision,
    Kind.OVERDUE_ORDER: _overdue_order,
    Kind.CONTACT: _overdue_contact,
    Kind.CROSS_SELL: _gap,
    Kind.SECOND_PURCHASE: _first_purchase,
    Kind.PRICE_TALK: _price_talk,
    Kind.WISH_CUSTOMER: _wish,
    Kind.ASK_REFERRAL: _referral,
    Kind.BIRTHDAY: _birthday,
    Kind.ANNIVERSARY: _anniversary,
    Kind.CORRECT_ADDRESS: _address,
}
