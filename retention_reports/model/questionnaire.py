"""The sales check's questions: what is asked, and what each answer is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_VALUES = {"yes": 1.0, "partly": 0.5, "no": 0.0}
"""What an answer adds to the score, times its weight; other answers are left out and counted apart."""


@record
class Question:
    """One question. `text`, `potential` and `action` map a language to a sentence.

    `potential` is what a "no" lets one gain; `measured` names the figure that can tell, or is empty.
    """

    identifier: str
    version: int
    topic: str
    weight: float
    core: bool
    text: Mapping[str, str]
    potential: Mapping[str, str]
    action: Mapping[str, str]
    measured: str = ""


@record
class Questionnaire:
    """All questions in the order of asking; `topics` maps a topic to its title by language.

    `own` and `own_topics` are the ids of those that the client added or worded itself.
    """

    questions: tuple[Question, ...]
    topics: Mapping[str, Mapping[str, str]]
    own: frozenset[str] = frozenset()
    own_topics: frozenset[str] = frozenset()

    def question(self, identifier: str) -> Question | None:
        """Return the question with that id, or None."""
        return next((question for question in self.questions if question.identifier == identifier), None)
