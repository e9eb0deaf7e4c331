"""The lists beside a report hold the customers of its figures, the same in both files."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from retention_reports.pipeline import build_report, load_client

PROJECT = Path(__file__).resolve().parents[2]
DIALECTS = {"musterhandel": (";", ",", "%d.%m.%Y"), "example_ltd": (",", ".", "%Y-%m-%d")}


@pytest.mark.parametrize("name", DIALECTS)
def test_both_files_hold_the_customers_of_the_figures(name: str) -> None:
    client = load_client(PROJECT / "data" / name)
    files = build_report(client, client.newest_quarter, ("json", "actions"))
    separator, decimal, day = DIALECTS[name]
    reader = csv.reader(io.StringIO(files["actions.csv"].decode("utf-8-sig"), newline=""), delimiter=separator)
    _, *lines = reader
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["actions.xlsx"]))
    sheets = book.sheet_names[:-1]  # The last one holds the words for the result.
    rows = [[sheet, *row] for sheet in sheets for row in book.get_sheet_by_name(sheet).to_python()[1:]]
    figures: dict[str, Any] = json.loads(files["figures.json"])

    assert set(files) == {"figures.json", "actions.csv", "actions.xlsx"}
    assert lines == [[_as_csv(cell, decimal, day) for cell in row] for row in rows]
    counts = Counter(line[-1].partition(":")[0] for line in lines)
    register = Counter(entry["kind"] for entry in figures["recommendations"]["register"] if entry["customer_id"])
    assert {kind: counts[kind] for kind in register} == register
    money = [entry for entry in figures["recommendations"]["register"] if entry["leading"] and entry["customer_id"]]
    expected = sum(entry["effect"]["expected"] for entry in money if entry["effect"])
    said = sum(float(line[8].replace(decimal, ".")) for line in lines if line[8])
    assert said == pytest.approx(expected, abs=0.01 * len(lines))
    for line in lines:
        assert line[5] == "" or line[6] not in ("no", "nein")


def _as_csv(cell: object, decimal: str, day: str) -> str:
    if isinstance(cell, date):
        return cell.strftime(day)
    return f"{cell:.2f}".replace(".", decimal) if isinstance(cell, float) else str(cell)
