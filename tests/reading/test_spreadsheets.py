from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.settings import FileSettings
from retention_reports.reading.spreadsheets import sheets_to_read
from retention_reports.reading.spreadsheets import split_sheet as split
from retention_reports.reading.workbooks import Workbook

if TYPE_CHECKING:
    from retention_reports.reading.grid import Grid


def _workbook(rows: list[list[object]], sheet: str = "Orders") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    )
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def split_sheet(data: bytes, settings: FileSettings) -> Grid:
    book = Workbook(data)
    return split(book, sheets_to_read(book, settings)[0], settings)


DAY = datetime(2026, 1, 5, tzinfo=UTC)


def test_numbers_days_and_ids_come_out_as_text() -> None:
    grid = split_sheet(_workbook([["id", "day", "amount"], ["007", DAY, 12.5], [8, DAY, 3]]), FileSettings())

    assert [list(column) for column in grid.columns] == [["007", "8"], ["2026-01-05"] * 2, ["12.5", "3"]]
    assert grid.lines.tolist() == [2, 3]


def test_numbers_come_out_in_the_declared_form_and_days_in_the_one_that_needs_none() -> None:
    settings = FileSettings(decimal=",", date_format="%d.%m.%Y", sheet="Orders", header_line=2)
    grid = split_sheet(_workbook([["Export"], ["id", "day", "amount"], ["1", DAY, 12.5]]), settings)

    assert [list(column) for column in grid.columns] == [["1"], ["2026-01-05"], ["12,5"]]
    assert grid.lines.tolist() == [3]


def test_an_unknown_sheet_is_told_the_known_ones() -> None:
    with pytest.raises(UnreadableFileError, match='did you mean "Orders"'):
        split_sheet(_workbook([["id"]]), FileSettings(sheet="Order"))


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 2_000_000)

    with pytest.raises(UnreadableFileError, match="unpacks to"):
        split_sheet(stream.getvalue(), FileSettings())


@pytest.mark.parametrize("data", [b"", b"id,name\n", _workbook([])])
def test_what_is_no_filled_spreadsheet_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        split_sheet(data, FileSettings())
