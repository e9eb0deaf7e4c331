"""The sales check's questions as a form to fill in, in the client's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import LANGUAGES
from retention_reports.model.schema import ANSWERS
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.wording import load_wording
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from retention_reports.model.answers import Answer
    from retention_reports.model.client import Client
    from retention_reports.model.quarters import Quarter
    from retention_reports.model.questionnaire import Question, Questionnaire
    from retention_reports.presentation.wording import Wording


@record
class AskedQuestion:
    """One question; `answer` (a standard word or "") and `evidence` are filled in where it is answered already."""

    number: int
    identifier: str
    version: int
    text: str
    answer: str
    evidence: str


@record
class AskedTopic:
    """The questions of one topic."""

    title: str
    questions: tuple[AskedQuestion, ...]


@record
class QuestionnaireView:
    """A quarter's form. `answers` pairs each standard word with the word that is shown for it."""

    language: str
    client_key: str
    client_name: str
    quarter: str
    title: str
    period: str
    logo_data_url: str
    colour: str
    topics: tuple[AskedTopic, ...]
    answers: tuple[tuple[str, str], ...]
    answered_by: str
    words: Mapping[str, str]

    @property
    def questions(self) -> tuple[AskedQuestion, ...]:
        """All questions in the order of asking."""
        return tuple(question for topic in self.topics for question in topic.questions)


def present_questionnaire(
    client: Client, questionnaire: Questionnaire, quarter: Quarter, given: Mapping[str, Answer], wording: Wording
) -> QuestionnaireView:
    """Return the quarter's form; `given` are its answers so far, of which those to older wordings are asked again."""
    period = Formats(wording, client.currency).quarter(quarter)
    topics: dict[str, list[AskedQuestion]] = {}
    for number, question in enumerate(questions_in_order(questionnaire), start=1):
        answer = given.get(question.identifier)
        valid = answer if answer is not None and answer.belongs_to(question) else None
        asked = AskedQuestion(
            number=number,
            identifier=question.identifier,
            version=question.version,
            text=text_in(client.language, question.text),
            answer=valid.answer if valid else "",
            evidence=valid.evidence if valid else "",
        )
        topics.setdefault(question.topic, []).append(asked)
    return QuestionnaireView(
        language=client.language,
        client_key=client.key,
        client_name=client.name,
        quarter=str(quarter),
        title=wording.say("questionnaire.title", client=client.name, quarter=period),
        period=period[:1].upper() + period[1:],
        logo_data_url=client.branding.logo_data_url,
        colour=client.branding.colour,
        topics=tuple(
            AskedTopic(topic_title(questionnaire, topic, client.language), tuple(asked))
            for topic, asked in topics.items()
        ),
        answers=tuple((answer, wording.say(f"sales_check.answers.{answer}")) for answer in ANSWERS),
        answered_by=last_answered_by(given),
        words=wording.group("questionnaire.words"),
    )


def questions_in_order(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Return the questions topic by topic, so that a client's own stand among their like."""
    topics = list(dict.fromkeys(question.topic for question in questionnaire.questions))
    return tuple(sorted(questionnaire.questions, key=lambda question: topics.index(question.topic)))


def topic_title(questionnaire: Questionnaire, topic: str, language: str) -> str:
    """Return a topic's title; its key where it has none."""
    return text_in(language, questionnaire.topics.get(topic, {})) or topic


def text_in(language: str, texts: Mapping[str, str]) -> str:
    """Return the text in the language, else the first there is, else ""."""
    return texts.get(language) or next(iter(texts.values()), "")


def last_answered_by(given: Mapping[str, Answer]) -> str:
    """Return who gave the last of these answers; "" where nobody said so."""
    names = [answer.answered_by for answer in given.values() if answer.answered_by]
    return names[-1] if names else ""


def answer_words(folder: Traversable) -> dict[str, str]:
    """Return the standard word for each word that means an answer, in small letters: of every language, and its own.

    The invitation to choose, which a form holds where nobody did, means "".
    """
    words = {answer: answer for answer in ANSWERS}
    for language in LANGUAGES:
        wording = load_wording(folder, language)
        words |= {wording.say(f"sales_check.answers.{answer}").casefold(): answer for answer in ANSWERS}
        words[wording.say("questionnaire.words.choose").casefold()] = ""
    return words
