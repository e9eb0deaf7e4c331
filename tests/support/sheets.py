"""Rows of text as CSV files, workbooks and OpenDocument tables."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Rows = Sequence[Sequence[str]]

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def csv_rows(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    """Return the rows of a file, the names of the columns first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding), newline="")))


def csv_file(rows: Rows, encoding: str = "utf-8") -> bytes:
    """Return rows as a file of comma-separated values."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(rows: Rows) -> bytes:
    """Return rows as a workbook of one sheet; all cells are texts."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return stream.getvalue()


def ods_file(rows: Rows) -> bytes:
    """Return rows as an OpenDocument table of one sheet; all cells are texts."""
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{_NAMES}:office:1.0" xmlns:table="{_NAMES}:table:1.0"'
        f' xmlns:text="{_NAMES}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0" encoding="UTF-8"?>{manifest}')
    return stream.getvalue()


def _ods_cell(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
    )
