"""One page a customer for the talk about the next price increase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.prices.price_results import Prices
from retention_reports.analyses.prices.talks import TalkRecords
from retention_reports.presentation.sheets.sheet_view import Sheet, SheetPart, sheets_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.prices.price_results import PriceSheet
    from retention_reports.analyses.prices.talks import Followed, TalkFacts
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.sheets.sheet_view import SheetsView

STANDARD_OBJECTIONS = ("competitor_gains", "framework", "rationalised", "budget", "timing")
_MOST_OBJECTIONS = 7
_INCREASES = 3


def prepared_customers(context: Context, named: Sequence[str]) -> tuple[PriceSheet, ...]:
    """Return the sheets of the customers named, in that order; without any, of the A customers free to talk to.

    Left out of these are customers whose prices an agreement fixes, and those whom the register excludes. A customer
    who is not active has no sheet.
    """
    sheets = context.result(Prices).sheets
    if named:
        by_name = {sheet.customer.customer_id: sheet for sheet in sheets}
        return tuple(by_name[name] for name in dict.fromkeys(named) if name in by_name)
    return tuple(
        sheet
        for sheet in sheets
        if sheet.customer.value_class == "A" and sheet.fixed_until is None and not _is_in_test(context, sheet)
    )


def present_price_talks(context: Context, sheets: Sequence[PriceSheet]) -> SheetsView:
    """Return a page for each of these customers."""
    records = TalkRecords(context.dataset)
    rows = {name: row for row, name in enumerate(context.dataset.customer_lines.identifiers)}
    pages = [_Page(context, sheet, records.facts(rows[sheet.customer.customer_id])).sheet() for sheet in sheets]
    return sheets_view(context, "price_talk", tuple(pages), page_each=True)


def _is_in_test(context: Context, sheet: PriceSheet) -> bool:
    reasons = {one.reason for one in context.register.excluded if one.customer_id == sheet.customer.customer_id}
    return bool(reasons & {"control", "negative_margin"})


class _Page:
    """One customer's page."""

    def __init__(self, context: Context, sheet: PriceSheet, facts: TalkFacts) -> None:
        self._context = context
        self._sheet = sheet
        self._facts = facts
        self._say = context.wording.say
        self._formats = context.formats

    def sheet(self) -> Sheet:
        line = self._sheet.customer
        person = line.contact
        who = [line.segment, person.name if person else "", person.phone if person else "", line.sales_rep]
        return Sheet(
            title=line.name or line.customer_id,
            standing=" · ".join(filter(None, [*who, line.customer_id])),
            facts=self._strip(),
            parts=(
                self._part("indispensable", self._words("arguments"), 2),
                self._part("moments", self._moments(), 1),
                self._part("mind", self._words("cautions"), 1),
                self._part("increases", tuple(map(self._followed, self._facts.followed[:_INCREASES])), 0),
                self._part("inside", self._inside(), 1),
                self._part("exchange", self._exchange(), 2),
            ),
            objections=self._objections(),
        )

    def _part(self, name: str, texts: tuple[str, ...], lines: int) -> SheetPart:
        known = tuple(filter(None, texts)) or (self._say("sheets.price_talk.nothing_known"),)
        return SheetPart(self._say(f"sheets.price_talk.parts.{name}"), known, lines)

    def _strip(self) -> tuple[tuple[str, str], ...]:
        formats, sheet, facts = self._formats, self._sheet, self._facts
        unknown = self._say("common.nothing")
        before = "" if facts.revenue_before is None else formats.money(facts.revenue_before)
        revenue = formats.money(sheet.customer.revenue)
        told = {
            "revenue": self._say("sheets.price_talk.before", now=revenue, before=before) if before else revenue,
            "margin": unknown if facts.margin is None else formats.percent(facts.margin.k / facts.margin.n, 0),
            "rank": sheet.supplier_rank or unknown,
            "score": unknown if sheet.score is None else formats.number(sheet.score),
            "agreement": self._agreement(),
        }
        return tuple((self._say(f"sheets.price_talk.facts.{name}"), text) for name, text in told.items())

    def _agreement(self) -> str:
        if not self._context.knows("prices", "sheets.fixed_until"):
            return self._say("common.nothing")
        day = self._sheet.fixed_until
        return self._say("sheets.price_talk.no_agreement") if day is None else self._formats.day(day)

    def _words(self, kind: str) -> tuple[str, ...]:
        keys = self._sheet.arguments if kind == "arguments" else self._sheet.cautions
        return (self._formats.listing([self._say(f"prices.{kind}.{key}") for key in keys]),)

    def _moments(self) -> tuple[str, ...]:
        facts, told = self._facts, []
        if facts.deliveries is not None and facts.deliveries.n:
            told.append(self._say("sheets.price_talk.kept", rate=self._formats.k_of_n(facts.deliveries)))
        if facts.settled is not None and facts.settled.k and facts.last_settled is not None:
            day = self._formats.day(facts.last_settled)
            told.append(self._say("sheets.price_talk.settled", rate=self._formats.k_of_n(facts.settled), day=day))
        if facts.praise:
            told.append(
                self._context.wording.count(
                    "sheets.price_talk.praise", facts.praise, n=self._formats.count(facts.praise)
                )
            )
        return tuple(told)

    def _followed(self, one: Followed) -> str:
        increase = one.increase
        return self._say(
            "sheets.price_talk.followed",
            day=self._formats.day(increase.day),
            what=increase.product or increase.category or self._say("prices.increases.all"),
            percent=self._formats.percent(increase.percent / 100),
            days=self._formats.count(one.days),
            after=self._formats.money(one.after),
            before=self._formats.money(one.before),
        )

    def _inside(self) -> tuple[str, ...]:
        talk = self._context.client.price_talk
        told = list(talk.inside)
        if talk.needed_percent is not None and talk.remaining_percent is not None:
            needed, left = (self._formats.percent(one / 100) for one in (talk.needed_percent, talk.remaining_percent))
            told.append(self._say("sheets.price_talk.remains", needed=needed, left=left))
        return tuple(told)

    def _exchange(self) -> tuple[str, ...]:
        give, take = (self._say(f"prices.{name}.{getattr(self._sheet, name)}") for name in ("give", "take"))
        return (
            self._say(
                "sheets.price_talk.proposed", exchange=self._say("prices.exchange.give_take", give=give, take=take)
            ),
            self._say("sheets.price_talk.offer"),
        )

    def _objections(self) -> tuple[tuple[str, str], ...]:
        """Return the client's own objections first, then the standard ones, as many as a page holds."""
        standard = [
            (self._say(f"sheets.objections.{key}.said"), self._say(f"sheets.objections.{key}.answer"))
            for key in STANDARD_OBJECTIONS
        ]
        return tuple([*self._context.client.price_talk.objections, *standard][:_MOST_OBJECTIONS])
