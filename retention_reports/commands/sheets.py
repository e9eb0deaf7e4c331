"""`retention-reports sheets`: pages to take into a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import click

from retention_reports import __version__, pipeline
from retention_reports.commands.language import language_option
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import (
    Failure,
    Refusal,
    client_argument,
    data_option,
    errors_as_messages,
    known_client,
    output_option,
)
from retention_reports.commands.printing import echo
from retention_reports.commands.sales_check import quarter_option
from retention_reports.errors import DataError
from retention_reports.messages import say
from retention_reports.presentation.sheets.offer_calls import offers_to_call, present_offer_calls
from retention_reports.presentation.sheets.price_talk import prepared_customers, present_price_talks
from retention_reports.reading.problems import nearest, shown
from retention_reports.records import record
from retention_reports.rendering.sheets_pdf import sheets_pdf
from retention_reports.writing.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.sheets.sheet_view import SheetsView

customers_option = click.option(
    "--customer", "customers", multiple=True, metavar="ID", help="Only this customer; may be given several times."
)


@record
class _Asked:
    """Whose sheets are asked for, from which data and where to."""

    client: str
    quarter: str | None
    customers: tuple[str, ...]
    data: Path
    output: Path


@click.group()
def command() -> None:
    """Write sheets for price talks and calls on offers as PDF, filled in from the data, with lines to write on."""


@command.command("price-talk")
@client_argument
@customers_option
@quarter_option
@data_option
@output_option
def price_talk(client: str, customers: tuple[str, ...], quarter: str | None, data: Path, output: Path) -> None:
    """Write one page an A customer for the talk about the next price increase."""
    _write(_Asked(client, quarter, customers, data, output), "price-talk", _price_talks)


@command.command("offers")
@client_argument
@customers_option
@quarter_option
@data_option
@output_option
def offers(client: str, customers: tuple[str, ...], quarter: str | None, data: Path, output: Path) -> None:
    """Write a call sheet for every open offer."""
    _write(_Asked(client, quarter, customers, data, output), "offers", _offer_calls)


for each in (price_talk, offers):
    each.params.append(language_option())


def _price_talks(context: Context, customers: tuple[str, ...]) -> SheetsView | None:
    sheets = prepared_customers(context, customers)
    return present_price_talks(context, sheets) if sheets else None


def _offer_calls(context: Context, customers: tuple[str, ...]) -> SheetsView | None:
    found = offers_to_call(context, customers)
    return present_offer_calls(context, found) if found else None


def _write(asked: _Asked, name: str, present: Callable[[Context, tuple[str, ...]], SheetsView | None]) -> None:
    folder, language = known_client(asked.data, asked.client)
    with errors_as_messages(language):
        try:
            loaded = pipeline.load_client(folder)
        except DataError as error:
            show_problems(error.problems, language)
            problems = counted(error.problems)
            raise Failure(say("control.data", client=asked.client, counted=problems), language) from error
        context = pipeline.report_context(loaded, pipeline.chosen_quarters(loaded, asked.quarter)[-1])
        _refuse_unknown(context, asked.customers, language)
        view = present(context, asked.customers)
        if view is None:
            raise Failure(say("sheets.nobody", quarter=str(context.quarter)), language)
        created = loaded.provenance.committed_at or datetime.combine(context.dataset.cut_off, time(), UTC)
        content = sheets_pdf(view, created=created, tool_version=__version__)
        echo(replace_file(asked.output, f"{asked.client}/{name}-{context.quarter}.pdf", content))


def _refuse_unknown(context: Context, customers: tuple[str, ...], language: str) -> None:
    known = context.dataset.customer_lines.identifiers
    for name in customers:
        if name in known:
            continue
        near = nearest(name, known)
        if near:
            raise Refusal(say("sheets.unknown_customer_near", customer=shown(name), near=near), language)
        raise Refusal(say("sheets.unknown_customer", customer=shown(name)), language)
