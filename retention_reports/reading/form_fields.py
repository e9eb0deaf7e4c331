"""How the fields of a questionnaire are called, so that each answer finds its question again."""

from __future__ import annotations

import re
from typing import Protocol

from retention_reports.records import record

_PARTS = re.compile(r"(?P<part>answer|evidence)/(?P<question_id>[^/]+)/(?P<version>[^/]+)")
_FORM = re.compile(r"form/(?P<client>[^/]+)/(?P<quarter>[^/]+)/answered_by")

ANSWERED_BY = "#answered_by"
"""In the place of a question's id, in a sheet: the row in which the people say who they are. No id has such a sign."""

SHEET_COLUMNS = ("topic", "question", "answer", "evidence", "question_id", "version", "quarter", "client")
"""The names in the hidden first row of a sheet, in the order of its columns; the same in every language."""


class _Asked(Protocol):
    @property
    def identifier(self) -> str: ...
    @property
    def version(self) -> int: ...


class _Form(Protocol):
    @property
    def client_key(self) -> str: ...
    @property
    def quarter(self) -> str: ...


@record
class QuestionField:
    """What the name of a field says; `part` is `answer` or `evidence`."""

    part: str
    question_id: str
    version: str


@record
class FormOrigin:
    """For whom and when a form was written."""

    client: str
    quarter: str


class FormFields:
    """Names of fields in a PDF."""

    @staticmethod
    def answer(question: _Asked) -> str:
        """Return the name of the list of answers to a question."""
        return f"answer/{question.identifier}/{question.version}"

    @staticmethod
    def evidence(question: _Asked) -> str:
        """Return the name of the field for what shows the answer."""
        return f"evidence/{question.identifier}/{question.version}"

    @staticmethod
    def answered_by(form: _Form) -> str:
        """Return the name of the field for who answers; it also tells whose form this is."""
        return f"form/{form.client_key}/{form.quarter}/answered_by"


def question_field(name: str) -> QuestionField | None:
    """Read the name of a field; None where it belongs to no question."""
    match = _PARTS.fullmatch(name)
    return QuestionField(match["part"], match["question_id"], match["version"]) if match else None


def form_origin(name: str) -> FormOrigin | None:
    """Read the name of the field for who answers; None where it is another field."""
    match = _FORM.fullmatch(name)
    return FormOrigin(match["client"], match["quarter"]) if match else None
