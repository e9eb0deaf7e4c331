"""What a page shows, in finished words and numbers: presenters make it, templates only lay it out."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from retention_reports.records import record


class Tone(StrEnum):
    """Whether something is good or bad for the client; shown by colour and always also by sign or shape."""

    NEUTRAL = ""
    GOOD = "good"
    BAD = "bad"
    MUTED = "muted"


@record
class Cell:
    """One table cell. `sort` orders the column in the browser where the text would not ("" = by text)."""

    text: str
    sort: str = ""
    tone: Tone = Tone.NEUTRAL
    svg: str = ""


@record
class Column:
    """One table column; numeric columns are set right with figures of equal width."""

    label: str
    numeric: bool = False


@record
class Table:
    """A table: `title` says what, `subtitle` unit and period, `action` what to do with the list.

    The first cell of each row is its head. On paper only `print_rows` rows are shown (all where None) and `more` says
    how many there are beyond. `total` is a closing row. `folded` tables open on demand on screen. `on_paper` False
    leaves the table out of the PDF.
    """

    identifier: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    subtitle: str = ""
    action: str = ""
    more_on_paper: str = ""
    more_on_screen: str = ""
    print_rows: int | None = None
    total: tuple[Cell, ...] = ()
    filterable: bool = False
    folded: bool = False
    on_paper: bool = True


@record
class Chart:
    """A chart: `title` is its message, `subtitle` says what, unit, and period; `table` holds its numbers."""

    title: str
    subtitle: str
    svg: str
    table: Table | None = None
    note: str = ""


@record
class Paragraphs:
    """Plain sentences, one paragraph each; `title` may be empty."""

    texts: tuple[str, ...]
    title: str = ""


@record
class Fact:
    """One small figure in a strip of figures: a label, the value, and a word on its base or change."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.NEUTRAL


@record
class FactStrip:
    """Three or four small figures side by side."""

    facts: tuple[Fact, ...]


@record
class ListItem:
    """One entry of a list of points: a lead in bold, the text, and a short remark at the right."""

    lead: str
    text: str
    remark: str = ""


@record
class PointList:
    """A list of points under a title; of a `dense` one paper shows the first few, in one paragraph."""

    title: str
    items: tuple[ListItem, ...]
    dense: bool = False


Block = Chart | Table | Paragraphs | FactStrip | PointList


@record
class Row:
    """One block over the full width, or two side by side. `on_paper` False leaves the row out of the PDF."""

    blocks: tuple[Block, ...]
    on_paper: bool = True


@record
class Finding:
    """One sentence for the summary. `topic` is a short word (Neue, Treue, Verlorene …); larger `weight` comes first.

    `weight` is the money at stake in ten-thousandths, so that findings of all sections can be compared.
    """

    topic: str
    text: str
    weight: int
    pillar: str = ""


@record
class Decision:
    """Something management is asked to decide: what (`lead`), why (`text`), who, by when, and what it brings.

    `money` and its `interval` are "" where no amount can be named; `evidence` says how well the amount is known.
    """

    lead: str
    text: str
    who: str
    by_when: str
    money: str
    interval: str
    evidence: str


@record
class Change:
    """A key figure's change: `text` with its sign, `against` names what it is compared with."""

    text: str
    against: str
    tone: Tone
    direction: int


@record
class KeyFigure:
    """One of the summary's key figures; `order` places it, smaller first."""

    order: int
    label: str
    value: str
    note: str = ""
    changes: tuple[Change, ...] = ()
    target: str = ""
    sparkline: str = ""


@record
class Definition:
    """One entry of the method appendix: a term and how it is computed."""

    term: str
    text: str


@record
class SectionView:
    """One section of the report.

    `headline` is the finding as a whole sentence, `title` the technical title above it. A section without `rows` has
    nothing to show and appears only with its `missing` sentences in the appendix. `notes_html` is sanitised.
    """

    key: str
    title: str
    headline: str
    rows: tuple[Row, ...]
    lead: str = ""
    notes_html: str = ""
    findings: tuple[Finding, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    method: tuple[Definition, ...] = ()
    missing: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


@record
class SummaryView:
    """The first page: the report's one sentence, decisions, key figures, the pillars in pictures, three findings.

    `total` adds the decisions up, `outcome` says what became of those of the quarter before.
    """

    headline: str
    decisions: tuple[Decision, ...]
    key_figures: tuple[KeyFigure, ...]
    charts: tuple[Chart, ...]
    findings: tuple[tuple[Finding, SectionView], ...]
    warnings: tuple[str, ...] = ()
    total: str = ""
    outcome: str = ""
    notes_html: str = ""
    notes_on_first_page: bool = True


@record
class ReportView:
    """The whole report, ready to be laid out. `words` are the fixed words of the page by name."""

    language: str
    title: str
    client_name: str
    period: str
    as_of: str
    footer: str
    logo_data_url: str
    colour: str
    summary: SummaryView
    sections: tuple[SectionView, ...]
    appendix: tuple[SectionView, ...]
    words: dict[str, str] = field(default_factory=dict)
