"""What a page of sheets shows: finished words, and how many lines are left to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.presentation.context import Context


@record
class SheetPart:
    """One part of a sheet: what is known, and how many empty `lines` follow."""

    title: str
    texts: tuple[str, ...]
    lines: int = 0


@record
class Sheet:
    """One customer's sheet. `facts` are pairs of a label and a value, `objections` of what is said and answered."""

    title: str
    standing: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[SheetPart, ...]
    objections: tuple[tuple[str, str], ...]


@record
class SheetsView:
    """Sheets to print. `page_each` tells that every sheet is a page of its own."""

    language: str
    title: str
    client_name: str
    period: str
    logo_data_url: str
    colour: str
    page_each: bool
    sheets: tuple[Sheet, ...]
    words: Mapping[str, str]


def sheets_view(context: Context, name: str, sheets: tuple[Sheet, ...], *, page_each: bool) -> SheetsView:
    """Return the page of sheets called `name` (price_talk or offers)."""
    client, say = context.client, context.wording.say
    return SheetsView(
        language=context.wording.language,
        title=say(f"sheets.{name}.title", client=client.name),
        client_name=client.name,
        period=say("sheets.as_of", day=context.formats.day(context.dataset.cut_off)),
        logo_data_url=client.branding.logo_data_url,
        colour=client.branding.colour,
        page_each=page_each,
        sheets=sheets,
        words=context.wording.group("sheets.words"),
    )
