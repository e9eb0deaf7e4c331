"""`actions.csv` and `actions.xlsx`: the lists to work with, safe to open in a spreadsheet program.

Customers' names and the like come from outside. A spreadsheet program takes a cell of a CSV file that begins with
`=`, `+`, `-`, `@`, a tab or a line break for a formula, some also after spaces or in full-width letters. Such texts get
a leading apostrophe in the CSV file; the workbook stores them as texts that stay texts when edited. Numbers and days
are written as numbers and days. Three columns are empty: they are filled in and read back.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import xlsxwriter

from retention_reports.model.formula_signs import could_be_formula, neutralised
from retention_reports.model.money import UNIT, to_currency
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.actions.action_section import Action, ActionList, ActionsView

_WIDTHS = (12, 28, 20, 16, 26, 10, 56, 14, 12, 12, 12, 16, 12, 12, 12, 18, 32, 22)
_FROZEN_COLUMNS = 2
_FIRST_ROW = 1
_DONE_ON, _RESULT = 14, 15
_EARLIEST = date(2000, 1, 1)
_CENT = Decimal("0.01")

_Cell: TypeAlias = "str | int | date | None"


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
            cells = (entry.name, *_cells(action))
            writer.writerow([_written(cell, dialect) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def actions_xlsx(view: ActionsView, created: datetime) -> bytes:
    """Return a workbook with a sheet for each list; `created` is for its properties; same input, same bytes.

    A hidden sheet holds the words proposed for the result.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": view.title, "created": moment})
        formats = _Formats(book, _DIALECTS[view.language])
        for entry in view.lists:
            _write_sheet(book.add_worksheet(entry.name), view, entry, formats)
        _write_results(book.add_worksheet(view.results_title), view.results, hidden=bool(view.lists))
    return content.getvalue()


class _Formats:
    """The looks of cells in one workbook."""

    def __init__(self, book: Any, dialect: _Dialect) -> None:  # noqa: ANN401 -- XlsxWriter has no types
        top = {"valign": "top"}
        to_fill_in = {**top, "text_wrap": True, "bg_color": "#FFF8DC", "bottom": 4}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.text = book.add_format({**top, "text_wrap": True})
        self.guarded = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.money = book.add_format({**top, "num_format": "#,##0.00"})
        self.day = book.add_format({**top, "num_format": dialect.workbook_day})
        self.blank_day = book.add_format({**to_fill_in, "num_format": dialect.workbook_day})
        self.blank = book.add_format(to_fill_in)


def _cells(action: Action) -> tuple[_Cell, ...]:
    return (
        action.customer_id,
        action.customer,
        action.person,
        action.phone,
        action.email,
        action.permission,
        action.reason,
        *action.amounts,
        action.evidence,
        action.owner,
        action.due,
        action.last_contact,
        None,
        None,
        None,
        action.identifier,
    )


def _written(cell: _Cell, dialect: _Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutralised(cell)
    if isinstance(cell, int):
        units = (Decimal(cell) / UNIT).quantize(_CENT, ROUND_HALF_UP)
        return str(units).replace(".", dialect.decimal)
    return cell.strftime(dialect.day)


def _write_sheet(sheet: Any, view: ActionsView, entry: ActionList, formats: _Formats) -> None:  # noqa: ANN401
    headings = view.headings[1:]
    for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    for row, action in enumerate(entry.actions, start=_FIRST_ROW):
        for column, cell in enumerate(_cells(action)):
            _write_cell(sheet, row, column, cell, formats)
        sheet.write_blank(row, _DONE_ON, None, formats.blank_day)
        for column in (_RESULT, _RESULT + 1):
            sheet.write_blank(row, column, None, formats.blank)
    _propose(sheet, view, len(entry.actions))
    sheet.freeze_panes(_FIRST_ROW, _FROZEN_COLUMNS)
    sheet.autofilter(0, 0, len(entry.actions), len(headings) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _propose(sheet: Any, view: ActionsView, last_row: int) -> None:  # noqa: ANN401 -- XlsxWriter has no types
    """Offer the words for the result, and refuse a day that is none; other words are warned of, and stay possible."""
    words = f"='{view.results_title}'!$A$1:$A${len(view.results)}"
    hint = {"error_type": "warning", "error_message": view.result_hint, "input_message": view.result_hint}
    sheet.data_validation(_FIRST_ROW, _RESULT, last_row, _RESULT, {"validate": "list", "source": words, **hint})
    day = {"validate": "date", "criteria": ">=", "value": _EARLIEST, "error_type": "warning"}
    sheet.data_validation(_FIRST_ROW, _DONE_ON, last_row, _DONE_ON, day)


def _write_results(sheet: Any, words: Sequence[str], *, hidden: bool) -> None:  # noqa: ANN401 -- XlsxWriter has no types
    for row, word in enumerate(words):
        sheet.write_string(row, 0, word)
    if hidden:
        sheet.hide()


def _write_cell(sheet: Any, row: int, column: int, cell: _Cell, formats: _Formats) -> None:  # noqa: ANN401
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, formats.guarded if could_be_formula(cell) else formats.text)
    elif isinstance(cell, int):
        sheet.write_number(row, column, to_currency(cell), formats.money)
    else:
        sheet.write_datetime(row, column, datetime.combine(cell, time()), formats.day)
