"""How far the sheets of an .ods file reach, in which one cell may stand for millions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

_CONTENT = "content.xml"
_TAG = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["']\s*([0-9]{1,12})""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["']\s*([0-9]{1,12})""")


def repeated_extents(archive: ZipFile) -> Iterator[tuple[int, int, int]]:
    """Yield for each sheet its rows and columns up to the last cell that holds anything, and the bytes of the file.

    Raises:
        UnreadableFileError: the content cannot be unpacked.
    """
    if _CONTENT not in archive.namelist():
        return
    try:
        content = archive.read(_CONTENT)
    except Exception as problem:
        # A broken archive makes the library raise nearly anything; none of it says more than this to the user.
        raise UnreadableFileError("not a spreadsheet", say("files.not_a_spreadsheet")) from problem
    if b"-repeated" in content:
        yield from ((rows, columns, len(content)) for rows, columns in _sheets(content))


def _sheets(content: bytes) -> Iterator[tuple[int, int]]:
    """Go through the tags of tables, rows and cells; empty ones count where others follow."""
    sheet = _Sheet()
    for tag in _TAG.finditer(content):
        kind, attributes = tag[1], tag[2]
        if kind == b"table":
            yield sheet.extent
            sheet = _Sheet()
        elif kind == b"table-row":
            sheet.begin_row(_number(_ROWS, attributes))
        else:
            is_empty = attributes.endswith(b"/") and b"value" not in attributes
            sheet.add_cells(_number(_COLUMNS, attributes), is_empty=is_empty)
    yield sheet.extent


class _Sheet:
    """How far the cells reach that were met so far; `_above` and `_left` are the places before the present ones."""

    def __init__(self) -> None:
        self._rows = self._columns = 0
        self._above = self._repeated = self._left = 0

    @property
    def extent(self) -> tuple[int, int]:
        return self._rows, self._columns

    def begin_row(self, repeated: int) -> None:
        self._above += self._repeated
        self._repeated, self._left = repeated, 0

    def add_cells(self, repeated: int, *, is_empty: bool) -> None:
        self._left += repeated
        if not is_empty:
            self._rows = self._above + self._repeated
            self._columns = max(self._columns, self._left)


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
