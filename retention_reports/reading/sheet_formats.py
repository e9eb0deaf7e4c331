"""What an .xlsx file says of its cells beside their values: how far they reach, and which are shown in percent."""

from __future__ import annotations

import html
import re
import zlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

_SHEETS = "xl/worksheets/"
_PERCENT_FORMATS = frozenset({"9", "10"})
"""The numbers of the two percent formats that every program knows by itself."""
_TAG = r"<(?:\w+:)?{}\b[^>]*>"
_FORMAT = re.compile(_TAG.format("numFmt"))
_CELL_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(_TAG.format("xf"))
_SHEET = re.compile(_TAG.format("sheet"))
_RELATION = re.compile(_TAG.format("Relationship"))
_CELL = re.compile(r"<(?:\w+:)?c\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CURRENCY = re.compile(r"""\[\$([^\]-]+)(?:-[^\]]*)?\]|"([^"]+)"|\\?([$£¥])(?![\]-])""")
"""What a format may write beside a number: `[$CHF-807]`, `"USD "` or a bare sign; `[$-409]` is a language."""
_CURRENCIES = frozenset(
    {"$", "US$", "£", "¥", "kr", "kr.", "zł", "Kč", "Ft", "Fr.", "SFr."}
    | {"USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "CNY", "CAD", "AUD"}
)
"""Euros are shown by sheets that were once formatted as a whole, beside numbers of any kind, and prove nothing."""
PERCENT = "%"
_UNPLACED = re.compile(rb"""(?<![\w:])r\s*=\s*["']\s*(?:[A-Za-z]{4}|[A-Za-z]{0,3}[0-9]{8})""")
"""A reference to a cell that no sheet can have."""
_COLUMN = re.compile(rb"""r\s*=\s*["']\s*([A-Za-z]{1,3})[0-9]""")
_FAR_COLUMN = re.compile(rb"""r\s*=\s*["']\s*[A-Za-z]{2,3}[0-9]""")
_FAR_ROW = re.compile(rb"""r\s*=\s*["']\s*[A-Za-z]{0,3}[0-9]{6}""")
_ROW = re.compile(rb"""r\s*=\s*["']\s*[A-Za-z]{0,3}([0-9]{1,7})""")
_LETTERS = 26


def sheet_extents(archive: ZipFile) -> Iterator[tuple[int, int, int]]:
    """Yield for each sheet that is wide or long its rows and columns, counted from the first, and its bytes.

    Raises:
        UnreadableFileError: a sheet cannot be unpacked, or has a cell where no sheet has one.
    """
    for name in archive.namelist():
        if not name.startswith(_SHEETS) or not name.endswith(".xml"):
            continue
        content = _content(archive, name)
        if _UNPLACED.search(content):
            raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet"))
        if _FAR_COLUMN.search(content) or _FAR_ROW.search(content):
            rows = max(map(int, set(_ROW.findall(content))), default=0)
            columns = (_column_number(letters.decode().upper()) for letters in set(_COLUMN.findall(content)))
            yield rows, max(columns, default=0) + 1, len(content)


def marked_cells(archive: ZipFile, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Yield row and column (from 0) of each cell of a sheet that is shown in percent or a currency, and the mark.

    Raises:
        UnreadableFileError: the sheet cannot be unpacked.
    """
    styles = _marks_of_styles(archive)
    name = _sheet_file(archive, sheet) if styles else ""
    if not name:
        return
    for cell in _CELL.finditer(_text(archive, name)):
        attributes = _attributes(cell.group())
        place = _PLACE.fullmatch(attributes.get("r", ""))
        mark = styles.get(attributes.get("s", ""), "")
        if place and mark:
            yield int(place[2]) - 1, _column_number(place[1]), mark


def _marks_of_styles(archive: ZipFile) -> dict[str, str]:
    """Return the mark that stands beside numbers, by the numbers of the styles of cells that show one."""
    text = _text(archive, "xl/styles.xml")
    marks = dict.fromkeys(_PERCENT_FORMATS, PERCENT)
    for found in map(_attributes, _FORMAT.findall(text)):
        marks[found.get("numFmtId", "")] = _mark(found.get("formatCode", ""))
    styles = _CELL_STYLES.search(text)
    formats = [_attributes(style).get("numFmtId", "") for style in _STYLE.findall(styles.group())] if styles else []
    return {str(place): marks[number] for place, number in enumerate(formats) if marks.get(number)}


def _mark(form: str) -> str:
    """Return the percent sign or the currency that a format writes beside a number; nothing where it writes none."""
    if PERCENT in _LITERAL.sub("", form):
        return PERCENT
    written = (sign.strip() for found in _CURRENCY.findall(form.partition(";")[0]) for sign in found)
    return next((sign for sign in written if sign in _CURRENCIES), "")


def _sheet_file(archive: ZipFile, sheet: str) -> str:
    """Return the name of the part of the archive that holds a sheet; nothing where it cannot be told."""
    entries = map(_attributes, _SHEET.findall(_text(archive, "xl/workbook.xml")))
    number = next((entry.get("r:id", "") for entry in entries if entry.get("name") == sheet), "")
    relations = map(_attributes, _RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels")))
    target = next((relation.get("Target", "") for relation in relations if number and relation.get("Id") == number), "")
    return target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}" if target else ""


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _text(archive: ZipFile, name: str) -> str:
    return _content(archive, name).decode("utf-8", "replace") if name in archive.namelist() else ""


def _content(archive: ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error) as problem:
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
