"""One customer's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.statuses import Status, statuses
from retention_reports.presentation.actions.reasons import reason_in_words
from retention_reports.presentation.cards.buying import Buying
from retention_reports.presentation.cards.care import Care
from retention_reports.presentation.cards.openings import opening
from retention_reports.presentation.pillars.pillar_conclusions import status_name
from retention_reports.presentation.recommendations.departments import responsible
from retention_reports.presentation.view import CustomerCard
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Entry

_SAID_BEFORE = frozenset({"control", "running", "negative_margin", "unavoidable"})
"""Why nobody is to turn to a customer; an open complaint leads on the card itself."""


class CardMaker:
    """Looks up what all cards need once."""

    def __init__(self, context: Context, names: Sequence[str]) -> None:
        """Prepare for the customers of these ids."""
        self._context = context
        self._rows = {name: row for row, name in enumerate(context.dataset.customer_lines.identifiers)}
        self._statuses = statuses(context.dataset.ledger, context.quarter)
        rows = [self._rows[name] for name in names]
        self._buying = Buying(context, rows)
        self._care = Care(context, rows)
        self._entries = _by_customer(context)
        self._excluded = {one.customer_id: one.reason for one in context.register.excluded}
        self.leading = tuple(name for name, own in self._entries.items() if own[0].effect is not None)
        """Customers with something to be done that brings money, as the register ranks them."""

    def card(self, name: str) -> CustomerCard:
        """Return the card of one customer."""
        row = self._rows[name]
        line = self._context.dataset.customer_lines.line(row)
        own = self._entries.get(name, [])
        first, others = (own[0] if own else None), own[1:]
        lost = self._statuses[row] == Status.LOST
        told = first is not None and first.kind is Kind.SETTLE_COMPLAINT
        lines = (*self._buying.lines(row, lost=bool(lost)), *self._care.lines(row, line, complaint_told=told))
        return CustomerCard(
            customer_id=name,
            anchor=f"k-{row}",
            name=line.name,
            standing=self._standing(row, line),
            to_do=self._title(first) if first else self._excluded_text(name),
            reason=reason_in_words(self._context, first, line) if first else "",
            who=self._who(first) if first else "",
            opening=opening(self._context, first, line) if first else "",
            below=self._context.formats.listing([self._title(one) for one in others]),
            chart=self._buying.chart(row),
            revenue=self._buying.revenue(row),
            lines=lines,
        )

    def _standing(self, row: int, line: CustomerLine) -> str:
        say = self._context.wording.say
        status = Status(int(self._statuses[row]))
        parts = [
            line.segment,
            say("cards.value_class", name=line.value_class) if line.value_class else "",
            "" if status is Status.NONE else status_name(self._context, status),
            line.customer_id if line.customer_id != line.name else "",
        ]
        return " · ".join(filter(None, parts))

    def _title(self, entry: Entry) -> str:
        return self._context.wording.say(f"cards.to_do.{entry.kind}")

    def _who(self, entry: Entry) -> str:
        context = self._context
        owner = responsible(context, entry)
        day = context.wording.say("common.decisions.by", day=context.formats.day(entry.due_on))
        if entry.effect is None or entry.effect.expected <= 0:
            return f"{owner}, {day}"
        money = context.formats.estimate_of(1, entry.effect.expected)
        evidence = context.wording.say(f"recommendations.evidence.{entry.evidence}")
        return context.wording.say("cards.who_and_money", owner=owner, day=day, money=money, evidence=evidence)

    def _excluded_text(self, name: str) -> str:
        reason = self._excluded.get(name, "")
        return self._context.wording.say(f"cards.left_alone.{reason}") if reason in _SAID_BEFORE else ""


def _by_customer(context: Context) -> Mapping[str, list[Entry]]:
    """Return each customer's entries, the leading one first, then by rank, occasions last."""
    found: dict[str, list[Entry]] = {}
    entries = (*context.register.entries, *context.register.occasions)
    ranked = sorted(entries, key=lambda one: not one.leading)
    told: set[tuple[str, Kind]] = set()
    for entry in ranked:
        if entry.customer_id and (entry.customer_id, entry.kind) not in told:
            told.add((entry.customer_id, entry.kind))
            found.setdefault(entry.customer_id, []).append(entry)
    return found
