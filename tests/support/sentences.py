"""What a report says in sentences, by place, for both languages: everything but cells of tables and axes of charts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from retention_reports.model.dataset import Dataset
from retention_reports.presentation.context import Context
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.summary import present_summary
from retention_reports.presentation.view import Chart, FactStrip, Paragraphs, PointList, Table
from retention_reports.presentation.wording import Wording, load_wording
from retention_reports.recommending import recommend
from retention_reports.records import record
from retention_reports.resources import templates_folder
from retention_reports.sections import ANALYSES, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter
    from retention_reports.presentation.view import Block, SectionView, SummaryView
    from retention_reports.recommending.results import Register

Sentence = tuple[str, str]
"""Where it stands, as `offers headline`, and the text."""


@record
class Known:
    """What is known of a quarter, whatever the language."""

    dataset: Dataset
    results: Mapping[str, object]
    register: Register


def analysed(folder: ClientFolder, quarter: Quarter) -> Known:
    """Return the results of all analyses and what is recommended."""
    dataset = Dataset.at(folder, quarter)
    results = {entry.key: entry.run(dataset) for entry in ANALYSES}
    return Known(dataset, results, recommend(dataset, results.values(), None))


def told(known: Known, wording: Wording) -> Context:
    """Return what presenters get in the wording's language."""
    client = replace(known.dataset.client, language=wording.language)
    dataset = replace(known.dataset, folder=replace(known.dataset.folder, client=client))
    return Context(dataset, known.results, wording, Formats(wording, client.currency), known.register)


def sentences(context: Context) -> list[Sentence]:
    """Return all sentences of sections and first page."""
    views = [section.present(context) for section in SECTIONS]
    shown = [view for view in views if view.rows]
    found = [entry for view in shown for entry in _of_section(view)]
    return [(place, text) for place, text in (*found, *_of_summary(present_summary(context, shown, ""))) if text]


@cache
def wording_of(language: str) -> Wording:
    """Return the words of a language."""
    return load_wording(templates_folder() / "wording", language)


def _of_section(view: SectionView) -> Iterator[Sentence]:
    yield f"{view.key} headline", view.headline
    yield f"{view.key} lead", view.lead
    yield from ((f"{view.key} finding", finding.text) for finding in view.findings)
    yield from ((f"{view.key} agenda", question) for question in view.agenda)
    yield from ((f"{view.key} missing", text) for text in view.missing)
    for figure in view.key_figures:
        yield f"{view.key} key figure", f"{figure.label}: {figure.value} {figure.note}".strip()
    for row in view.rows:
        for block in row.blocks:
            yield from ((f"{view.key} {kind}", text) for kind, text in _of_block(block))


def _of_block(block: Block) -> Sequence[Sentence]:
    if isinstance(block, Table):
        return [("table", text) for text in (block.title, block.subtitle, block.action)]
    if isinstance(block, Chart):
        return [("chart", text) for text in (block.title, block.subtitle, block.note)]
    if isinstance(block, FactStrip):
        return [("fact", f"{fact.label}: {fact.value}; {fact.note}".removesuffix("; ")) for fact in block.facts]
    if isinstance(block, PointList):
        items = [("point", text) for item in block.items for text in (item.lead, item.text, item.remark)]
        return [("points", block.title), *items]
    assert isinstance(block, Paragraphs)
    return [("paragraph", text) for text in (block.title, *block.texts)]


def _of_summary(view: SummaryView) -> Iterator[Sentence]:
    yield "summary headline", view.headline
    yield from (("summary finding", finding.text) for finding, _ in view.findings)
    yield "summary total", view.total
    if view.outcome is not None:
        yield from (
            ("summary outcome", text) for text in (view.outcome.title, view.outcome.words, view.outcome.caution)
        )
        yield from (("summary outcome", text) for _, text in _of_block(FactStrip(view.outcome.facts)))
    for decision in view.decisions:
        yield "summary decision", decision.lead
        yield "summary decision", decision.text
        yield "summary money", f"{decision.money} {decision.interval}".strip()
