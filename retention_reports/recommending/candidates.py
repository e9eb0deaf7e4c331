"""Everything that could be recommended for single customers, before rules take some of it away."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from retention_reports.model.activity_habit import orders_end_early
from retention_reports.model.figures import TOO_FEW
from retention_reports.recommending.kinds import Kind
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.results import Fact
    from retention_reports.recommending.worth import Worth

NOTICE_DAYS = 183
"""A notice is answered within half a year; later its customer is one to win back."""


@record
class Candidate:
    """Something that could be done for a customer (its row number).

    `stake` is what the action may change, a year's margin or revenue in ten-thousandths; None where no money can be
    named. `owner` is "" where the customer's own sales person is meant; `due_on` is None where the kind says by when.
    """

    kind: Kind
    customer: int
    subject: str
    stake: int | None
    why: Mapping[str, Fact]
    owner: str = ""
    due_on: date | None = None


def candidates(found: Findings, worth: Worth) -> Iterator[Candidate]:
    """Yield everything that could be done for single customers; a customer may occur in many ways, once in each."""
    rows = found.dataset.folder.customer_rows
    yield from _complaints(found, worth, rows)
    yield from _lost(found, worth, rows)
    yield from _unexplained(found, rows)
    yield from _warned(found, worth, rows)
    yield from _offers(found, worth, rows)
    yield from _gaps(found, worth, rows)
    yield from _one_time_buyers(found, worth, rows)
    yield from _price_talks(found, rows)
    yield from _overdue(found, worth, rows)
    yield from _satisfied(found, worth, rows)


def _complaints(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    ranked = sorted(found.expectations.open_complaints, key=lambda one: (one.customer.customer_id, one.since))
    for name, own in groupby(ranked, key=lambda one: one.customer.customer_id):
        oldest, *others = own
        texts = tuple(one.text for one in (oldest, *others) if one.text)
        why: dict[str, Fact] = {
            "since": oldest.since,
            "topic": oldest.topic,
            "complaints": 1 + len(others),
            "texts": texts,
        }
        yield Candidate(Kind.SETTLE_COMPLAINT, rows[name], name, worth.of(rows[name]), why)


def _lost(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    for entry in found.lost.win_back:
        row = rows[entry.customer_id]
        away = (found.dataset.cut_off - entry.left_on).days
        fresh = entry.by_notice and away <= NOTICE_DAYS and entry.contacted_on is None
        kind = Kind.ANSWER_NOTICE if fresh else Kind.WIN_BACK
        why: dict[str, Fact] = {
            "left_on": entry.left_on,
            "last_purchase": entry.last_purchase,
            "reason": entry.reason.key,
            "chance": None if entry.chance is None else float(entry.chance),
            "contacted_on": entry.contacted_on,
            "remark": entry.remark,
        }
        yield Candidate(kind, row, entry.customer_id, worth.of(row), why)


def _unexplained(found: Findings, rows: Mapping[str, int]) -> Iterator[Candidate]:
    if found.lost.reason_known is None:
        return
    for entry in found.lost.call_list:
        why: dict[str, Fact] = {
            "last_purchase": entry.last_purchase,
            "by_notice": int(entry.by_notice),
            "amount_year": entry.revenue_year,
        }
        yield Candidate(Kind.ASK_REASON, rows[entry.customer_id], entry.customer_id, None, why)


def _warned(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    """Yield those to call where chances or signs have told leavers from stayers; else nobody.

    Where orders end before the cut-off, everybody looks silent, and nothing is recommended for it.
    """
    warning = found.early_warning
    if not warning.is_proven or orders_end_early(found.dataset):
        return
    for entry in warning.calls:
        row, outlook = rows[entry.customer_id], entry.outlook
        shown = [signal for signal in entry.signals if signal.key in warning.proven_signals]
        why: dict[str, Fact] = {
            "signs": tuple(signal.key for signal in shown),
            "chance": outlook.chance,
            "chance_as_usual": outlook.as_usual,
            "silent_days": outlook.silent_days,
            "usual_days": outlook.usual_days if outlook.has_habit else None,
        }
        why |= {f"{signal.key}.{name}": fact for signal in shown for name, fact in signal.facts.items()}
        yield Candidate(Kind.SAVE_CUSTOMER, row, entry.customer_id, worth.of(row), why)


def _offers(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    if not found.dataset.has_column("offers", "followed_up_on"):
        return
    for offer in found.offers.open_offers or ():
        row = rows.get(offer.customer_id)
        if row is not None and offer.followed_up_on is None:
            why: dict[str, Fact] = {
                "offer_id": offer.offer_id,
                "offered_on": offer.offered_on,
                "decision_due_on": offer.decision_due_on,
                "amount_offer": offer.amount,
                "wishes": offer.wishes,
            }
            stake = max(0, worth.from_revenue(row, offer.amount))
            yield Candidate(Kind.FOLLOW_UP_OFFER, row, offer.offer_id, stake, why, offer.sales_rep)


def _gaps(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    """Yield each customer's largest gap alone: one conversation is about one category."""
    told: set[str] = set()
    for gap in found.cross_selling.potentials:
        if gap.customer_id in told or gap.buyers.n < TOO_FEW:
            continue
        told.add(gap.customer_id)
        row = rows[gap.customer_id]
        why: dict[str, Fact] = {
            "category": gap.category,
            "segment": gap.segment,
            "buyers": gap.buyers.k,
            "customers": gap.buyers.n,
            "amount_potential": gap.value,
            "argument": gap.argument,
        }
        stake = max(0, worth.from_revenue(row, gap.value))
        yield Candidate(Kind.CROSS_SELL, row, gap.customer_id, stake, why)


