"""No message shows what a cell says about a person, unless it is asked to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.commands.annotations import ANNOTATIONS
from retention_reports.errors import DataError
from retention_reports.model.schema import TABLE_BY_NAME
from retention_reports.reading.folder import read_client_folder
from retention_reports.reading.problems import ProblemLog
from retention_reports.validation.folder import load_client_folder
from tests.support.builds import repository_with_clients
from tests.support.folders import write_client
from tests.support.repositories import commit

if TYPE_CHECKING:
    from retention_reports.errors import Problem

GALLERY = Path(__file__).parents[1] / "errors"
CASES = sorted(path.name for path in GALLERY.iterdir() if path.is_dir() and path.name != "__pycache__")
SHORTEST = 4
BIRTHDAYS = "customer_id,name,birthday\nK1,Zoe Weiss,31.31.1961\n"
CONTACTS = {"contacts": BIRTHDAYS, "customers": "customer_id,name,email\nK1,Anna,anna at example\nK2,Bernd,\n"}


def _check(place: Path, *words: str) -> str:
    return CliRunner().invoke(main, ["check", "--data", str(place), "--language", "en", *words]).output


@pytest.mark.parametrize("form", ["text", *ANNOTATIONS])
def test_cells_about_persons_are_hidden_and_shown_on_demand(tmp_path: Path, form: str) -> None:
    write_client(tmp_path, **CONTACTS)

    hidden, shown = _check(tmp_path, "--format", form), _check(tmp_path, "--format", form, "--show-values")

    assert "[hidden]" in hidden
    assert "contacts.csv" in hidden
    assert "birthday" in hidden
    for cell in ("1961", "anna at example"):
        assert cell not in hidden
        assert cell in shown
    assert "[hidden]" not in shown


def test_it_is_said_once_how_hidden_cells_are_shown(tmp_path: Path) -> None:
    write_client(tmp_path, **CONTACTS)

    assert _check(tmp_path).count("--show-values") == 1
    assert "--show-values" not in _check(tmp_path, "--show-values")


def test_ids_are_shown_unless_they_are_names_or_addresses(tmp_path: Path) -> None:
    orders = "order_id,customer_id,ordered_on,amount\n1,K9,2026-01-05,1.00\n"
    write_client(tmp_path, orders=orders)
    assert '"K9"' in _check(tmp_path)

    for name in ("Anna Berg", "Zacharias", "zoe9@example.org"):
        write_client(tmp_path, orders=orders.replace("K9", name))
        assert name not in _check(tmp_path)
        assert "orders.csv:2:customer_id" in _check(tmp_path)


@pytest.mark.parametrize("case", CASES)
def test_no_problem_of_the_gallery_tells_a_cell_about_a_person(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GALLERY)
    said = " ".join(problem.without_values().told_in("en") for problem in _problems(case))

    for cell in _cells_about_persons(case):
        assert f'"{cell}"' not in said


def _problems(case: str) -> tuple[Problem, ...]:
    try:
        return load_client_folder(Path(case)).warnings
    except DataError as error:
        return error.problems


def _cells_about_persons(case: str) -> set[str]:
    source = read_client_folder(Path(case), ProblemLog(), TABLE_BY_NAME)
    tables = {} if source is None else source.tables
    return {
        word
        for table in tables.values()
        for column in table.schema.columns
        if column.is_personal and column.name in table.cells
        for word in table.cells[column.name].words.tolist()
        if len(word) >= SHORTEST
    }


def test_compare_names_the_row_and_hides_what_changed_about_a_person(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "acme")
    customers = root / "data/acme/customers.csv"
    customers.write_text(customers.read_text("utf-8").replace("Anna", "Annabel"), encoding="utf-8")
    (root / "data/acme/contacts.csv").write_text("customer_id,name\nK1,Zoe Weiss\n", encoding="utf-8")
    commit(root, date="2026-04-20T12:00:00+02:00")
    words = ["compare", "acme", "2026-Q1", "--with", "HEAD~1", "--data", str(root / "data"), "--language", "en"]

    hidden = CliRunner().invoke(main, words).output
    shown = CliRunner().invoke(main, [*words, "--show-values"]).output

    assert "~ K1 name: [hidden] -> [hidden]" in hidden
    assert "+ K1 · [hidden]" in hidden
    assert "Anna" not in hidden
    assert "~ K1 name: Anna -> Annabel" in shown
    assert "+ K1 · Zoe Weiss" in shown


def test_json_stays_json(tmp_path: Path) -> None:
    write_client(tmp_path, **CONTACTS)
    done = CliRunner().invoke(main, ["check", "--data", str(tmp_path), "--format", "json"])

    assert json.loads(done.stdout)["problems"]
