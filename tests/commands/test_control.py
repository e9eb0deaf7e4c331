"""`control` draws from a work list, says what can be seen, and never puts anybody into two tests."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main

if TYPE_CHECKING:
    from click.testing import Result

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("control")
    shutil.copytree(PROJECT / "data/example_ltd", place / "example_ltd")
    return place


def _control(data: Path, *words: str) -> Result:
    call = ["control", *words, "--data", str(data), "--quarter", "2026-Q2", "--on", "2026-10-12", "--language", "en"]
    return CliRunner().invoke(main, call)


def test_the_rows_are_those_of_the_list_and_a_measure_drawn_is_not_drawn_again(data: Path, tmp_path: Path) -> None:
    done = _control(data, "Beans-26", "--for", "cross_sell", "--title", "Beans", "--share", "0.2")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert done.exit_code == 0, done.output
    assert {row["measure_id"] for row in rows} == {"Beans-26"}
    assert {(row["kind"], row["title"], row["started_on"]) for row in rows} == {
        ("cross_selling", "Beans", "2026-10-12")
    }
    groups = [row["group"] for row in rows]
    assert groups.count("control") == round(0.2 * len(rows))
    assert f"{len(rows)} customers: {groups.count('target')} to approach" in done.stderr
    assert "customers are needed" in done.stderr

    target = tmp_path / "rows.csv"
    again = _control(
        data, "Beans-26", "--for", "cross_sell", "--title", "Beans", "--share", "0.2", "--output", str(target)
    )
    assert again.exit_code == 0
    assert target.read_text(encoding="utf-8") == done.stdout

    _enter(data, rows)
    assert _control(data, "Beans-26", "--for", "cross_sell").exit_code == 2
    taken = _control(data, "Other", "--for", "cross_sell")
    assert taken.exit_code == 1
    assert "customers of the list are in measures that run: Beans-26" in taken.output


def test_a_list_or_a_measure_must_be_known(data: Path) -> None:
    assert "--for names the list" in _control(data, "Nobody-knows").output
    assert _control(data, "Nobody-knows").exit_code == 2


def _enter(data: Path, rows: list[dict[str, str]]) -> None:
    """Enter the rows into the client's measures, under whatever names its columns have."""
    path = next((data / "example_ltd").rglob("*easures.csv"))
    header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([row.get(name, "") for name in header])
