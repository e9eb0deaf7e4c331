"""What a card tells of how a customer is looked after: complaints, offers, losses, contacts, and whom to speak to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from retention_reports.analyses.expectations.expectation_results import Expectations
from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
from retention_reports.analyses.offers.offer_results import Offers
from retention_reports.presentation.lost_customers.reasons import reason_name
from retention_reports.presentation.view import CardLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from retention_reports.analyses.expectations.expectation_results import OpenComplaint
    from retention_reports.analyses.offers.offer_results import OpenOffer
    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.context import Context

_CONTACTS = 3


class Care:
    """Looks up the care for some customers (row numbers)."""

    def __init__(self, context: Context, rows: Sequence[int]) -> None:
        """Sort what is known by customer."""
        self._context = context
        self._complaints: dict[str, list[OpenComplaint]] = defaultdict(list)
        for complaint in context.result(Expectations).open_complaints:
            self._complaints[complaint.customer.customer_id].append(complaint)
        self._offers: dict[str, list[OpenOffer]] = defaultdict(list)
        for offer in context.result(Offers).open_offers or ():
            self._offers[offer.customer_id].append(offer)
        self._losses = {one.customer_id: one for one in context.result(LostCustomers).customers}
        self._contacts = _last_contacts(context, set(rows))
        self._birthdays = _birthdays(context, set(rows))
        self._emails = context.dataset.customers["email"].tolist()

    def lines(self, row: int, line: CustomerLine, *, complaint_told: bool) -> Iterator[CardLine]:
        """Yield what there is; what is not known is not there, nor a complaint that the reason tells already."""
        complaints = () if complaint_told else self._complaints.get(line.customer_id, ())
        labels = {
            "complaint": [self._complaint(one) for one in complaints],
            "offer": [self._offer(one) for one in self._offers.get(line.customer_id, ())],
            "loss": self._loss(line.customer_id),
            "contacts": [", ".join(self._contacts[row])] if row in self._contacts else [],
            "person": self._person(row, line),
        }
        for label, texts in labels.items():
            if texts:
                yield CardLine(self._context.wording.say(f"cards.labels.{label}"), tuple(texts))

    def _complaint(self, one: OpenComplaint) -> str:
        day = self._context.formats.day(one.since)
        parts = [one.topic, self._quoted(one.text)]
        return f"{day}: {', '.join(filter(None, parts))}" if any(parts) else day

    def _offer(self, one: OpenOffer) -> str:
        say, formats = self._context.wording.say, self._context.formats
        text = say(
            "cards.offer", offer=one.offer_id, money=formats.money_of(1, one.amount), day=formats.day(one.offered_on)
        )
        if one.decision_due_on is not None:
            text = say("cards.decides", offer=text, day=formats.day(one.decision_due_on))
        return say("cards.wishes", offer=text, wishes=one.wishes) if one.wishes else text

    def _loss(self, name: str) -> list[str]:
        loss = self._losses.get(name)
        if loss is None:
            return []
        note = loss.note
        reason = "" if note.reason.key == "unknown" else note.word or reason_name(self._context, note.reason)
        text = ", ".join(filter(None, (reason, note.competitor, self._quoted(note.remark))))
        return [text] if text else []

    def _person(self, row: int, line: CustomerLine) -> list[str]:
        """Return name and role, phone, e-mail where writing is not forbidden, permission, and birthday."""
        say, person = self._context.wording.say, line.contact
        texts = []
        if person is not None:
            texts.append(", ".join(filter(None, (person.name, person.role))))
            texts.append(say("cards.phone", phone=person.phone) if person.phone else "")
        email = (person.email if person else "") or self._emails[row]
        texts.append(email if line.permission != "no" else "")
        if not any(texts) and line.permission == "unknown":
            return []
        permission = say(f"common.permission.{line.permission}")
        texts.append(say("cards.permission", permission=permission))
        birthday = self._birthdays.get((row, person.name if person else ""))
        texts.append(say("cards.birthday", day=self._context.formats.short_day(birthday)) if birthday else "")
        return [" · ".join(filter(None, texts))]

    def _quoted(self, text: str) -> str:
        return self._context.wording.say("cards.quoted", text=text) if text else ""


def _last_contacts(context: Context, rows: set[int]) -> Mapping[int, list[str]]:
    """Return each one's last contacts and visits, newest first, with their day."""
    touchpoints, visits = context.dataset.table("touchpoints"), context.dataset.table("visits")
    visit = context.wording.say("cards.visit")
    found: list[tuple[date, int, str]] = []
    if touchpoints is not None:
        own = touchpoints.loc[(touchpoints["state"] == "done") & touchpoints["customer"].isin(rows)]
        days = own["date"].dt.date.tolist()
        found += zip(days, own["customer"].tolist(), own["channel"].tolist(), strict=True)
    if visits is not None:
        own = visits.loc[visits["customer"].isin(rows)]
        found += ((day, row, visit) for day, row in zip(own["visited_on"].dt.date, own["customer"], strict=True))
    last: dict[int, list[str]] = defaultdict(list)
    for day, row, channel in sorted(found, key=lambda one: (-one[0].toordinal(), one[1:])):
        text = f"{context.formats.day(day)} {channel}"
        if len(last[row]) < _CONTACTS and text not in last[row]:
            last[row].append(text)
    return last


def _birthdays(context: Context, rows: set[int]) -> Mapping[tuple[int, str], date]:
    """Return the birthdays on record by customer and person."""
    table = context.dataset.table("contacts")
    if table is None:
        return {}
    own = table.loc[table["customer"].isin(rows) & table["birthday"].notna()]
    people = zip(own["customer"].tolist(), own["name"].tolist(), strict=True)
    return dict(zip(people, own["birthday"].dt.date.tolist(), strict=True))
