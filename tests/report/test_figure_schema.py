"""What a report writes into figures.json is what the published JSON Schema says, unit for unit."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastjsonschema
import pytest

from retention_reports.model.dataset import Dataset
from retention_reports.model.dictionary import section_entries
from retention_reports.model.money import Currency
from retention_reports.model.needs import known_figures
from retention_reports.pipeline import build_report, load_client
from retention_reports.sections import ANALYSES
from tests.support.laws import OPTIONAL_FILES, of_first_customers, without_file
from tests.support.small_clients import reported_quarter, small_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention_reports.model.folder import ClientFolder

PROJECT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads(
    files("retention_reports.dictionary").joinpath("figures.schema.json").read_text(encoding="utf-8")
)
BASES = {"money share": ("_k", "_n")}


@pytest.fixture(scope="module", params=["musterhandel", "example_ltd"])
def sample(request: pytest.FixtureRequest) -> dict[str, Any]:
    client = load_client(PROJECT / "data" / request.param)
    content: dict[str, Any] = json.loads(build_report(client, client.newest_quarter, ("json",))["figures.json"])
    return content


@cache
def valid(section: str) -> Callable[[object], object]:
    part = {**SCHEMA["properties"][section], "definitions": SCHEMA["definitions"]}
    check: Callable[[object], object] = fastjsonschema.compile(part)
    return check


def figures_of(folder: ClientFolder) -> dict[str, Any]:
    dataset = Dataset.at(folder, reported_quarter(folder))
    return {one.key: known_figures(dataset, one.key, one.run(dataset).figures()) for one in ANALYSES}


def leaves(figure: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield every figure with its key, without the places in lists."""
    if isinstance(figure, dict):
        for name, part in figure.items():
            yield from leaves(part, f"{key}.{name}".lstrip("."))
    elif isinstance(figure, list):
        for part in figure:
            yield from leaves(part, key)
    else:
        yield key, figure


def test_the_samples_are_valid(sample: dict[str, Any]) -> None:
    fastjsonschema.compile(SCHEMA)(sample)


@pytest.mark.parametrize(
    ("key", "value"), [("orders", "12"), ("orders", 1.5), ("orders", None), ("an_unknown_key", 1), ("newest_order", "")]
)
def test_another_unit_and_an_unknown_key_are_refused(sample: dict[str, Any], key: str, value: object) -> None:
    changed = {**sample["pillars"], key: value}

    if value is None:
        valid("pillars")(changed)
        del changed[key]
    with pytest.raises(fastjsonschema.JsonSchemaException):
        valid("pillars")(changed)


@pytest.mark.parametrize("name", OPTIONAL_FILES)
def test_figures_without_a_file_are_valid(name: str) -> None:
    for key, section in figures_of(without_file(small_client(3), name)).items():
        valid(key)(json.loads(json.dumps(section)))


@pytest.mark.parametrize("count", [1, 2, 9])
def test_figures_of_few_customers_are_valid(count: int) -> None:
    for key, section in figures_of(of_first_customers(small_client(3), count)).items():
        valid(key)(json.loads(json.dumps(section)))


@pytest.mark.parametrize("section", [analysis.key for analysis in ANALYSES])
def test_what_is_money_is_called_money(section: str) -> None:
    units = {}
    for entry in section_entries(section).entries:
        units[entry.key] = entry.unit.removeprefix("list of ")
        units |= {entry.key + ending: "money" for ending in BASES.get(entry.unit, ())}
    told = leaves({key: part for key, part in figures_of(small_client(8))[section].items() if key != "missing"})
    numbers = [(key, value) for key, value in told if isinstance(value, (int, float)) and not isinstance(value, bool)]

    assert {key for key, value in numbers if isinstance(value, Currency)} == {
        key for key, _ in numbers if units.get(key) == "money"
    }
