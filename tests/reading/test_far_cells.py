"""A spreadsheet of a few bytes that stands for millions of cells is refused before they are laid out."""

from __future__ import annotations

import io
import zipfile

import pytest

from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.workbooks import Workbook
from tests.support.sheets import ods_file, xlsx_file

HEADER = [["id", "name"], ["1", "Anna"]]
FILLED = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
EMPTY = "<table:table-cell{}/>"


def _changed(data: bytes, part: str, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in book.namelist():
            content = book.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            changed.writestr(name, content)
    return stream.getvalue()


def _ods(*rows: tuple[int, int, str]) -> bytes:
    """Return a table with further rows, each given as how often it stands there, of how many cells, of which kind."""
    told = "".join(
        f'<table:table-row table:number-rows-repeated="{count}">'
        f"{cell.format(f' table:number-columns-repeated={chr(34)}{width}{chr(34)}')}</table:table-row>"
        for count, width, cell in rows
    )
    return _changed(ods_file(HEADER), "content.xml", "</table:table>", f"{told}</table:table>")


@pytest.mark.parametrize(
    "rows",
    [
        [(1_000, 16_384, FILLED)],
        [(99_999_999_999, 1, FILLED)],
        [(1, 999_999_999, FILLED)],
        [(1_048_570, 16_384, EMPTY), (1, 20, FILLED)],
    ],
)
def test_repeated_cells_are_counted_before_they_are_laid_out(rows: list[tuple[int, int, str]]) -> None:
    with pytest.raises(UnreadableFileError, match="reach over"):
        Workbook(_ods(*rows))


def test_empty_cells_below_a_table_are_none() -> None:
    book = Workbook(_ods((1_048_574, 16_384, EMPTY)))

    assert book.rows("Sheet1") == HEADER


def test_empty_rows_and_cells_between_others_stay() -> None:
    rows = Workbook(_ods((3, 16_384, EMPTY), (2, 2, FILLED))).rows("Sheet1")

    assert rows == [*HEADER, *[["", ""]] * 3, *[["x", "x"]] * 2]


@pytest.mark.parametrize("place", ["W1048576", "Z999999", "XFD1048576", "xfd1048576"])
def test_a_far_cell_of_a_small_sheet_is_refused(place: str) -> None:
    row = "".join(filter(str.isdigit, place))
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    data = _changed(xlsx_file(HEADER), "xl/worksheets/sheet1.xml", "</sheetData>", far)

    with pytest.raises(UnreadableFileError, match="reach over"):
        Workbook(data)


def test_a_cell_where_no_sheet_has_one_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    far = '<row r="3"><c r="ZZZZZZZZ99999999999"><v>1</v></c></row></sheetData>'
    data = _changed(xlsx_file(HEADER), "xl/worksheets/sheet1.xml", "</sheetData>", far)

    with pytest.raises(UnreadableFileError, match="not a readable spreadsheet"):
        Workbook(data)
    assert "panicked" not in capfd.readouterr().err
