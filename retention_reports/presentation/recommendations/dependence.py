"""The one customer on whom much hangs, and what is at risk there, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.revenue_bridge import RevenueBridge
from retention_reports.presentation.view import Finding
from retention_reports.recommending.concentration import concentration
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.concentration import Concentration

_RISKS = (Kind.ANSWER_NOTICE, Kind.SETTLE_COMPLAINT, Kind.SAVE_CUSTOMER, Kind.CONTACT)
"""What the register may know of a customer that endangers its revenue, the worst first."""


def dependence(context: Context) -> Finding | None:
    """Say how much hangs on one customer, where it is much; a version without names says nothing of one customer."""
    if context.client.pseudonymised:
        return None
    found = concentration(context.dataset, context.result(RevenueBridge), context.register.entries)
    if found is None:
        return None
    text = " ".join((_share(context, found), *_risks(context, found)))
    return Finding(context.wording.say("recommendations.dependence.topic"), text, abs(found.part))


def _share(context: Context, found: Concentration) -> str:
    """Tell the part of the whole; where it is more than all of a change, what had come without that customer."""
    formats, say = context.formats, context.wording.say
    amount = formats.money_short(abs(found.part))
    if abs(found.part) > abs(found.whole):
        return say(f"recommendations.dependence.{found.of}_alone", name=found.name, amount=amount)
    share = formats.percent(found.part / found.whole, 0)
    return say(f"recommendations.dependence.{found.of}", name=found.name, share=share, amount=amount)


def _risks(context: Context, found: Concentration) -> list[str]:
    """Say the worst of what the register knows of the customer."""
    by_kind = {entry.kind: entry for entry in found.entries}
    for kind in _RISKS:
        if kind in by_kind:
            number = int(str(by_kind[kind].why["complaints"])) if kind is Kind.SETTLE_COMPLAINT else 1
            key = f"recommendations.dependence.risk_{kind}"
            return [context.wording.count(key, number, n=context.formats.count(number))]
    return []
