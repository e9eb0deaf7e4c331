"""Writes small spreadsheets: .xlsx as Excel does, .ods as far as a reader asks for."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Self

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Sequence[object]]

_ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_END = "</office:spreadsheet></office:body></office:document-content>"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Percent(float):
    """A number that the sheet shows in percent."""


class Shown(float):
    """A number that the sheet shows in a format of its own."""

    form: str

    @classmethod
    def of(cls, number: float, form: str) -> Self:
        """Return the number with its format."""
        cell = cls(number)
        cell.form = form
        return cell


def xlsx(sheets: Mapping[str, Rows] | Rows) -> bytes:
    """Return a workbook; rows without the name of a sheet are on the only one."""
    stream = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd.mm.yyyy", "remove_timezone": True}
    book = xlsxwriter.Workbook(stream, options)
    percent = book.add_format({"num_format": "0.0%"})
    for name, rows in (sheets if isinstance(sheets, dict) else {"Table": sheets}).items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                own = [book.add_format({"num_format": cell.form})] if isinstance(cell, Shown) else []
                page.write(row, column, cell, *([percent] if isinstance(cell, Percent) else own))
    book.close()
    return stream.getvalue()


def ods(rows: Rows) -> bytes:
    """Return a workbook with one sheet."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _manifest())
        archive.writestr("content.xml", f'{_ODS_START}<table:table table:name="Table">{body}</table:table>{_ODS_END}')
    return stream.getvalue()


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _ODS_TYPE), ("content.xml", "text/xml"))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}">{entries}</manifest:manifest>'


def _ods_cell(cell: object) -> str:
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return f'<table:table-cell office:value-type="date" office:date-value="{day.isoformat()}"/>'
    text = escape(str(cell))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
