"""`actions.csv` and `actions.xlsx`: the lists to work with, safe to open in a spreadsheet program.

Customers' names and the like come from outside. A spreadsheet program takes a cell of a CSV file that begins with
`=`, `+`, `-`, `@`, a tab or a line break for a formula, some also after spaces or in full-width letters. Such texts get
a leading apostrophe in the CSV file; the workbook stores them as texts that stay texts when edited. Numbers and days
are written as numbers and days.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from retention_reports.model.formula_signs import could_be_formula, neutralised
from retention_reports.model.money import UNIT, to_currency
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.presentation.actions import Action, ActionList, ActionsView

_WIDTHS = (14, 32, 60, 12, 28, 18, 12, 17, 24, 15)
_FIRST_ROW = 1
_CENT = Decimal("0.01")


@record
class _Dialect:
    """How a language's spreadsheet programs expect a CSV file, and days in a workbook."""

    separator: str
    decimal: str
    day: str
    workbook_day: str


_DIALECTS = {
    "de": _Dialect(";", ",", "%d.%m.%Y", "dd.mm.yyyy"),
    "en": _Dialect(",", ".", "%Y-%m-%d", "yyyy-mm-dd"),
}


def actions_csv(view: ActionsView) -> bytes:
    """Return all lists as one CSV file in UTF-8 with a byte-order mark, by which programs know the encoding.

    German: semicolons, decimal commas, days as 31.12.2026. English: commas, decimal points, ISO days.
    """
    dialect = _DIALECTS[view.language]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(view.headings)
    for entry in view.lists:
        for action in entry.actions:
            cells = (entry.name, *_cells(entry, action))
            writer.writerow([_written(cell, dialect) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def actions_xlsx(view: ActionsView, created: datetime) -> bytes:
    """Return a workbook with a sheet for each list; `created` is for its properties; same input, same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": view.title, "created": moment})
        formats = _Formats(book, _DIALECTS[view.language])
        for entry in view.lists:
            _write_sheet(book.add_worksheet(entry.name), view.headings[1:], entry, formats)
    return content.getvalue()


class _Formats:
    """The looks of cells in one workbook."""

    def __init__(self, book: Any, dialect: _Dialect) -> None:  # noqa: ANN401 -- XlsxWriter has no types
        top = {"valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.text = book.add_format({**top, "text_wrap": True})
        self.guarded = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.money = book.add_format({**top, "num_format": "#,##0.00"})
        self.day = book.add_format({**top, "num_format": dialect.workbook_day})


def _cells(entry: ActionList, action: Action) -> tuple[str | int | date | None, ...]:
    return (
        action.customer_id,
        action.customer,
        action.reason,
        action.value,
        entry.value_is,
        action.owner,
        action.due,
        action.permission,
        action.person,
        action.last_contact,
    )


def _written(cell: str | int | date | None, dialect: _Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutralised(cell)
    if isinstance(cell, int):
        units = (Decimal(cell) / UNIT).quantize(_CENT, ROUND_HALF_UP)
        return str(units).replace(".", dialect.decimal)
    return cell.strftime(dialect.day)


def _write_sheet(sheet: Any, headings: tuple[str, ...], entry: ActionList, formats: _Formats) -> None:  # noqa: ANN401
    for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    for row, action in enumerate(entry.actions, start=_FIRST_ROW):
        for column, cell in enumerate(_cells(entry, action)):
            _write_cell(sheet, row, column, cell, formats)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.autofilter(0, 0, max(len(entry.actions), _FIRST_ROW), len(headings) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_cell(sheet: Any, row: int, column: int, cell: str | int | date | None, formats: _Formats) -> None:  # noqa: ANN401
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, formats.guarded if could_be_formula(cell) else formats.text)
    elif isinstance(cell, int):
        sheet.write_number(row, column, to_currency(cell), formats.money)
    else:
        sheet.write_datetime(row, column, datetime.combine(cell, time()), formats.day)
