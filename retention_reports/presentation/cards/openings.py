"""With which sentence the call begins: made from the recommendation's own facts, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Entry

_FACTS = {
    Kind.SETTLE_COMPLAINT: ("since",),
    Kind.WIN_BACK: ("last_purchase",),
    Kind.ASK_REASON: ("last_purchase",),
    Kind.FOLLOW_UP_OFFER: ("offered_on",),
    Kind.SECOND_PURCHASE: ("bought_on",),
    Kind.CROSS_SELL: ("category",),
}
"""What a kind's sentence names; where one of them is not known, the sentence of any contact stands in."""


def opening(context: Context, entry: Entry, line: CustomerLine) -> str:
    """Return the greeting, with the contact person's name where it is known, and the first sentence."""
    facts = {name: _text(context, entry, name) for name in _FACTS.get(entry.kind, ())}
    kind = entry.kind if all(facts.values()) else Kind.CONTACT
    sentence = context.wording.say(f"cards.opening.{kind}", **(facts if kind is entry.kind else {}))
    person = line.contact.name if line.contact else ""
    greeting = context.wording.say(f"cards.greeting.{'named' if person else 'nameless'}", person=person)
    return f"{greeting} {sentence}"


def _text(context: Context, entry: Entry, name: str) -> str:
    fact = entry.why.get(name)
    if isinstance(fact, date):
        return context.formats.long_day(fact)
    return fact if isinstance(fact, str) else ""
