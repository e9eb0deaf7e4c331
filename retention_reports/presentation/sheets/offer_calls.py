"""A call sheet for every open offer: its wishes first, and an answer to "too expensive"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.offers.offer_results import Offers
from retention_reports.presentation.sheets.sheet_view import Sheet, SheetPart, sheets_view
from retention_reports.presentation.tables import listable
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.analyses.offers.offer_results import OpenOffer
    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.sheets.sheet_view import SheetsView


def offers_to_call(context: Context, named: Sequence[str]) -> tuple[OpenOffer, ...]:
    """Return the open offers of the customers named, or of all whom the register does not exclude."""
    found = context.result(Offers).open_offers or ()
    if named:
        return tuple(offer for offer in found if offer.customer_id in named)
    return tuple(listable(context, Kind.FOLLOW_UP_OFFER, found))


def present_offer_calls(context: Context, offers: Sequence[OpenOffer]) -> SheetsView:
    """Return a sheet for each of these offers."""
    lines = context.dataset.customer_lines
    rows = {name: row for row, name in enumerate(lines.identifiers)}
    by_name = {offer.customer_id: lines.line(rows[offer.customer_id]) for offer in offers if offer.customer_id in rows}
    sheets = tuple(_sheet(context, offer, by_name) for offer in offers)
    return sheets_view(context, "offers", sheets, page_each=False)


def _sheet(context: Context, offer: OpenOffer, by_name: Mapping[str, CustomerLine]) -> Sheet:
    say, formats = context.wording.say, context.formats
    line = by_name.get(offer.customer_id)
    person = line.contact if line else None
    nothing = say("common.nothing")
    told = {
        "offer": offer.offer_id,
        "amount": formats.money(offer.amount),
        "offered_on": formats.day(offer.offered_on),
        "decides": formats.day(offer.decision_due_on) if offer.decision_due_on else nothing,
        "followed_up": formats.day(offer.followed_up_on) if offer.followed_up_on else nothing,
    }
    wishes = say("sheets.offers.wishes", wishes=offer.wishes) if offer.wishes else say("sheets.offers.no_wishes")
    return Sheet(
        title=offer.name or offer.customer_id,
        standing=" · ".join(
            filter(None, [person.name if person else "", person.phone if person else "", offer.sales_rep])
        ),
        facts=tuple((say(f"sheets.offers.facts.{name}"), text) for name, text in told.items()),
        parts=(
            SheetPart(say("sheets.offers.parts.begin"), (wishes, say("sheets.offers.explain")), 1),
            SheetPart(say("sheets.offers.parts.result"), (say("sheets.offers.ask"),), 2),
        ),
        objections=((say("sheets.offers.too_expensive"), say("sheets.offers.smaller")),),
    )
