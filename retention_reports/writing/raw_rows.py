"""Delimited text as rows that remember how they are written, so that a row can be replaced and all others stay.

The text is what decoding gives; joined again, untouched rows give back the same text.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence


@record
class RawRow:
    """One row: its text in the file with the line end, and its cells (none where the line is empty)."""

    text: str
    cells: tuple[str, ...]


@record
class RawText:
    """A whole file: the lines above the header, the header, and the rows below it."""

    before: str
    header: RawRow
    rows: tuple[RawRow, ...]
    separator: str

    @property
    def line_end(self) -> str:
        """How the file ends its lines, by the header; a newline where it has none."""
        text = self.header.text
        return next((end for end in ("\r\n", "\n", "\r") if text.endswith(end)), "\n")

    def row(self, cells: Sequence[str]) -> RawRow:
        """Return a row of these cells as this file would write it."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.separator, lineterminator=self.line_end).writerow(cells)
        return RawRow(text.getvalue(), tuple(cells))

    def with_rows(self, rows: Sequence[RawRow]) -> str:
        """Return the text with these rows; a line end is added where one is missing between two rows."""
        texts = [self.header.text, *(row.text for row in rows)]
        closed = [text if text.endswith(("\n", "\r")) else text + self.line_end for text in texts[:-1]]
        return "".join([self.before, *closed, texts[-1]])


def raw_text(text: str, separator: str, header_line: int = 1) -> RawText:
    """Cut text into rows; the header stands on the given line.

    Raises:
        csv.Error: quotes are broken.
    """
    stream = io.StringIO(text, newline="")
    before = "".join(stream.readline() for _ in range(header_line - 1))
    lines = list(stream)
    rows = []
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    begin = 0
    for cells in reader:
        rows.append(RawRow("".join(lines[begin : reader.line_num]), tuple(cells)))
        begin = reader.line_num
    return RawText(before, rows[0], tuple(rows[1:]), separator)
