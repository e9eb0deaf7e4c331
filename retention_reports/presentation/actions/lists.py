"""One list a kind of recommendation, made from the register and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.ledger import NEVER, day_of
from retention_reports.presentation.actions.reasons import reason_in_words
from retention_reports.presentation.actions.words import COLUMNS, proposed_results
from retention_reports.presentation.recommendations.departments import responsible
from retention_reports.recommending.kinds import Kind
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.presentation.context import Context
    from retention_reports.recommending.effects import Effect
    from retention_reports.recommending.results import Entry

ORDER = (
    Kind.SETTLE_COMPLAINT,
    Kind.ANSWER_NOTICE,
    Kind.SAVE_CUSTOMER,
    Kind.WIN_BACK,
    Kind.ASK_REASON,
    Kind.FOLLOW_UP_OFFER,
    Kind.DECISION_DAY,
    Kind.OVERDUE_ORDER,
    Kind.CONTACT,
    Kind.CROSS_SELL,
    Kind.SECOND_PURCHASE,
    Kind.PRICE_TALK,
    Kind.WISH_CUSTOMER,
    Kind.ASK_REFERRAL,
    Kind.BIRTHDAY,
    Kind.ANNIVERSARY,
    Kind.CORRECT_ADDRESS,
)
"""The lists as they follow each other: what cannot wait first, what is only kind last."""


@record
class Action:
    """One line of a list. Texts are "" and other fields None where unknown.

    `amounts` (expected, low, and high) stand at a customer's leading recommendation alone, so that they may be added
    up; as texts they are bands, in a version for wider circulation. The e-mail address is not told where writing is
    not allowed.
    """

    identifier: str
    customer_id: str
    customer: str
    person: str
    phone: str
    email: str
    permission: str
    reason: str
    amounts: tuple[int | str | None, ...]
    evidence: str
    owner: str
    due: date
    last_contact: date | None


@record
class ActionList:
    """One list under its name, what brings most first."""

    kind: Kind
    name: str
    actions: tuple[Action, ...]


@record
class ActionsView:
    """All lists with anybody on them, in the client's language.

    `headings` names the columns: the list, then as in `COLUMNS`. `results` are the words proposed for the result,
    `results_title` names them, `result_hint` says what else may be written there.
    """

    language: str
    title: str
    headings: tuple[str, ...]
    lists: tuple[ActionList, ...]
    results: tuple[str, ...]
    results_title: str
    result_hint: str


def present_actions(context: Context) -> ActionsView:
    """Return the lists; firm-wide recommendations are in none."""
    say = context.wording.say
    lines = _Lines(context)
    lists = []
    for kind in ORDER:
        entries = [one for one in (*context.register.entries, *context.register.occasions) if one.kind is kind]
        if entries:
            lists.append(ActionList(kind, say(f"actions.lists.{kind}"), tuple(lines.action(one) for one in entries)))
    unit = say(f"actions.units.{'margin' if context.register.is_margin else 'revenue'}")
    words = {"currency": context.client.currency, "unit": unit}
    return ActionsView(
        language=context.wording.language,
        title=say("actions.title", client=context.client.name, quarter=context.formats.quarter(context.quarter)),
        headings=tuple(say(f"actions.columns.{name}", **words) for name in ("list", *COLUMNS)),
        lists=tuple(lists),
        results=proposed_results(context.wording),
        results_title=say("actions.results_title"),
        result_hint=say("actions.result_hint"),
    )


class _Lines:
    """Looks up what every line of a list tells of a customer."""

    def __init__(self, context: Context) -> None:
        dataset = context.dataset
        self._context = context
        self._rows = {name: row for row, name in enumerate(dataset.customers["customer_id"].tolist())}
        self._emails = dataset.customers["email"].tolist()
        self._last = dataset.contacts.last if dataset.contacts else None

    def action(self, entry: Entry) -> Action:
        """Return the line."""
        context = self._context
        row = self._rows[entry.customer_id]
        line = context.dataset.customer_lines.line(row)
        person = line.contact
        met = NEVER if self._last is None else int(self._last[row])
        may_write = line.permission != "no"
        effect = entry.effect if entry.leading else None
        return Action(
            identifier=entry.identifier,
            customer_id=line.customer_id,
            customer=line.name,
            person=person.name if person else "",
            phone=person.phone if person else "",
            email=((person.email if person else "") or self._emails[row]) if may_write else "",
            permission=context.wording.say(f"common.permission.{line.permission}"),
            reason=reason_in_words(context, entry, line),
            amounts=_amounts(context, effect),
            evidence="" if effect is None else context.wording.say(f"recommendations.evidence.{entry.evidence}"),
            owner=responsible(context, entry),
            due=entry.due_on,
            last_contact=None if met == NEVER else day_of(met),
        )


def _amounts(context: Context, effect: Effect | None) -> tuple[int | str | None, ...]:
    """Return expected amount, low, and high, each as a band where exact ones are nobody's business."""
    if effect is None:
        return None, None, None
    amounts = effect.expected, effect.low, effect.high
    return tuple(map(context.formats.band, amounts)) if context.formats.in_bands else amounts
