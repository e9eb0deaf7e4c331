"""Questions and answers of a sales check from a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.questionnaire import Question, Questionnaire

if TYPE_CHECKING:
    from tests.support.datasets import Row


def question(  # noqa: PLR0913 -- a question has this many independent parts
    identifier: str, *, weight: float = 1, core: bool = False, version: int = 1, topic: str = "t", measured: str = ""
) -> Question:
    """A question whose text, potential and action are made of its id."""
    return Question(
        identifier=identifier,
        version=version,
        topic=topic,
        weight=weight,
        core=core,
        text={"de": f"{identifier} gefragt?", "en": f"{identifier} asked?"},
        potential={"de": f"{identifier} gewinnt.", "en": f"{identifier} gains."},
        action={"de": f"{identifier} tun.", "en": f"Do {identifier}."},
        measured=measured,
    )


def questionnaire(*questions: Question) -> Questionnaire:
    """The questions with a title for each of their topics."""
    topics = {entry.topic: {"de": f"Thema {entry.topic}", "en": f"Topic {entry.topic}"} for entry in questions}
    return Questionnaire(questions, topics)


def answers(text: str) -> list[Row]:
    """Read lines of `quarter question answer [version]`."""
    rows: list[Row] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        quarter, identifier, answer, *version = line.split()
        rows.append(
            {
                "quarter": quarter,
                "question_id": identifier,
                "answer": answer,
                "version": version[0] if version else "1",
            }
        )
    return rows
