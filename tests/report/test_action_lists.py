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
    rows = [[sheet, *row] for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()[1:]]
    figures: dict[str, Any] = json.loads(files["figures.json"])

    assert set(files) == {"figures.json", "actions.csv", "actions.xlsx"}
    assert lines == [[_as_csv(cell, decimal, day) for cell in row] for row in rows]
    counts = Counter(line[0] for line in lines)
    assert [counts[sheet] for sheet in book.sheet_names[:4]] == [
        len(figures["early_warning"]["flagged"]),
        len(figures["contacts"]["overdue"]),
        len(figures["lost_customers"]["call_list"]),
        sum((entry["expected_gain"] or 0) > 0 for entry in figures["lost_customers"]["win_back"]),
    ]
    assert 0 < counts[book.sheet_names[4]] <= figures["new_customers"]["one_time_buyers"]


def _as_csv(cell: object, decimal: str, day: str) -> str:
    if isinstance(cell, date):
        return cell.strftime(day)
    return f"{cell:.2f}".replace(".", decimal) if isinstance(cell, float) else str(cell)
