"""Answers into the client's file of answers, in the form in which the file is: every other row keeps its bytes."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.model.schema import ANSWER_SHEET
from retention_reports.reading.cleaning import clean
from retention_reports.reading.client_file import read_client_file
from retention_reports.reading.decoding import OWN_ENCODINGS
from retention_reports.reading.files import FolderFiles, check_path
from retention_reports.reading.folder import DEFAULT_PATHS
from retention_reports.reading.grid import separator_of
from retention_reports.reading.problems import ProblemLog, UnreadableFileError, shown
from retention_reports.reading.settings import FileSettings
from retention_reports.reading.workbooks import ENDINGS
from retention_reports.writing.files import edit_file
from retention_reports.writing.raw_rows import RawRow, RawText, raw_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from retention_reports.messages import Message
    from retention_reports.model.answers import Answer

_NEEDED = ("quarter", "question_id", "answer")
_PATTERN_SIGNS = frozenset("*?[")
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class AnswersFileError(RetentionReportsError):
    """The file of answers cannot be written back in its form; nothing was written."""


class AnswersFile:
    """Where a client's answers are, and how they are written there."""

    def __init__(self, folder: Path) -> None:
        """Read how the client's file is written.

        Raises:
            AnswersFileError: answers cannot be written into such a file.
        """
        client_file = read_client_file(FolderFiles(folder, ProblemLog()))
        files = {} if client_file is None else client_file.settings.files
        self._folder = folder
        self._settings = files.get(ANSWER_SHEET.name, FileSettings())
        self._name = self._settings.path or DEFAULT_PATHS[ANSWER_SHEET.name]
        self._refuse_what_cannot_be_written()

    def write(self, quarter: str, answers: Sequence[Answer]) -> Path:
        """Let these answers stand for the quarter in place of those to the same questions; returns the file's path.

        Raises:
            AnswersFileError: a text has letters, or the file lacks a column, so that it could not be read back.
            OutputError: the disk or somebody else's work is in the way.
        """
        return edit_file(self._folder, self._name, lambda content: self._edited(content, quarter, answers))

    def _refuse_what_cannot_be_written(self) -> None:
        try:
            check_path(self._name)
        except UnreadableFileError as problem:
            raise self._error(say("answers_file.path", reason=problem.message)) from problem
        if self._name.lower().endswith(ENDINGS):
            raise self._error(say("answers_file.spreadsheet"))
        if self._settings.encoding in OWN_ENCODINGS:
            raise self._error(say("answers_file.own_encoding", encoding=self._settings.encoding))
        if _PATTERN_SIGNS & set(self._name):
            raise self._error(say("answers_file.several_files"))
        for name, source in self._settings.columns.items():
            if source.plain_name is None:
                raise self._error(say("answers_file.no_plain_column", column=name))
        if not self._settings.header_line:
            raise self._error(say("answers_file.no_header"))
        if self._settings.constants:
            names = ", ".join(sorted(self._settings.constants))
            raise self._error(say("answers_file.constants", names=names))

    def _error(self, reason: Message) -> AnswersFileError:
        return AnswersFileError(say("writing.refused", path=(self._folder / self._name).as_posix(), reason=reason))

    def _edited(self, content: bytes | None, quarter: str, answers: Sequence[Answer]) -> bytes:
        encoding, text = self._decoded(content)
        if not text:
            separator = self._settings.separator or ","
            text = separator.join(self._heading(name) for name in ANSWER_SHEET.column_names) + "\n"
        edited = self._with_answers(self._cut(text), quarter, answers)
        try:
            return edited.encode(encoding)
        except UnicodeEncodeError as problem:
            sign = shown(problem.object[problem.start : problem.end])
            raise self._error(say("answers_file.no_such_sign", encoding=encoding, sign=sign)) from problem

    def _heading(self, name: str) -> str:
        source = self._settings.columns.get(name)
        return name if source is None or source.plain_name is None else source.plain_name

    def _decoded(self, content: bytes | None) -> tuple[str, str]:
        """Return the encoding that gives back the same bytes, and the text; "" where there is nothing yet."""
        declared = self._settings.encoding
        if not content:
            return declared or "utf-8", ""
        marked = next((name for mark, name in _MARKED if content.startswith(mark)), "")
        for encoding in filter(None, (marked, declared) if marked or declared else ("utf-8", "cp1252")):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.encode(encoding) == content:
                return encoding, text
        raise self._error(say("answers_file.not_byte_for_byte"))

    def _cut(self, text: str) -> RawText:
        settings = self._settings
        lines = text.split("\n")
        separator = settings.separator or separator_of(lines[min(settings.header_line, len(lines)) - 1])
        try:
            return raw_text(text, separator, settings.header_line)
        except (csv.Error, IndexError) as problem:
            raise self._error(say("answers_file.no_table")) from problem

    def _with_answers(self, raw: RawText, quarter: str, answers: Sequence[Answer]) -> str:
        places = self._places(raw)
        waiting = {answer.question_id: answer for answer in answers}
        rows = []
        for row in raw.rows:
            answer = None
            if row.cells and self._standard_word(row, places, "quarter") == quarter:
                answer = waiting.pop(self._standard_word(row, places, "question_id"), None)
            rows.append(row if answer is None else raw.row(self._cells(row.cells, places, quarter, answer)))
        blank = ("",) * len(raw.header.cells)
        added = [raw.row(self._cells(blank, places, quarter, answer)) for answer in waiting.values()]
        text = raw.with_rows([*rows, *added])
        return text if text.endswith(("\n", "\r")) or not added else text + raw.line_end

    def _places(self, raw: RawText) -> dict[str, int]:
        """Return where in a row each standard column stands."""
        headings = [" ".join(cell.split()) for cell in raw.header.cells]
        names = {name: self._heading(name) for name in ANSWER_SHEET.column_names}
        places = {name: headings.index(heading) for name, heading in names.items() if heading in headings}
        for name in _NEEDED:
            if name not in places:
                raise self._error(say("answers_file.no_column", heading=shown(names[name]), column=name))
        return places

    def _standard_word(self, row: RawRow, places: Mapping[str, int], name: str) -> str:
        cell = str(clean([row.cells[places[name]]]).cells[0])
        return self._settings.values.get(name, {}).get(cell, cell)

    def _cells(self, cells: Sequence[str], places: Mapping[str, int], quarter: str, answer: Answer) -> list[str]:
        written = list(cells)
        values = {
            "quarter": quarter,
            "question_id": answer.question_id,
            "version": str(answer.version),
            "answer": answer.answer,
            "evidence": answer.evidence,
            "answered_by": answer.answered_by,
        }
        for name, value in values.items():
            if name in places:
                written[places[name]] = self._word_in_file(name, value)
            elif value and name != "version":
                raise self._error(say("answers_file.no_column_for_value", column=name, value=shown(value)))
        return written

    def _word_in_file(self, name: str, value: str) -> str:
        """Return the file's own word for a standard one, by `[files.answers.values]` read backwards."""
        words = self._settings.values.get(name, {})
        own = next((word for word, standard in words.items() if standard == value), None)
        if own is not None:
            return own
        if words.get(value, value) != value:
            raise self._error(say("answers_file.read_otherwise", value=shown(value), word=words[value], column=name))
        return value