def _one_time_buyers(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    second = next(
        (one.means[1] for one in found.new.rank_values if one.at_least > 1 and one.customers >= TOO_FEW), None
    )
    for buyer in found.new.buyers or ():
        row = rows[buyer.customer_id]
        why: dict[str, Fact] = {
            "bought_on": buyer.bought_on,
            "days_since": buyer.days_since,
            "amount_first": buyer.value,
            "categories": buyer.categories,
        }
        stake = None if second is None else max(0, worth.from_revenue(row, round(second)))
        yield Candidate(Kind.SECOND_PURCHASE, row, buyer.customer_id, stake, why)


def _price_talks(found: Findings, rows: Mapping[str, int]) -> Iterator[Candidate]:
    """Yield A customers whose sheets are ready; a higher price is margin as a whole.

    Where nobody knows of open complaints, nobody can tell who is ready.
    """
    if not found.prices.prepared or found.dataset.lacks("feedback.resolved_on") is not None:
        return
    for sheet in found.prices.sheets:
        line = sheet.customer
        if line.value_class == "A" and sheet.stance == "ready":
            why: dict[str, Fact] = {"supplier_rank": sheet.supplier_rank, "arguments": sheet.arguments}
            yield Candidate(Kind.PRICE_TALK, rows[line.customer_id], line.customer_id, max(0, line.revenue), why)


def _overdue(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    for entry in found.contacts.overdue:
        row = rows[entry.customer.customer_id]
        why: dict[str, Fact] = {
            "last_contact": entry.last_contact,
            "days_over": entry.days_over,
            "value_class": entry.customer.value_class,
            "missed_plan": entry.missed_plan,
        }
        yield Candidate(Kind.CONTACT, row, entry.customer.customer_id, worth.of(row), why)


def _satisfied(found: Findings, worth: Worth, rows: Mapping[str, int]) -> Iterator[Candidate]:
    """Yield satisfied customers who referred nobody; at stake is what those who were referred brought in a year."""
    referrals = found.loyal.referrals
    known = referrals is not None and referrals.referred >= TOO_FEW
    mean = referrals.revenue_year // referrals.referred if referrals is not None and known else None
    for entry in found.loyal.satisfied_not_asked or ():
        why: dict[str, Fact] = {"score": entry.score, "asked_on": entry.asked_on}
        stake = None if mean is None else max(0, worth.at_client_margin(mean))
        yield Candidate(Kind.ASK_REFERRAL, rows[entry.customer_id], entry.customer_id, stake, why)
