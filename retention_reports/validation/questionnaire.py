"""The questions that count for a client, and whether the answers belong to them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.questionnaire import Question, Questionnaire
from retention_reports.reading.problems import nearest, shown, suggestion
from retention_reports.reading.questions import QUESTIONS_FILE, QuestionsText, QuestionText, parse_questions
from retention_reports.validation.tables import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.errors import Location
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_STANDARD = "standard.toml"


@cache
def standard_questionnaire() -> Questionnaire:
    """Return the questions that every client is asked."""
    text = files("retention_reports.questionnaire").joinpath(_STANDARD).read_text(encoding="utf-8")
    return _questionnaire(parse_questions(text), "")


def questionnaire_for(own: QuestionsText | None, language: str, location: Location, log: ProblemLog) -> Questionnaire:
    """Add the client's own questions to the standard ones; one with a known id takes that question's place."""
    standard = standard_questionnaire()
    if own is None:
        return standard
    topics = {**standard.topics, **own.topics}
    added = _questionnaire(own, language)
    identifiers = [question.identifier for question in added.questions]
    for question in added.questions:
        if question.topic not in topics:
            hint = suggestion(question.topic, topics)
            named = {"question": question.identifier, "topic": shown(question.topic)}
            log.error(location, "unknown topic", say("questions.unknown_topic", **named, hint=hint))
        if not question.text.get(language):
            message = say("questions.missing_text", question=question.identifier, language=language)
            log.error(location, "missing question text", message)
        if identifiers.count(question.identifier) > 1:
            log.error(location, "duplicate id", say("questions.repeated", question=question.identifier))
    by_id = {question.identifier: question for question in (*standard.questions, *added.questions)}
    return Questionnaire(tuple(by_id.values()), topics, frozenset(identifiers), frozenset(own.topics))


def check_answers(answers: CheckedTable, questionnaire: Questionnaire, log: ProblemLog) -> None:
    """Every answer belongs to a known question, and each question has one answer a quarter."""
    versions = {question.identifier: float(question.version) for question in questionnaire.questions}
    frame = answers.frame
    unknown = (frame["question_id"] != "") & ~frame["question_id"].isin(versions)
    for row, name in numbered(frame.loc[unknown, "question_id"]):
        own = say("questions.where_they_are", file=QUESTIONS_FILE)
        hint = suggestion(name, versions) if nearest(name, versions) else own
        message = say("questions.unknown", question=shown(name), hint=hint)
        log.error(answers.location(row, "question_id"), "unknown question", message)
    for row, name in numbered(frame.loc[frame.duplicated(["quarter", "question_id"]), "question_id"]):
        message = say("questions.answered_twice", question=shown(name))
        log.error(answers.location(row, "question_id"), "duplicate answer", message)
    answers.frame = frame.assign(version=frame["version"].fillna(frame["question_id"].map(versions)).astype("float64"))


def _questionnaire(text: QuestionsText, language: str) -> Questionnaire:
    return Questionnaire(tuple(_question(question, language) for question in text.questions), text.topics)


def _question(question: QuestionText, language: str) -> Question:
    return Question(
        identifier=question.id,
        version=question.version,
        topic=question.topic,
        weight=question.weight,
        core=question.core,
        text=_by_language(question.text, language),
        potential=_by_language(question.potential, language),
        action=_by_language(question.action, language),
        measured=question.measured,
    )


def _by_language(text: str | Mapping[str, str], language: str) -> Mapping[str, str]:
    return {language: text} if isinstance(text, str) else text
