"""Tables and key figures tell which keys of figures.json they show, and show what stands there."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from retention_reports.model.dictionary import section_entries
from retention_reports.model.money import UNIT
from retention_reports.model.shown_keys import shown_keys
from retention_reports.pipeline import build_report, load_client, report_view
from retention_reports.presentation.view import Chart, Table
from retention_reports.rendering.html import render_screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.presentation.view import Cell, ReportView

PROJECT = Path(__file__).resolve().parents[2]
NAMED = tomllib.loads(files("retention_reports.dictionary").joinpath("_shown.toml").read_text(encoding="utf-8"))[
    "tables"
]
ENDINGS = ("_k", "_n")
OF_VARYING_WIDTH = ("purchase-values-numbers",)
ORDERED_OTHERWISE = ("measures-results", "sales-check-questions")
"""Tables whose rows stand in another order than the entries of figures.json and name nothing to find these by."""


class Sample(NamedTuple):
    view: ReportView
    figures: dict[str, Any]


@pytest.fixture(scope="module", params=["musterhandel", "example_ltd"])
def sample(request: pytest.FixtureRequest) -> Sample:
    client = load_client(PROJECT / "data" / request.param)
    built = build_report(client, client.newest_quarter, ("json",))
    return Sample(report_view(client, client.newest_quarter), json.loads(built["figures.json"]))


def tables(view: ReportView) -> Iterator[Table]:
    sections = (*view.sections, *view.appendix, *((view.lists,) if view.lists else ()))
    for block in (block for section in sections for row in section.rows for block in row.blocks):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart) and block.table:
            yield block.table


def is_defined(key: str) -> bool:
    section, _, inner = key.partition(".")
    name = "_head" if section == "data" else section
    wanted = re.compile(re.escape(key if section == "data" else inner).replace(r"\*", "[^.]+"))
    defined = [entry.key for entry in section_entries(name).entries]
    return any(wanted.fullmatch(one + ending) for one in defined for ending in ("", *ENDINGS))


def objects(figures: Any, steps: Sequence[str]) -> list[dict[str, Any]] | None:  # noqa: ANN401 -- figures are JSON
    """Return the list to which the steps lead; None where they lead elsewhere, or through another list."""
    for step in steps:
        figures = figures.get(step) if isinstance(figures, dict) else None
    return figures if isinstance(figures, list) else None


def value(entry: dict[str, Any], key: str) -> Any:  # noqa: ANN401 -- figures are JSON
    found: Any = entry
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def number(cell: Cell) -> float | None:
    if cell.money is not None:
        return round(cell.money / UNIT, 2)
    return float(cell.sort) if re.fullmatch(r"-?[\d.]+(e-\d+)?", cell.sort) else None


def test_every_table_says_what_it_shows(sample: Sample) -> None:
    unsaid = [
        table.identifier
        for table in tables(sample.view)
        if table.identifier not in NAMED and not shown_keys(table.identifier)
    ]

    assert unsaid == []


def test_every_column_has_a_defined_key_or_none(sample: Sample) -> None:
    for table in tables(sample.view):
        shown = shown_keys(table.identifier)
        if shown is not None:
            named = [key for column in shown.columns for key in column]
            full = [key[1:] if key.startswith("/") else f"{shown.whole}.{key}" for key in named]
            assert [key for key in full if not is_defined(key)] == []
            assert len(shown.columns) == len(table.columns) or table.identifier in OF_VARYING_WIDTH


def test_a_column_shows_what_stands_under_its_key(sample: Sample) -> None:
    compared, wrong = set(), []
    for table in tables(sample.view):
        shown = shown_keys(table.identifier)
        listed = objects(sample.figures, shown.whole.split(".")) if shown else None
        if not shown or not listed or table.identifier in ORDERED_OTHERWISE:
            continue
        by_customer = {entry.get("customer_id"): entry for entry in listed}
        named = len(by_customer) == len(listed) and all(row[0].customer_id for row in table.rows)
        if not named and len(table.rows) != len(listed):
            continue
        for place, keys in enumerate(shown.columns):
            if len(keys) != 1 or keys[0].startswith("/"):
                continue
            for at, row in enumerate(table.rows):
                entry = by_customer[row[0].customer_id] if named else listed[at]
                told, cell = value(entry, keys[0]), number(row[place])
                if isinstance(told, (int, float)) and not isinstance(told, bool) and cell is not None:
                    compared.add((table.identifier, place))
                    if not any(abs(cell - one) < 0.011 for one in (told, 100 * told)):
                        wrong.append((table.identifier, keys[0], cell, told))

    assert wrong == [], "\n".join(map(str, wrong))
    assert len(compared) > 100


def test_every_picture_says_what_it_shows(sample: Sample) -> None:
    html = render_screen(sample.view)
    pictures = re.findall(r'<figure class="chart-block"(?: data-key="([^"]+)")?>', html)

    assert len(pictures) > 30
    assert [key for key in pictures if not (key and (key in sample.figures or is_defined(key)))] == []


def test_key_figures_tell_their_keys(sample: Sample) -> None:
    keys = [figure.key for figure in sample.view.summary.key_figures]

    assert keys
    assert [key for key in keys if not is_defined(key)] == []


def test_definitions_are_one_click_away(sample: Sample) -> None:
    html = render_screen(sample.view)
    wanted = set(re.findall(r'href="#(method-[^"]+)"', html))

    assert len(wanted) > 10
    assert wanted <= set(re.findall(r'id="(method-[^"]+)"', html))
    assert 'data-keys="pillars.history quarter bridge.opening ' in html
    assert 'data-key="pillars.bridge.closing"' in html
