"""Figures by sales person name people, show codes, or are not made at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retention_reports.model.client import Client
from retention_reports.model.dataset import Dataset
from retention_reports.model.needs import known_figures
from retention_reports.model.sales_people import shown_person
from retention_reports.sections import ANALYSES
from tests.support.small_clients import reported_quarter, small_client

if TYPE_CHECKING:
    from retention_reports.model.figures import Figure

BY_PERSON = (
    ("lost_customers", "sales_reps"),
    ("programme", "sales_reps"),
    ("segments", "by_sales_rep"),
    ("offers", "by_sales_rep"),
    ("contacts", "visits.by_sales_rep"),
)
SEED = 3


def figures(how: str) -> dict[str, dict[str, Figure]]:
    folder = small_client(SEED)
    shown = replace(folder, client=replace(folder.client, sales_people=how))
    data = Dataset.at(shown, reported_quarter(shown))
    sections = {section for section, _ in BY_PERSON}
    return {
        entry.key: known_figures(data, entry.key, entry.run(data).figures())
        for entry in ANALYSES
        if entry.key in sections
    }


def at(found: dict[str, dict[str, Figure]], section: str, key: str) -> Figure:
    value: Figure = {**found[section]}
    for step in key.split("."):
        assert isinstance(value, dict)
        value = value[step]
    return value


def names() -> set[str]:
    return set(small_client(SEED).tables["orders"]["sales_rep"]) - {""}


@pytest.mark.parametrize(("section", "key"), BY_PERSON)
def test_names_stand_only_where_the_client_says_so(section: str, key: str) -> None:
    named, coded = (str(at(figures(how), section, key)) for how in ("names", "codes"))

    assert any(name in named for name in names())
    assert not any(name in coded for name in names())


@pytest.mark.parametrize(("section", "key"), BY_PERSON)
def test_codes_change_no_number(section: str, key: str) -> None:
    client = replace(small_client(SEED).client, sales_people="codes")
    named, coded = (at(figures(how), section, key) for how in ("names", "codes"))
    text = str(named)
    for name in names():
        text = text.replace(f"'{name}'", f"'{shown_person(client, name)}'")

    assert sorted(text) == sorted(str(coded))


@pytest.mark.parametrize(("section", "key"), BY_PERSON)
def test_switched_off_they_are_null_with_the_reason(section: str, key: str) -> None:
    found = figures("off")

    assert at(found, section, key) is None
    assert {"key": key, "reason": "switched_off"} in found[section]["missing"]  # type: ignore[operator]


def test_a_code_is_the_same_in_every_quarter_and_another_at_every_client() -> None:
    one, other = (Client(key, key, sales_people="codes") for key in ("one", "other"))

    assert shown_person(one, "Berg") == shown_person(one, "Berg")
    assert shown_person(one, "Berg") != shown_person(other, "Berg")
    assert shown_person(one, "") == ""
    assert shown_person(replace(one, pseudonymised=True), "V-1") == "V-1"
