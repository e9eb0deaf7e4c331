"""What presenters get, made from a dataset and the results of analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.presentation.context import Context
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.view import Chart, FactStrip, Paragraphs, PointList, Table
from retention_reports.presentation.wording import load_wording
from retention_reports.recommending.results import Register
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.presentation.view import SectionView

NOTHING_RECOMMENDED = Register((), (), None, (), (), is_margin=False)


def context(dataset: Dataset, *results: object, language: str = "en") -> Context:
    """Make a presenter's context in the wanted language; the pillars are always there, as every decision needs them."""
    wording = load_wording(templates_folder() / "wording", language)
    numbered = {str(number): result for number, result in enumerate((*results, pillars(dataset)))}
    return Context(dataset, numbered, wording, Formats(wording, dataset.client.currency), NOTHING_RECOMMENDED)


def tables(view: SectionView) -> dict[str, Table]:
    """Return the tables of a section by identifier."""
    return {block.identifier: block for row in view.rows for block in row.blocks if isinstance(block, Table)}


def table_texts(table: Table) -> list[list[str]]:
    """Return the texts of a table's cells."""
    return [[cell.text for cell in row] for row in table.rows]


def words(view: SectionView) -> str:
    """Return everything that a section says, to look for what must not be there."""
    said = [view.headline, view.title, view.lead, *view.missing, *view.agenda]
    said += [finding.text for finding in view.findings]
    said += [f"{entry.term} {entry.text}" for entry in view.method]
    for row in view.rows:
        for block in row.blocks:
            if isinstance(block, Table):
                said += [
                    block.title,
                    block.subtitle,
                    block.action,
                    *(text for texts in table_texts(block) for text in texts),
                ]
            elif isinstance(block, Chart):
                said += [block.title, block.subtitle, block.svg]
            elif isinstance(block, FactStrip):
                said += [f"{fact.label} {fact.value} {fact.note}" for fact in block.facts]
            elif isinstance(block, PointList):
                said += [f"{item.lead} {item.text} {item.remark}" for item in block.items]
            elif isinstance(block, Paragraphs):
                said += block.texts
    return "\n".join(said)
