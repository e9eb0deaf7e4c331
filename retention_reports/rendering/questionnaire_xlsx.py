"""The questionnaire as a workbook: one sheet in which only the answers can be changed.

The first row is hidden and names the columns for the program that reads the sheet again. Every text is written as a
text, whatever it looks like.
"""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

import xlsxwriter

from retention_reports.model.formula_signs import could_be_formula
from retention_reports.reading.form_fields import ANSWERED_BY, SHEET_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from retention_reports.presentation.questionnaire import AskedQuestion, QuestionnaireView

_WIDTHS = dict(zip(SHEET_COLUMNS, (22, 62, 18, 58, 26, 9, 11, 18), strict=True))
_ANSWER, _EVIDENCE = SHEET_COLUMNS.index("answer"), SHEET_COLUMNS.index("evidence")
_TITLE_ROW, _HINT_ROW, _NAME_ROW, _HEAD_ROW = 1, 2, 3, 4
_LINE_HEIGHT = 15
_LINES = 3
_HINT_LINES = 4


def questionnaire_xlsx(view: QuestionnaireView, created: datetime) -> bytes:
    """Return a workbook to send; `created` is for its properties; same input, same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": view.title, "author": view.client_name, "created": moment})
        sheet = book.add_worksheet(view.words["sheet"])
        _Sheet(sheet, _Formats(book), view).write()
    return content.getvalue()


class _Formats:
    """The looks of cells. What may be filled in is yellow and not locked."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 -- XlsxWriter has no types
        cell = {"valign": "top", "text_wrap": True}
        field = {**cell, "bg_color": "#FFF9DB", "border": 1, "border_color": "#D3D9DF", "locked": False}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.text = book.add_format(cell)
        self.field = book.add_format(field)
        self.guarded_field = book.add_format({**field, "quote_prefix": True})
        self.small = book.add_format({"valign": "top", "font_size": 8, "font_color": "#5C6875"})


class _Sheet:
    """Writes the one sheet."""

    def __init__(self, sheet: Any, formats: _Formats, view: QuestionnaireView) -> None:  # noqa: ANN401
        self._sheet = sheet
        self._formats = formats
        self._view = view
        self._shown = dict(view.answers)

    def write(self) -> None:
        self._lay_out()
        self._write_head()
        row = _HEAD_ROW + 1
        for topic in self._view.topics:
            for place, question in enumerate(topic.questions):
                self._write_question(row, topic.title if place == 0 else "", question)
                row += 1
        self._sheet.print_area(0, 0, row - 1, _EVIDENCE)

    def _lay_out(self) -> None:
        sheet = self._sheet
        for column, (name, width) in enumerate(_WIDTHS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._formats.small)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _write_head(self) -> None:
        words, formats = self._view.words, self._formats
        self._text(_TITLE_ROW, 0, self._view.title, formats.title)
        hint = f"{words['introduction']} {words['sending_sheet']}"
        self._sheet.merge_range(_HINT_ROW, 0, _HINT_ROW, _EVIDENCE, hint, formats.text)
        self._sheet.set_row(_HINT_ROW, _LINE_HEIGHT * _HINT_LINES)
        self._text(_NAME_ROW, 1, words["answered_by"], formats.label)
        self._field(_NAME_ROW, _ANSWER, self._view.answered_by)
        self._write_marks(_NAME_ROW, ANSWERED_BY, "")
        headings = ("", words["question"], words["answer"], words["evidence"])
        for column, heading in enumerate(headings):
            self._text(_HEAD_ROW, column, heading, formats.head)

    def _write_question(self, row: int, topic: str, question: AskedQuestion) -> None:
        self._sheet.set_row(row, _LINE_HEIGHT * _LINES)
        self._text(row, 0, topic, self._formats.label)
        self._text(row, 1, f"{question.number}. {question.text}", self._formats.text)
        self._field(row, _ANSWER, self._shown.get(question.answer, ""))
        self._field(row, _EVIDENCE, question.evidence)
        self._write_marks(row, question.identifier, str(question.version))
        self._offer_answers(row, list(self._shown.values()))

    def _offer_answers(self, row: int, words: Sequence[str]) -> None:
        choice = {
            "validate": "list",
            "source": list(words),
            "error_title": self._view.words["answer"],
            "error_message": self._view.words["not_in_list"],
        }
        self._sheet.data_validation(row, _ANSWER, row, _ANSWER, choice)

    def _write_marks(self, row: int, identifier: str, version: str) -> None:
        marks = (identifier, version, self._view.quarter, self._view.client_key)
        for column, mark in enumerate(marks, start=_EVIDENCE + 1):
            self._text(row, column, mark, self._formats.small)

    def _field(self, row: int, column: int, text: str) -> None:
        look = self._formats.guarded_field if could_be_formula(text) else self._formats.field
        self._text(row, column, text, look)

    def _text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
        if text:
            self._sheet.write_string(row, column, text, look)
        else:
            self._sheet.write_blank(row, column, None, look)
