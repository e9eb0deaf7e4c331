"""Take away every file and column, one by one: what it alone could tell is null with its reason, never 0.

Every figure that changes besides must be named as changing in the table of needs, and no new sentence may be printed
that speaks of nothing where nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

import pytest

from retention_reports.model.dataset import Dataset
from retention_reports.model.needs import known_figures
from retention_reports.model.needs_table import EVERYWHERE, NEEDS
from retention_reports.model.quarters import Quarter
from retention_reports.model.schema import TABLE_BY_NAME, TABLES
from retention_reports.samples.folders import write_sample
from retention_reports.sections import ANALYSES
from retention_reports.validation.folder import load_client_folder
from tests.support.withholding import TOLD_BY_GAPS, emptied, optional_parts, places, without

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.figures import Figure
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.needs_table import Need

Sections = dict[str, dict[str, "Figure"]]
Kind = Literal["musterhandel", "example_ltd"]

KINDS: tuple[Kind, ...] = ("musterhandel", "example_ltd")
QUARTERS = {"musterhandel": Quarter.parse("2026-Q3", 1), "example_ltd": Quarter.parse("2026-Q1", 4)}
FEW = 60
FOUND_ALL_THE_SAME = {
    ("*", "sales_check.contradictions"),
    ("*", "ten_errors.confirmed"),
    ("*", "ten_errors.refuted"),
    ("losses.competitor", "ten_errors.beliefs.to_competitors"),
    ("feedback", "early_warning.power.adds"),
    ("offers.decided_on", "early_warning.flagged.reasons.offers"),
    ("offers.decision_due_on", "early_warning.flagged.reasons.offers"),
    ("offers.decided_on", "offers.silent"),
    ("offers.decided_on", "offers.open_offers.silent"),
}
"""What may fall to nothing, reviewed: finds among what can be told, and what other columns tell of the same."""

TABLE_NAMES = tuple(table.name for table in TABLES)


@pytest.fixture(scope="module", params=[*KINDS[:1], pytest.param(KINDS[1], marks=pytest.mark.slow)])
def rich(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[ClientFolder, Quarter]:
    return _sample(tmp_path_factory.mktemp("rich"), request.param)


def _sample(place: Path, kind: Kind) -> tuple[ClientFolder, Quarter]:
    write_sample(kind, place, customers=FEW)
    folder = load_client_folder(place)
    return folder, QUARTERS[kind]


@cache
def _full(folder_id: int) -> Sections:
    return _sections(*_known[folder_id])


_known: dict[int, tuple[ClientFolder, Quarter]] = {}


def _full_of(rich: tuple[ClientFolder, Quarter]) -> Sections:
    _known[id(rich[0])] = rich
    return _full(id(rich[0]))


def _sections(folder: ClientFolder, quarter: Quarter) -> Sections:
    dataset = Dataset.at(folder, quarter)
    return {entry.key: known_figures(dataset, entry.key, entry.run(dataset).figures()) for entry in ANALYSES}


def test_every_figure_has_a_row_in_the_table(rich: tuple[ClientFolder, Quarter]) -> None:
    told = {
        f"{section}.{_rate(key, figures)}"
        for section, figures in _full_of(rich).items()
        for key in figures
        if key != "missing"
    }

    named = {f"{section}.{key}" for section, needs in NEEDS.items() for need in needs for key in need.keys}
    assert told <= named | {f"{name}" for name in named}
    assert {key.split(".")[0] for key in named} == {entry.key for entry in ANALYSES}


def test_the_table_names_files_and_columns_that_there_are() -> None:
    named = {part for needs in NEEDS.values() for need in needs for part in _parts(need)} | set(EVERYWHERE)

    unknown = {part for part in named if part != "*" and not _exists(part)}
    assert unknown == set()


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_without_a_file_or_column_its_figures_are_null_with_the_reason(
    rich: tuple[ClientFolder, Quarter], table: str
) -> None:
    folder, quarter = rich
    full, faults = _full_of(rich), []
    for part in _parts_of(folder, table):
        left = _sections(without(folder, part), quarter)
        for section in full:
            faults += [f"{part}: {section}.{fault}" for fault in _faults(full[section], left[section], section, part)]

    assert faults == []


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_an_empty_file_or_column_tells_as_little_as_one_that_is_not_there(
    rich: tuple[ClientFolder, Quarter], table: str
) -> None:
    folder, quarter = rich
    asked = sorted({alternatives for needs in NEEDS.values() for need in needs for alternatives in need.needs})

    for part in [part for part in _parts_of(folder, table) if part not in TOLD_BY_GAPS]:
        gone, hollow = (Dataset.at(made, quarter) for made in (without(folder, part), emptied(folder, part)))
        assert [bool(hollow.lacks(needed)) for needed in asked] == [bool(gone.lacks(needed)) for needed in asked], part


def test_where_all_of_several_alternatives_are_gone_the_figure_is_null(rich: tuple[ClientFolder, Quarter]) -> None:
    folder, quarter = rich
    alternatives = {ways for needs in NEEDS.values() for need in needs for ways in need.needs if " | " in ways}
    for ways in sorted(alternatives):
        left = _sections(without(folder, *ways.split(" | ")), quarter)
        for section, needs in NEEDS.items():
            for need in needs:
                if ways in need.needs:
                    assert _known_values(left[section], need.keys) == [], f"{section}: {ways}"


def _parts_of(folder: ClientFolder, table: str) -> list[str]:
    return [part for part in optional_parts(folder) if part.partition(".")[0] == table]


def _faults(full: dict[str, Figure], left: dict[str, Figure], section: str, part: str) -> list[str]:
    missing = left["missing"]
    assert isinstance(missing, list)
    reasoned = {str(entry["key"]) for entry in missing if isinstance(entry, dict)}
    needing = [key for need in NEEDS[section] if _needs_alone(need, part) for key in need.keys]
    faults = [f"{key} is not null" for key in _known_values(left, needing)]
    faults += [f"{key} has no reason" for key in needing if not _ways(key) & reasoned]
    before, now = _by_key(full), _by_key(left)
    for key in sorted(before.keys() | now.keys()):
        if before.get(key) == now.get(key) or _ways(key) & reasoned:
            continue
        if not _may_change(section, key, part):
            faults.append(f"{key} changed")
        elif _fell_to_nothing(before.get(key, []), now.get(key, [])) and not _reviewed(part, f"{section}.{key}"):
            faults.append(f"{key} fell to nothing")
    return faults


def _by_key(figures: dict[str, Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for key, value in places({name: value for name, value in figures.items() if name != "missing"}):
        found[_without_base(key)].append(value)
    return found


def _without_base(key: str) -> str:
    return key[:-2] if key.endswith(("_k", "_n")) and key != "core_n" else key


def _rate(key: str, figures: dict[str, Figure]) -> str:
    return key[:-2] if key.endswith(("_k", "_n")) and key[:-2] in figures else key


def _known_values(figures: dict[str, Figure], keys: list[str] | tuple[str, ...]) -> list[str]:
    values = [(key, value) for key, value in places(figures) if not key.startswith("missing")]
    return [key for key, value in values if value is not None and _ways(key) & set(keys)]


def _ways(key: str) -> set[str]:
    return set(accumulate(key.split("."), lambda one, other: f"{one}.{other}"))


def _needs_alone(need: Need, part: str) -> bool:
    return any(all(_covers(part, one) for one in ways.split(" | ")) for ways in need.needs)


def _covers(part: str, needed: str) -> bool:
    return needed == part or needed.startswith(f"{part}.")


def _may_change(section: str, key: str, part: str) -> bool:
    rows = [need for need in NEEDS[section] if _ways(key) & set(need.keys)]
    uses = {one for need in rows for one in _parts(need)}
    return part in EVERYWHERE or "*" in uses or any(_covers(part, one) for one in uses)


def _parts(need: Need) -> list[str]:
    return [one for ways in need.needs for one in ways.split(" | ")] + list(need.uses)


def _exists(part: str) -> bool:
    name, _, column = part.partition(".")
    return name in TABLE_BY_NAME and (not column or column in TABLE_BY_NAME[name].column_names)


def _fell_to_nothing(before: list[Figure], now: list[Figure]) -> bool:
    told = [value for value in now if value is not None]
    return any(before) and bool(told) and not any(told)


def _reviewed(part: str, key: str) -> bool:
    if part in EVERYWHERE or part.partition(".")[0] in EVERYWHERE:
        return True
    return any(who in ("*", part, part.partition(".")[0]) and key == what for who, what in FOUND_ALL_THE_SAME)
