"""The same facts in other files give the same figures: another order, parts, encodings, spreadsheets, order lines."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from retention_reports.model.schema import TABLES
from retention_reports.validation.folder import load_client_folder
from tests.support.results import figures, results
from tests.support.sheets import csv_file, csv_rows, ods_file, xlsx_file
from tests.support.small_clients import small_client, write_small_client

if TYPE_CHECKING:
    from collections.abc import Callable

SEED, CUSTOMERS = 8, 12
NAMES = [table.name for table in TABLES]
SPREADSHEETS = {"xlsx": xlsx_file, "ods": ods_file}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return {key: figures(found) for key, found in results(small_client(SEED, CUSTOMERS)).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small_client(tmp_path / "client", SEED, CUSTOMERS)
    return tmp_path / "client"


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_a_files_rows_changes_no_figure(name: str, folder: Path, expected: dict[str, Any]) -> None:
    heads, *rows = csv_rows(_path(folder, name))
    random.Random(name).shuffle(rows)
    _path(folder, name).write_bytes(csv_file([heads, *rows]))

    assert _figures(folder) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_parts_is_the_same_as_a_whole_one(name: str, folder: Path, expected: dict[str, Any]) -> None:
    heads, *rows = csv_rows(_path(folder, name))
    _path(folder, name).unlink()
    for number in range(3):
        part = _path(folder, name).with_name(f"{Path(name).name}-{number}.csv")
        part.write_bytes(csv_file([heads, *rows[number::3]]))
    _declare(folder, name, f'path = "{_path(folder, name).relative_to(folder).with_suffix("")}-*.csv"')

    assert _figures(folder) == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_encoding_of_a_file_changes_no_figure(name: str, folder: Path, expected: dict[str, Any]) -> None:
    _path(folder, name).write_bytes(csv_file(csv_rows(_path(folder, name)), encoding="cp1252"))
    _declare(folder, name, 'encoding = "cp1252"')

    assert _figures(folder) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", SPREADSHEETS)
def test_a_spreadsheet_is_the_same_as_a_text_file(
    name: str, ending: str, folder: Path, expected: dict[str, Any]
) -> None:
    write: Callable[[list[list[str]]], bytes] = SPREADSHEETS[ending]
    path = _path(folder, name)
    path.with_suffix(f".{ending}").write_bytes(write(csv_rows(path)))
    path.unlink()
    _declare(folder, name, f'path = "{path.with_suffix(f".{ending}").relative_to(folder)}"')

    assert _figures(folder) == expected


def test_one_row_a_line_is_the_same_as_orders_with_lines_of_their_own(folder: Path) -> None:
    heads, *orders = csv_rows(_path(folder, "orders"))
    line_heads, *lines = csv_rows(_path(folder, "order_lines"))
    lines_of: dict[str, list[list[str]]] = {}
    for line in lines:
        lines_of.setdefault(line[0], []).append(line)
    amount, cost = heads.index("amount"), heads.index("cost")
    kept = [order for order in orders if order[0] in lines_of]
    together = []
    for order in kept:
        whole = sum(_cents(line[line_heads.index("amount")]) for line in lines_of[order[0]])
        order[amount] = f"{whole / 100:.2f}"
        for place, (_, product, quantity, part) in enumerate(lines_of[order[0]]):
            row = [*order, product, quantity]
            row[amount], row[cost] = part, order[cost] if place == 0 else ""
            together.append(row)
    _path(folder, "orders").write_bytes(csv_file([heads, *kept]))
    _path(folder, "order_lines").write_bytes(
        csv_file([line_heads, *(line for order in kept for line in lines_of[order[0]])])
    )
    apart = _figures(folder)
    _path(folder, "order_lines").unlink()
    _path(folder, "orders").write_bytes(csv_file([[*heads, "product_id", "quantity"], *together]))
    _declare(folder, "orders", 'rows = "order_line"')

    assert _figures(folder) == apart


def _figures(folder: Path) -> dict[str, Any]:
    return {key: figures(found) for key, found in results(load_client_folder(folder)).items()}


def _path(folder: Path, name: str) -> Path:
    return folder / ("sales_check/answers.csv" if name == "answers" else f"{name}.csv")


def _declare(folder: Path, name: str, line: str) -> None:
    with (folder / "client.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[files.{name}]\n{line}\n")


def _cents(text: str) -> int:
    return round(float(text) * 100)
