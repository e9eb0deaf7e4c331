"""The file sales_check/answers.csv: the sales check of the last quarters."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from retention_reports.model.quarters import Quarter
from retention_reports.records import record
from retention_reports.samples.profile import profile_folder
from retention_reports.samples.tables import Table

if TYPE_CHECKING:
    from datetime import date

_LETTERS = {"y": "yes", "p": "partly", "n": "no", "-": "not_applicable", "?": "unknown"}


@record
class Answers:
    """One question's answers, a letter a quarter, the newest last; the evidence stands beside the newest."""

    id: str
    answers: str
    evidence: str = ""
    version: int = 1


def answers_table(kind: str, until: date, start_month: int) -> Table:
    """Return the answers for as many complete quarters as each question has letters."""
    text = profile_folder(kind).joinpath("answers.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    sheets = TypeAdapter(tuple[Answers, ...]).validate_python(values["questions"])
    newest = newest_complete_quarter(until, start_month)
    rows = [
        (
            str(newest.plus(position + 1 - len(sheet.answers))),
            sheet.id,
            sheet.version,
            _LETTERS[letter],
            sheet.evidence if position == len(sheet.answers) - 1 else "",
            values["answered_by"],
        )
        for sheet in sheets
        for position, letter in enumerate(sheet.answers)
    ]
    rows.sort(key=lambda row: row[0])
    return Table("answers", ("quarter", "question_id", "version", "answer", "evidence", "answered_by"), rows)


def newest_complete_quarter(until: date, start_month: int) -> Quarter:
    """Return the newest fiscal quarter that ends by that day."""
    quarter = Quarter.of(until, start_month)
    return quarter if quarter.last_day <= until else quarter.previous
