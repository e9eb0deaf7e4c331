"""The reference and the JSON Schema of figures.json that are shipped are those that the dictionary gives today."""

from __future__ import annotations

from importlib.resources import files

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.model.dictionary import section_entries
from retention_reports.model.needs_table import NEEDS
from retention_reports.rendering.figure_reference import reference_markdown
from retention_reports.rendering.figure_schema import schema_json
from retention_reports.sections import FIGURE_SECTIONS


def shipped(name: str) -> str:
    return files("retention_reports.dictionary").joinpath(name).read_text(encoding="utf-8")


def test_the_reference_is_up_to_date() -> None:
    assert shipped("figures.md") == reference_markdown(FIGURE_SECTIONS), "make figures"


def test_the_schema_is_up_to_date() -> None:
    assert shipped("figures.schema.json") == schema_json(FIGURE_SECTIONS), "make figures"


@pytest.mark.parametrize("section", NEEDS)
def test_every_figure_with_needs_is_defined(section: str) -> None:
    defined = {entry.key for entry in section_entries(section).entries}

    assert {key for need in NEEDS[section] for key in need.keys} - defined == set()


def test_a_key_is_told_with_all_below_it() -> None:
    shown = CliRunner().invoke(main, ["figures", "revenue_bridge.start", "contacts.overdue[].class"])

    assert shown.exit_code == 0
    assert shown.output.splitlines() == [
        "revenue_bridge.start (money): revenue of the same quarter a year ago",
        "contacts.overdue[].class (word): its value class [touchpoints]",
    ]


def test_an_unknown_key_is_wrong_use() -> None:
    shown = CliRunner().invoke(main, ["figures", "revenue_bridge.begin"])

    assert shown.exit_code == 2
    assert "revenue_bridge.begin" in shown.output
