"""The lists of offers and enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    listable,
    money_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column, Table, Tone
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.offers.offer_results import Decisions, Enquiries, Offers, OpenOffer, Outcome
    from retention_reports.presentation.context import Context

_ON_PAPER = 5


def open_table(context: Context, offers: Offers) -> Table | None:
    """List open offers, silent ones first; None without any."""
    every = offers.open_offers or ()
    listed = listable(context, Kind.FOLLOW_UP_OFFER, every)
    if not listed:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(offer.name, offer.customer_id),
            text_cell(offer.sales_rep or say("common.nothing")),
            permission_cell(context, offer.permission),
            count_cell(context, context.days_since(offer.offered_on)),
            _due_cell(context, offer),
            day_cell(context, offer.followed_up_on),
            money_cell(context, offer.amount),
        )
        for offer in listed
    ]
    columns = (
        *_texts(context, "customer", "sales_rep", "permission"),
        *_numbers(context, "age", "due", "followed_up", "amount"),
    )
    return customer_list(
        context,
        "open-offers",
        say("offers.tables.open"),
        columns,
        rows,
        subtitle=say(
            "offers.tables.open_subtitle",
            day=context.formats.day(context.dataset.cut_off),
            currency=context.client.currency,
        ),
        action=say("offers.tables.open_action"),
        print_rows=_ON_PAPER,
        left_out=len(every) - len(listed),
    )


def sellers_table(context: Context, decided: Decisions | None) -> Table | None:
    """Show the hit rate by sales person; None without decided offers or without names."""
    if decided is None or not any(entry.group for entry in decided.by_seller):
        return None
    say = context.wording.say
    rows = tuple(
        (
            text_cell(entry.group or say("offers.groups.nobody")),
            rate_cell(context, entry.rate),
            money_rate_cell(context, entry),
        )
        for entry in decided.by_seller
    )
    return Table(
        identifier="offers-by-sales-rep",
        title=say("offers.tables.sellers"),
        subtitle=say("offers.tables.sellers_subtitle"),
        columns=(*_texts(context, "sales_rep"), *_numbers(context, "hit_rate", "by_value")),
        rows=rows,
        print_rows=_ON_PAPER,
    )


def groups_table(context: Context, decided: Decisions | None) -> Table | None:
    """Show won, lost and expired offers by size and customer; only on screen."""
    if decided is None:
        return None
    say = context.wording.say
    groups = (*decided.by_customer, *decided.by_size)
    rows = tuple(
        (
            text_cell(_group_label(context, decided, entry)),
            count_cell(context, entry.won),
            count_cell(context, entry.lost),
            count_cell(context, entry.expired),
            rate_cell(context, entry.rate),
            money_rate_cell(context, entry),
        )
        for entry in groups
    )
    return Table(
        identifier="offers-by-group",
        title=say("offers.tables.groups"),
        subtitle=say("offers.tables.sellers_subtitle"),
        columns=(*_texts(context, "group"), *_numbers(context, "won", "lost", "expired", "hit_rate", "by_value")),
        rows=rows,
        total=(
            text_cell(say("common.sum")),
            count_cell(context, decided.outcome.won),
            count_cell(context, decided.outcome.lost),
            count_cell(context, decided.outcome.expired),
            rate_cell(context, decided.outcome.rate),
            money_rate_cell(context, decided.outcome),
        ),
        folded=True,
        on_paper=False,
    )


def practices_table(context: Context, decided: Decisions | None) -> Table | None:
    """Show hit rates by the way in which offers were made; only on screen."""
    if decided is None or not decided.practices:
        return None
    say = context.wording.say
    rows = []
    for entry in decided.practices:
        interval = entry.comparison.interval
        telling = interval is not None and (interval[0] > 0 or interval[1] < 0)
        rows.append(
            (
                text_cell(say(f"offers.practices.{entry.name}")),
                rate_cell(context, entry.with_it.rate),
                rate_cell(context, entry.without.rate),
                money_rate_cell(context, entry.with_it),
                money_rate_cell(context, entry.without),
                text_cell(say("offers.tables.telling" if telling else "offers.tables.not_telling")),
            )
        )
    return Table(
        identifier="offer-practices",
        title=say("offers.tables.practices"),
        subtitle=say("offers.tables.practices_subtitle"),
        action=say("offers.tables.practices_action"),
        columns=(
            *_texts(context, "practice"),
            *_numbers(context, "with", "without", "with_value", "without_value", "difference"),
        ),
        rows=tuple(rows),
        on_paper=False,
    )


def wishes_table(context: Context, decided: Decisions | None) -> Table | None:
    """Show the wishes recorded beside the price; only on screen."""
    if decided is None or not decided.wishes:
        return None
    say = context.wording.say
    return Table(
        identifier="offer-wishes",
        title=say("offers.tables.wishes"),
        subtitle=say("offers.tables.wishes_subtitle"),
        action=say("offers.tables.wishes_action"),
        columns=(*_texts(context, "wish"), *_numbers(context, "hit_rate")),
        rows=tuple((text_cell(wish.word), rate_cell(context, wish.rate)) for wish in decided.wishes),
        folded=True,
        on_paper=False,
    )


def criteria_table(context: Context, enquiries: Enquiries | None) -> Table | None:
    """Show how often enquiries were won with and without each criterion; only on screen."""
    if enquiries is None or not enquiries.criteria:
        return None
    say = context.wording.say
    rows = []
    for entry in enquiries.criteria:
        interval = entry.interval
        telling = interval is not None and (interval[0] > 0 or interval[1] < 0)
        rows.append(
            (
                text_cell(entry.name),
                rate_cell(context, entry.met),
                rate_cell(context, entry.unmet),
                text_cell(say("offers.tables.telling" if telling else "offers.tables.not_telling")),
            )
        )
    return Table(
        identifier="enquiry-criteria",
        title=say("offers.tables.criteria"),
        subtitle=say("offers.tables.criteria_subtitle"),
        action=say("offers.tables.criteria_action"),
        columns=(*_texts(context, "criterion"), *_numbers(context, "met", "unmet", "telling")),
        rows=tuple(rows),
        folded=True,
        on_paper=False,
    )


def money_rate_cell(context: Context, entry: Outcome) -> Cell:
    """Return the hit rate by value; nothing where fewer than ten offers make the rate meaningless."""
    rate = entry.value_rate
    if rate is None or rate.share is None or entry.rate.n < TOO_FEW:
        return unknown_cell(context)
    return Cell(context.formats.percent(rate.share, 0), sort=f"{rate.share}")


def _group_label(context: Context, decided: Decisions, entry: Outcome) -> str:
    label = context.wording.say(f"offers.groups.{entry.group}")
    formats = context.formats
    if entry.group not in ("small", "medium", "large"):
        return label
    low, high = (formats.money(limit) for limit in decided.size_limits)
    return context.wording.say(f"offers.groups.{entry.group}_range", label=label, low=low, high=high)


def _due_cell(context: Context, offer: OpenOffer) -> Cell:
    """Return the day of the decision; a past one is marked by a word as well as by its tone."""
    cell = day_cell(context, offer.decision_due_on)
    if not offer.overdue:
        return cell
    return Cell(context.wording.say("offers.tables.overdue", day=cell.text), sort=cell.sort, tone=Tone.BAD)


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"offers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"offers.columns.{name}") for name in names))
