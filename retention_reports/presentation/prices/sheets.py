"""The preparation sheets as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.tables import (
    customer_cell,
    customer_list,
    day_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.prices.price_results import Prices, PriceSheet
    from retention_reports.presentation.context import Context

_ON_SCREEN = 30
_TEXTS = ("customer", "rank", "stance", "cautions", "arguments", "give_take")
_NUMBERS = ("last_contact", "complaints", "score", "revenue")


def sheets_table(context: Context, prices: Prices) -> Table | None:
    """List the largest customers with what to say and what to mind; None without anything to prepare from."""
    if not prices.sheets:
        return None
    say = context.wording.say
    columns = (
        *text_columns(*(say(f"prices.columns.{name}") for name in _TEXTS)),
        *numeric_columns(*(say(f"prices.columns.{name}") for name in _NUMBERS)),
    )
    return customer_list(
        context,
        "price-sheets",
        say("prices.tables.sheets"),
        columns,
        [_row(context, sheet) for sheet in prices.sheets],
        subtitle=say("prices.tables.sheets_subtitle", currency=context.client.currency),
        action=say("prices.tables.sheets_action"),
        on_paper=False,
        screen_rows=_ON_SCREEN,
    )


def _row(context: Context, sheet: PriceSheet) -> tuple[Cell, ...]:
    say = context.wording.say
    give_take = say(
        "prices.exchange.give_take", give=say(f"prices.give.{sheet.give}"), take=say(f"prices.take.{sheet.take}")
    )
    stance = say(
        "prices.exchange.way", stance=say(f"prices.stances.{sheet.stance}"), way=say(f"prices.ways.{sheet.way}")
    )
    return (
        customer_cell(sheet.customer.name, sheet.customer.customer_id),
        text_cell(sheet.supplier_rank or say("common.nothing")),
        text_cell(stance),
        text_cell(_words(context, "cautions", sheet.cautions)),
        text_cell(_words(context, "arguments", sheet.arguments)),
        text_cell(give_take),
        day_cell(context, sheet.last_contact),
        _complaints_cell(context, sheet),
        _score_cell(context, sheet.score),
        money_cell(context, sheet.customer.revenue),
    )


def _complaints_cell(context: Context, sheet: PriceSheet) -> Cell:
    count = context.formats.count
    if not context.knows("prices", "sheets.complaints_12m"):
        return unknown_cell(context)
    if not context.knows("prices", "sheets.open_complaints"):
        return Cell(count(sheet.complaints), sort=str(sheet.complaints))
    told = f"{count(sheet.complaints)} ({count(sheet.open_complaints)})"
    return Cell(told, sort=str(sheet.open_complaints), tone=Tone.BAD if sheet.open_complaints else Tone.NEUTRAL)


def _score_cell(context: Context, score: float | None) -> Cell:
    if score is None:
        return unknown_cell(context)
    return Cell(context.formats.number(score, 0 if score == int(score) else 1), sort=str(score))


def _words(context: Context, kind: str, keys: Sequence[str]) -> str:
    say = context.wording.say
    return ", ".join(say(f"prices.{kind}.{key}") for key in keys) or say(f"prices.{kind}.none")
