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
    """One table cell. `sort` orders the column in the browser where the text would not ("" = by text).

    `customer_id` tells whose card the cell leads to, "" where it names nobody. `money` is the amount that an amount's
    cell shows, in ten-thousandths, and `customers` the number of customers that a group's cell counts.
    """

    text: str
    sort: str = ""
    tone: Tone = Tone.NEUTRAL
    svg: str = ""
    customer_id: str = ""
    money: float | None = None
    customers: int | None = None


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
    """A list of points under a title; of a `dense` one paper shows the first few, in one paragraph.

    `anchor` names it in the page, for others to lead to.
    """

    title: str
    items: tuple[ListItem, ...]
    dense: bool = False
    anchor: str = ""


Block = Chart | Table | Paragraphs | FactStrip | PointList


@record
class Row:
    """One block over the full width, or two side by side.

    `on_paper` False leaves the row out of the PDF; a `kept` one stays there however short its section gets.
    """

    blocks: tuple[Block, ...]
    on_paper: bool = True
    kept: bool = False


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

    `pinned` is what the consultant put there. `money` and its `interval` are "" where no amount can be named;
    `evidence` says how well the amount is known. `work_list` is the place of the list it is done with, "" where there
    is none; `named` are the customers in `text`, in their order there. `section` is the key of the section whose
    figures it rests on.
    """

    lead: str
    text: str
    who: str
    by_when: str
    money: str
    interval: str
    evidence: str
    pinned: bool = False
    work_list: str = ""
    named: tuple[Cell, ...] = ()
    section: str = ""


@record
class Change:
    """A key figure's change: `text` with its sign, `against` names what it is compared with."""

    text: str
    against: str
    tone: Tone
    direction: int


@record
class KeyFigure:
    """One of the summary's key figures; `order` places it, smaller first. `plan` holds it against what is planned.

    `key` is its key in `figures.json`.
    """

    order: int
    label: str
    value: str
    note: str = ""
    changes: tuple[Change, ...] = ()
    plan: Change | None = None
    sparkline: str = ""
    key: str = ""


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
    `chapter` places it in the report's story. On paper `leading` sections always stand in the main part, others by
    their `rank`: what their decisions bring and what their findings weigh, in ten-thousandths.
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
    chapter: int = 0
    leading: bool = False
    rank: tuple[int, int] = (0, 0)


@record
class OutcomeView:
    """What became of the quarter before's decisions: `states`, one a decision (done, begun, untouched), in `words`.

    `caution` says what the figures are not, "" where there are none.
    """

    title: str
    states: tuple[str, ...]
    words: str
    facts: tuple[Fact, ...]
    caution: str


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
    outcome: OutcomeView | None = None
    notes_html: str = ""
    notes_on_first_page: bool = True
    charts_on_paper: bool = True


@record
class CardLine:
    """What a card tells under one label."""

    label: str
    texts: tuple[str, ...]


@record
class CustomerCard:
    """Everything known of one customer, what is to be done (`reason`, `who`), and how to begin the call (`opening`).

    `below` is what else there is to do; `chart` is revenue by quarter beside that of the year before. Texts are ""
    where there is nothing. `anchor` names the card in the page.
    """

    customer_id: str
    anchor: str
    name: str
    standing: str
    to_do: str
    reason: str
    who: str
    opening: str
    below: str
    chart: str
    revenue: str
    lines: tuple[CardLine, ...]


@record
class CardsView:
    """The cards of the customers whom the lists name; `leading` are the ids of those on paper.

    `more` says how many are named beyond; `anchors` gives the place of each customer's card.
    """

    title: str
    headline: str
    cards: tuple[CustomerCard, ...]
    leading: tuple[str, ...]
    more: str
    words: dict[str, str]

    @property
    def anchors(self) -> dict[str, str]:
        """Each card's place by the customer's id."""
        return {card.customer_id: card.anchor for card in self.cards}

    @property
    def on_paper(self) -> tuple[CustomerCard, ...]:
        """The cards of the leading customers, as ranked."""
        by_name = {card.customer_id: card for card in self.cards}
        return tuple(by_name[name] for name in self.leading)


@record
class ReportView:
    """The whole report, ready to be laid out. `lists` are those to work with, on screen alone.

    `words` are the fixed words of the page by name.
    """

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
    cards: CardsView | None = None
    lists: SectionView | None = None
    words: dict[str, str] = field(default_factory=dict)
