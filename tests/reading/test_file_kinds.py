from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.file_kinds import check_kind
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.workbooks import Workbook
from tests.support.folders import CLIENT, problems
from tests.support.real_data import SHARED
from tests.support.spreadsheets import ods, xlsx

if TYPE_CHECKING:
    from pathlib import Path

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML_SHEET = b'<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
TABLE: list[list[object]] = [["id", "name"], ["1", "Anna"]]


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("orders.xls", b"<html><table></table></html>", "is HTML"),
        ("orders.csv", b"\xef\xbb\xbf \n<!DOCTYPE html>\n<html>", "is HTML"),
        ("orders.xlsx", b"<table border=1><tr>", "is HTML"),
        (
            "orders.xls",
            b'<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        ("orders.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "git lfs pull"),
        ("orders.xlsx", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "git lfs pull"),
        ("orders.csv", b"%PDF-1.4\n", "is a PDF"),
        ("orders.xlsx", b"%PDF-1.4\n", "is a PDF"),
        ("orders.csv", b"\x1f\x8b\x08\0", "gzip"),
        ("orders.csv", b"7z\xbc\xaf\x27\x1c", "archive"),
        ("orders.csv", b"SQLite format 3\0", "database"),
        ("orders.csv", b"\x89PNG\r\n\x1a\n", "picture"),
        ("orders.csv", b"{\\rtf1 x}", "RTF"),
        ("orders.csv", _zip("a.csv", "b.csv"), "a.csv, b.csv"),
        ("orders.xlsx", _zip("a.csv"), "zip archive"),
        ("orders.xlsx", _zip("[Content_Types].xml", "word/document.xml"), "no spreadsheet"),
        ("orders.csv", xlsx(TABLE), "is a spreadsheet, not text"),
        ("orders.csv", ods(TABLE), "is a spreadsheet, not text"),
        ("orders.xlsx", b"id,name\n1,Anna\n", "is text, not a spreadsheet"),
        ("orders.xls", b"id\tname\n1\tAnna\n", "is text, not a spreadsheet"),
        ("orders.xlsx", b"", "is empty"),
        ("orders.xlsx", OLD_OFFICE + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("orders.xls", OLD_OFFICE + bytes(64) + "WordDocument".encode("utf-16-le"), "no spreadsheet"),
        ("orders.csv", OLD_OFFICE + bytes(64) + "Workbook".encode("utf-16-le"), "is a spreadsheet, not text"),
        ("orders.xlsx", b"PK\x03\x04broken", "not a readable spreadsheet"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_called_what_it_is(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        check_kind(name, data)


@pytest.mark.parametrize(
    ("name", "data", "is_sheet"),
    [
        ("orders.csv", b"id,name\n", False),
        ("orders.txt", "ID;Größe <b>\n".encode("utf-16"), False),
        ("orders.csv", b"", False),
        ("orders.csv", b"PK,name\n1,2\n", False),
        ("orders.csv", b"html,body\n", False),
        ("orders.xlsx", xlsx(TABLE), True),
        ("orders.xls", xlsx(TABLE), True),
        ("orders.XLSM", xlsx(TABLE), True),
        ("orders.ods", ods(TABLE), True),
    ],
)
def test_tables_are_text_or_spreadsheets(name: str, data: bytes, *, is_sheet: bool) -> None:
    assert check_kind(name, data) is is_sheet


@pytest.mark.parametrize(
    ("rows", "columns", "is_read"),
    [(1_048_576, 2, True), (1_048_576, 16_384, False), (300_000, 702, False), (50_000, 60, True)],
)
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(
    rows: int, columns: int, *, is_read: bool
) -> None:
    table: dict[str, list[list[object]]] = {"Table": [["id", "name"], *TABLE]}
    data = _with_far_cell(xlsx(table), f"{_letters(columns)}{rows}")

    if is_read:
        assert Workbook(data).sheets == ["Table"]
    else:
        with pytest.raises(UnreadableFileError, match="reach over"):
            Workbook(data)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is elsewhere")
@pytest.mark.parametrize("attack", ["xlsx_far_cell_6GB", "xlsx_far_cell_abort"])
def test_known_attacks_are_refused(attack: str) -> None:
    for path in (SHARED / "attacks" / attack).rglob("*.xlsx"):
        with pytest.raises(UnreadableFileError, match="reach over"):
            Workbook(path.read_bytes())


def test_locks_of_open_files_are_no_files_of_a_pattern(tmp_path: Path) -> None:
    rows = "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,100.00\n"
    client = f'{CLIENT}[files.orders]\npath = "*orders.csv"\n'

    assert problems(tmp_path, client, **{"~$orders.csv": b"\x05lock"}, orders=rows) == []


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _with_far_cell(data: bytes, place: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(stream, "w") as changed:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                row = "".join(filter(str.isdigit, place))
                far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far.encode())
            changed.writestr(name, content)
    return stream.getvalue()
