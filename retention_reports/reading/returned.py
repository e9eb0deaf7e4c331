"""A questionnaire that came back, as text: the PDF or the sheet that was sent, filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.cleaning import clean
from retention_reports.reading.files import MEGABYTE
from retention_reports.reading.form_fields import ANSWERED_BY, FormOrigin, form_origin, question_field
from retention_reports.reading.grid import LONGEST_CELL, LONGEST_NAME
from retention_reports.reading.pdf_fields import filled_fields
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.settings import FileSettings
from retention_reports.reading.spreadsheets import sheets_to_read, split_sheet
from retention_reports.reading.workbooks import Workbook
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_reports.reading.problems import ProblemLog

PDF = ".pdf"
SHEET = ".xlsx"
RETURNED_ENDINGS = (PDF, SHEET)
_LARGEST = 20 * MEGABYTE
_SHEET_NEEDS = ("answer", "evidence", "question_id", "version", "quarter", "client")
_NOT_OURS = say("returned.not_ours")


@record
class ReturnedAnswer:
    """What was filled in for one question. `answer` is the word as it was chosen or typed, "" where none was.

    Of an answer that is not `readable`, why was noted, and nothing in it can be relied on.
    """

    place: Location
    question_id: str
    version: str
    answer: str
    evidence: str
    readable: bool = True


@record
class ReturnedForm:
    """A whole form; `origins` are the clients and quarters that it names: one, unless sheets were mixed."""

    origins: frozenset[FormOrigin]
    answered_by: str
    answers: tuple[ReturnedAnswer, ...]


def read_returned(path: Path, log: ProblemLog) -> ReturnedForm | None:
    """Read the form, or note why it cannot be read and return None.

    Single cells that no report could print are noted, and empty in the form.
    """
    shown = path.as_posix()
    try:
        data = returned_content(path)
        form = _from_pdf(data, shown) if path.suffix.lower() == PDF else _from_sheet(data, shown)
    except UnreadableFileError as problem:
        log.error(Location(shown, problem.line), problem.kind, problem.message)
        return None
    return _cleaned(form, shown, log)


def returned_content(path: Path) -> bytes:
    """Return the bytes of a file that came back.

    Raises:
        UnreadableFileError: it is too large, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            message = say("returned.too_large", bytes=size, limit=_LARGEST)
            raise UnreadableFileError("file too large", message)
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableFileError("unreadable file", say("files.refused", reason=str(problem.strerror))) from problem


def _from_pdf(data: bytes, shown: str) -> ReturnedForm:
    fields = filled_fields(data)
    origins = {name: origin for name in fields if (origin := form_origin(name)) is not None}
    if not origins:
        raise UnreadableFileError("not a questionnaire", _NOT_OURS)
    answers = []
    for name, text in fields.items():
        field = question_field(name)
        if field is not None and field.part == "answer":
            evidence = fields.get(name.replace("answer/", "evidence/", 1), "")
            answers.append(ReturnedAnswer(Location(shown, 0, name), field.question_id, field.version, text, evidence))
    answered_by = next(iter(filter(None, (fields[name] for name in origins))), "")
    return ReturnedForm(frozenset(origins.values()), answered_by, tuple(answers))


def _from_sheet(data: bytes, shown: str) -> ReturnedForm:
    book = Workbook(data)
    settings = FileSettings()
    grid = split_sheet(book, sheets_to_read(book, settings)[0], settings)
    if not set(_SHEET_NEEDS) <= set(grid.header):
        raise UnreadableFileError("not a questionnaire", _NOT_OURS)
    columns = [grid.columns[grid.header.index(name)] for name in _SHEET_NEEDS]
    rows = [
        (int(line), dict(zip(_SHEET_NEEDS, map(str, row), strict=True)))
        for line, *row in zip(grid.lines, *columns, strict=True)
    ]
    named = [(line, row) for line, row in rows if row["question_id"].strip()]
    if not named:
        raise UnreadableFileError("not a questionnaire", _NOT_OURS)
    return ReturnedForm(
        frozenset(FormOrigin(row["client"].strip(), row["quarter"].strip()) for _, row in named),
        next((row["answer"] for _, row in named if row["question_id"].strip() == ANSWERED_BY), ""),
        tuple(_of_row(shown, line, row) for line, row in named if row["question_id"].strip() != ANSWERED_BY),
    )


def _of_row(shown: str, line: int, row: Mapping[str, str]) -> ReturnedAnswer:
    place = Location(shown, line, row["question_id"].strip())
    return ReturnedAnswer(place, place.column, row["version"].strip(), row["answer"], row["evidence"])


def _cleaned(form: ReturnedForm, shown: str, log: ProblemLog) -> ReturnedForm:
    answers = tuple(_cleaned_answer(entry, log) for entry in form.answers)
    name = _clean(form.answered_by, Location(shown, 0, "answered_by"), log, LONGEST_NAME) or ""
    return ReturnedForm(form.origins, name, answers)


def _cleaned_answer(entry: ReturnedAnswer, log: ProblemLog) -> ReturnedAnswer:
    answer, evidence = _clean(entry.answer, entry.place, log), _clean(entry.evidence, entry.place, log)
    readable = answer is not None and evidence is not None
    return replace(entry, answer=answer or "", evidence=evidence or "", readable=readable)


def _clean(text: str, place: Location, log: ProblemLog, longest: int = LONGEST_CELL) -> str | None:
    """Return the text on one line; None, and a note, where no report could print it."""
    result = clean([text], longest)
    for _, kind, message in result.faults:
        log.error(place, kind, message)
    return None if result.faults else " ".join(result.cells[0].split())
