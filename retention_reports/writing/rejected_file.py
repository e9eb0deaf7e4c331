"""The rows that no figure uses as a CSV file, for those who mend the export."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from retention_reports.messages import kind_name, say
from retention_reports.model.formula_signs import neutralised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.validation.row_fates import RejectedRow

SEPARATOR = ";"
_HEADINGS = ("file", "line", "column", "table", "fate", "id", "reason")


def rejected_csv(rows: Iterable[RejectedRow], language: str) -> bytes:
    """Return the rows in UTF-8 with a byte-order mark, by which spreadsheet programs know the encoding.

    Behind file, line, column, table, what became of the row, id and reason (the kind of the error, or the code by which
    `figures.json` counts rows that are left out) stand the row's cells as the file has them. Whatever a program would
    take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    headings = [say(f"rejected.column_{name}").said_in(language) for name in (*_HEADINGS, "cells")]
    writer.writerow(headings)
    for row in rows:
        place = row.location
        fate = say(f"rejected.{row.fate}").said_in(language)
        reason = _reason(row, language)
        cells = (place.path, str(place.line), place.column, row.table, fate, row.identifier, reason, *row.cells)
        writer.writerow([neutralised(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _reason(row: RejectedRow, language: str) -> str:
    return kind_name(row.reason, language) if row.fate == "refused" else row.reason
