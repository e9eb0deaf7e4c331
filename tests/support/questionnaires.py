"""A client who is asked, and questionnaires that come back filled in as programs fill them in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject
from python_calamine import CalamineWorkbook

from retention_reports.cli import main
from tests.support.builds import ORDERS, QUARTER
from tests.support.folders import write_client

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result

CLIENT = 'name = "Müller & Söhne"\nlanguage = "de"\nhistory_complete = true\n'
ANSWERS = """quarter,question_id,version,answer,evidence,answered_by
2025-Q4,core_database,1,no,"alt,  mit Komma",Vertrieb
2026-Q1,core_database,1,no,Liste fehlt,Vertrieb
2026-Q1,core_websites,1,yes,,Vertrieb
2026-Q2,core_database,1,unknown,,
"""
OWN_QUESTION = """[[questions]]
id = "own_promise"
version = 2
topic = "relationship"
[questions.text]
de = "Hält jeder <b>Zusagen</b> ein?"
"""
COUNT = 29
"""How many questions the client has with its own."""


def write_asked_client(place: Path, client: str = CLIENT, **files: str | bytes | None) -> Path:
    """Write the client with answers and a question of its own."""
    given: dict[str, str | bytes | None] = {
        "sales_check__answers": ANSWERS,
        "sales_check__questions___toml": OWN_QUESTION,
        "orders": ORDERS,
    }
    given.update(files)
    return write_client(place / "data", client, **given)


def run(place: Path, command: str, *words: str, text: str | None = None) -> Result:
    """Run a command on the client."""
    return CliRunner().invoke(main, [command, "client", *words, "--data", str(place / "data")], input=text)


def write_questionnaire(place: Path, *words: str) -> tuple[Path, Path]:
    """Write the client's questionnaire; returns the PDF and the sheet."""
    done = run(place, "questionnaire", *words, "--output", str(place / "reports"))
    assert done.exit_code == 0, done.output
    folder = place / "reports/client"
    return folder / f"questionnaire-{QUARTER}.pdf", folder / f"questionnaire-{QUARTER}.xlsx"


def pdf_values(path: Path) -> dict[str, str]:
    """Return what stands in the fields of a form."""
    return {name: str(field.get("/V", "")) for name, field in (PdfReader(path).get_fields() or {}).items()}


def fill_pdf(path: Path, values: Mapping[str, str], names: Mapping[str, str] | None = None) -> Path:
    """Put values into the fields, as a viewer does that draws them itself; `names` gives fields other names."""
    writer = PdfWriter(clone_from=path)
    for page in writer.pages:
        for annotation in page.get("/Annots", ()):
            field = annotation.get_object()
            name = str(field["/T"])
            if name in values:
                field[NameObject("/V")] = TextStringObject(values[name])
            if names and name in names:
                field[NameObject("/T")] = TextStringObject(names[name])
    filled = path.with_name("filled.pdf")
    writer.write(filled)
    return filled


def sheet_rows(path: Path) -> list[list[str]]:
    """Return the cells of a questionnaire's sheet."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def fill_sheet(path: Path, values: Mapping[tuple[str, str], str]) -> Path:
    """Write the sheet anew with other values, each given by the question's id and the column's name."""
    rows = sheet_rows(path)
    names = rows[0]
    left = dict(values)
    for row in rows[1:]:
        for (identifier, column), value in values.items():
            if row[names.index("question_id")] == identifier:
                row[names.index(column)] = value
                left.pop((identifier, column), None)
    assert not left, f"the sheet has no {list(left)}"
    return write_sheet(path.with_name("filled.xlsx"), rows)


def write_sheet(path: Path, rows: list[list[str]]) -> Path:
    """Write a workbook of texts."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Antworten")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path
