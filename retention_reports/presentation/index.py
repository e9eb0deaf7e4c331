"""The page over all clients and quarters for which reports lie in the output folder: their key figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.sparkline import Sparkline, draw_sparkline
from retention_reports.model.money import UNIT
from retention_reports.presentation.formats import Formats
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_reports.model.figures import Rate
    from retention_reports.presentation.wording import Wording

_FEWEST_POINTS = 2
_SPARKLINE = (84, 22)


@record
class IndexEntry:
    """One report: links to its files, relative to the page; "" where a file is not there."""

    quarter: str
    html: str
    pdf: str
    figures: str
    actions: str

    @property
    def best(self) -> str:
        """What is opened first."""
        return self.html or self.pdf or self.figures or self.actions


@record
class ClientFacts:
    """What the newest report says of a client; None where it is not known. `key` is the name of its folder.

    `lost` is what customers lost in twelve months brought in a year, `revenue` the quarter's and `history` that of
    the last quarters, the oldest first, all in currency units. `warnings` counts what was told of the data.
    """

    key: str
    name: str
    is_pseudonymised: bool
    language: str
    currency: str
    data_until: date | None
    customers: int | None
    revenue: float | None
    history: tuple[float | None, ...]
    retention: Rate | None
    lost: float | None
    decisions: int | None
    warnings: int | None
    entries: tuple[IndexEntry, ...]


@record
class IndexCell:
    """A key figure in its column: `label` is the column's heading, for screens where the table has none."""

    label: str
    text: str
    svg: str = ""


@record
class IndexClient:
    """A client's key figures by column and its reports, the newest first."""

    name: str
    cells: tuple[IndexCell, ...]
    entries: tuple[IndexEntry, ...]


@record
class IndexView:
    """All clients by name; those of versions with codes for names apart, under a heading of their own."""

    language: str
    title: str
    lead: str
    client: str
    reports: str
    earlier: str
    columns: tuple[str, ...]
    clients: tuple[IndexClient, ...]
    coded_title: str
    coded: tuple[IndexClient, ...]


def present_index(facts: Sequence[ClientFacts], wording: Wording) -> IndexView:
    """Return the page in the language of the wording."""
    named, coded = ([one for one in facts if one.is_pseudonymised is is_coded] for is_coded in (False, True))
    return IndexView(
        language=wording.language,
        title=wording.say("index.title"),
        lead=wording.count("index.lead", len(named), n=str(len(named))),
        client=wording.say("index.columns.client"),
        reports=wording.say("index.columns.reports"),
        earlier=wording.say("index.earlier"),
        columns=tuple(wording.say(f"index.columns.{column}") for column in _COLUMNS),
        clients=tuple(_client(one, wording) for one in named),
        coded_title=wording.say("index.pseudonymised"),
        coded=tuple(_client(one, wording) for one in coded),
    )


_COLUMNS = ("quarter", "customers", "revenue", "history", "retention", "lost", "decisions", "quality", "data_until")


def key_figures(facts: ClientFacts, wording: Wording) -> dict[str, str]:
    """Return a client's key figures as texts by column; a dash where one is not known."""
    formats = Formats(wording, facts.currency or "EUR")
    dash = wording.say("common.nothing")
    money = {name: amount for name, amount in (("revenue", facts.revenue), ("lost", facts.lost)) if amount is not None}
    counts = {"customers": facts.customers, "decisions": facts.decisions}
    texts = {
        "quarter": facts.entries[0].quarter,
        **{name: formats.money_short(amount * UNIT) for name, amount in money.items() if facts.currency},
        **{name: formats.count(count) for name, count in counts.items() if count is not None},
        **({"retention": formats.rate_in_table(facts.retention)} if facts.retention is not None else {}),
        **({"data_until": formats.day(facts.data_until)} if facts.data_until is not None else {}),
    }
    if facts.warnings is not None:
        texts["quality"] = wording.count("index.warnings", facts.warnings, n=formats.count(facts.warnings))
    return {column: texts.get(column, dash) for column in _COLUMNS}


def _client(facts: ClientFacts, wording: Wording) -> IndexClient:
    texts = key_figures(facts, wording)
    drawings = {"history": _drawn(facts, texts, wording)}
    cells = tuple(
        IndexCell(wording.say(f"index.columns.{column}"), texts[column], drawings.get(column, ""))
        for column in _COLUMNS
    )
    return IndexClient(facts.name, cells, facts.entries)


def _drawn(facts: ClientFacts, texts: dict[str, str], wording: Wording) -> str:
    """Return revenue by quarter as a line the size of a word; "" where there are too few quarters for a line."""
    if sum(value is not None for value in facts.history) < _FEWEST_POINTS:
        return ""
    title = wording.say("index.history", n=str(len(facts.history)), revenue=texts["revenue"])
    width, height = _SPARKLINE
    return draw_sparkline(Sparkline(facts.history, title=title, width=width, height=height))
