"""What slides and letters show, in finished words: templates only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.presentation.view import Chart, Decision, FactStrip, Finding, KeyFigure, ListItem, Table


@record
class Slide:
    """One message: a headline with one picture (else figures or a table), and in boxes who does what until when.

    `question` is asked where nothing is to be decided, "" where there is none.
    """

    kicker: str
    headline: str
    chart: Chart | None = None
    strip: FactStrip | None = None
    table: Table | None = None
    boxes: tuple[Decision, ...] = ()
    question: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    points: tuple[ListItem, ...] = ()


@record
class SlidesView:
    """The talk: at most twelve slides. `words` are the fixed words of its pages by name."""

    language: str
    title: str
    client_name: str
    period: str
    footer: str
    logo_data_url: str
    colour: str
    slides: tuple[Slide, ...]
    words: dict[str, str]


@record
class LetterView:
    """A page for the owner: what happened, what it means, what is to be decided. Texts are "" where there is nothing.

    `total` adds up what the decisions bring, `became` says what became of the last ones.
    """

    language: str
    title: str
    client_name: str
    subject: str
    as_of: str
    footer: str
    logo_data_url: str
    colour: str
    headline: str
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    total: str
    became: str
    words: dict[str, str]
