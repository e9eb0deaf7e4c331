"""The lists to work with outside of the report: whom to call or write to, why, who does it, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.contacts.results import ContactWork
from retention_reports.analyses.early_warning.results import EarlyWarning
from retention_reports.analyses.lost_customers.results import LostCustomers
from retention_reports.analyses.measures.results import Measures
from retention_reports.analyses.new_customers.results import NewCustomers
from retention_reports.model.ledger import NEVER, day_of
from retention_reports.presentation.early_warning.reasons import reason_text
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retention_reports.analyses.contacts.results import OverdueCustomer
    from retention_reports.analyses.lost_customers.results import LostCustomer
    from retention_reports.analyses.lost_customers.win_back_results import WinBackCandidate
    from retention_reports.analyses.new_customers.results import OneTimeBuyer
    from retention_reports.presentation.context import Context

_SOON, _LATER = 2, 4
"""Weeks after the cut-off within which a list is to be worked through."""


@record
class Action:
    """One customer to turn to. `value` is in ten-thousandths; texts are "" and other fields None where unknown."""

    customer_id: str
    customer: str
    reason: str
    value: int | None
    owner: str
    due: date
    permission: str
    person: str
    last_contact: date | None


@record
class ActionList:
    """One list under its name, most money first; `value_is` says what the values are."""

    name: str
    value_is: str
    actions: tuple[Action, ...]


@record
class ActionsView:
    """All lists in the client's language. `headings` names the columns: the list, then one an `Action`'s field.

    What the value is stands in a column of its own after the value.
    """

    language: str
    title: str
    headings: tuple[str, ...]
    lists: tuple[ActionList, ...]


@record
class _Call:
    """A customer on a list, before its name, owner, and contact are looked up."""

    customer_id: str
    reason: str
    value: int | None


_HEADINGS = (
    "list",
    "customer_id",
    "customer",
    "reason",
    "value",
    "value_is",
    "owner",
    "due",
    "permission",
    "person",
    "last_contact",
)


def present_actions(context: Context) -> ActionsView:
    """Return the five lists; a list without anybody is empty."""
    say = context.wording.say
    directory = _Directory(context)
    lists = (
        ("early_warning", _SOON, "retention", _early_warnings(context)),
        ("overdue", _SOON, "retention", _overdue(context)),
        ("ask_reason", _LATER, "win_back", _unknown_reasons(context)),
        ("win_back", _LATER, "win_back", _win_backs(context)),
        ("second_purchase", _LATER, "retention", _one_time_buyers(context)),
    )
    return ActionsView(
        language=context.wording.language,
        title=say("actions.title", client=context.client.name, quarter=context.formats.quarter(context.quarter)),
        headings=tuple(say(f"actions.columns.{name}", currency=context.client.currency) for name in _HEADINGS),
        lists=tuple(
            ActionList(
                say(f"actions.lists.{name}"),
                say(f"actions.values.{name}"),
                tuple(directory.action(call, weeks, kind) for call in calls),
            )
            for name, weeks, kind, calls in lists
        ),
    )


class _Directory:
    """Looks up what every line of a list tells of a customer."""

    def __init__(self, context: Context) -> None:
        dataset = context.dataset
        self._context = context
        self._lines = dataset.customer_lines
        self._rows = {name: row for row, name in enumerate(dataset.customers["customer_id"].tolist())}
        self._last = dataset.contacts.last if dataset.contacts else None
        plan = context.result(Measures).plan
        self._measure_owners = {entry.kind: entry.owner for entry in reversed(plan) if entry.owner}

    def action(self, call: _Call, weeks: int, kind: str) -> Action:
        """Return the line; where a customer has no sales person, the owner of the next due measure of the kind."""
        row = self._rows[call.customer_id]
        line = self._lines.line(row)
        met = NEVER if self._last is None else int(self._last[row])
        return Action(
            customer_id=call.customer_id,
            customer=line.name,
            reason=call.reason,
            value=call.value,
            owner=line.sales_rep or self._measure_owners.get(kind, ""),
            due=self._context.deadline(weeks),
            permission=self._context.wording.say(f"common.permission.{line.permission}"),
            person=line.contact.name if line.contact else "",
            last_contact=None if met == NEVER else day_of(met),
        )


def _early_warnings(context: Context) -> Iterator[_Call]:
    warning = context.result(EarlyWarning)
    proven = warning.proven_signals
    for entry in sorted(warning.flagged, key=lambda entry: proven.isdisjoint(signal.key for signal in entry.signals)):
        yield _Call(entry.customer_id, reason_text(context, entry.signals, proven), entry.at_stake)


def _overdue(context: Context) -> Iterator[_Call]:
    overdue = context.result(ContactWork).overdue
    for entry in sorted(overdue, key=lambda entry: (-entry.customer.revenue, entry.customer.customer_id)):
        yield _Call(entry.customer.customer_id, _overdue_reason(context, entry), entry.customer.revenue)


def _overdue_reason(context: Context, entry: OverdueCustomer) -> str:
    count = context.formats.count(entry.days_over)
    reason = context.wording.count(
        "actions.reasons.overdue", entry.days_over, n=count, **{"class": entry.customer.value_class}
    )
    if entry.missed_plan is None:
        return reason
    return context.wording.say("actions.reasons.missed", reason=reason, day=context.formats.day(entry.missed_plan))


def _unknown_reasons(context: Context) -> Iterator[_Call]:
    for entry in context.result(LostCustomers).call_list:
        yield _Call(entry.customer_id, _loss(context, entry), entry.revenue_year)


def _loss(context: Context, entry: LostCustomer) -> str:
    way = "notice" if entry.by_notice else "silent"
    return context.wording.say(f"actions.reasons.{way}", day=context.formats.day(entry.last_purchase))


def _win_backs(context: Context) -> Iterator[_Call]:
    for entry in context.result(LostCustomers).win_back:
        if entry.worthwhile:
            yield _Call(entry.customer_id, _win_back_reason(context, entry), entry.expected_gain)


def _win_back_reason(context: Context, entry: WinBackCandidate) -> str:
    say, formats = context.wording.say, context.formats
    reason = say(
        "actions.reasons.win_back",
        day=formats.day(entry.left_on),
        reason=say(f"lost_customers.reason.{entry.reason.key}"),
        chance=formats.percent(float(entry.chance or 0), 0),
    )
    if entry.contacted_on is None:
        return reason
    return say("actions.reasons.contacted", reason=reason, day=formats.day(entry.contacted_on))


def _one_time_buyers(context: Context) -> Iterator[_Call]:
    """Yield who can and may be written to; where no file tells, everyone."""
    for entry in context.result(NewCustomers).buyers or ():
        if entry.reachable is not False:
            yield _Call(entry.customer_id, _first_purchase(context, entry), entry.value)


def _first_purchase(context: Context, entry: OneTimeBuyer) -> str:
    say, formats = context.wording.say, context.formats
    key = "bought" if entry.categories else "bought_something"
    return say(
        f"actions.reasons.{key}",
        day=formats.day(entry.bought_on),
        categories=formats.listing(entry.categories),
        days=formats.count(entry.days_since),
    )
