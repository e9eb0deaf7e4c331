"""The answers of one quarter's sales check, as they stand in the client's file or are to stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention_reports.model.quarters import Quarter
    from retention_reports.model.questionnaire import Question

_COLUMNS = ("quarter", "question_id", "version", "answer", "evidence", "answered_by")


@record
class Answer:
    """One answer to a question in a version of its text; `answer` is a standard word (`yes`, `not_applicable`)."""

    question_id: str
    version: int
    answer: str
    evidence: str = ""
    answered_by: str = ""

    def belongs_to(self, question: Question) -> bool:
        """Tell whether the question was answered as it is worded today."""
        return (self.question_id, self.version) == (question.identifier, question.version)


def answers_of(table: pd.DataFrame | None, quarter: Quarter) -> Mapping[str, Answer]:
    """Return the quarter's answers by question, in the order of the file; empty without a table of answers."""
    if table is None:
        return {}
    rows = table.loc[table["quarter"] == quarter.ordinal]
    answers = {}
    for _, identifier, version, *texts in zip(*(rows[column].tolist() for column in _COLUMNS), strict=True):
        answers[identifier] = Answer(identifier, int(version), *texts)
    return answers
