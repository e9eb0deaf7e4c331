"""What a returned questionnaire says, held against today's questions and the answers that are known: an account."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import Private, say
from retention_reports.model.answers import Answer
from retention_reports.model.formula_signs import neutralised
from retention_reports.reading.problems import nearest, shown, suggestion
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.model.questionnaire import Question, Questionnaire
    from retention_reports.reading.form_fields import FormOrigin
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.returned import ReturnedAnswer, ReturnedForm


class Fate(StrEnum):
    """What became of one answer in the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    UNKNOWN_QUESTION = "unknown_question"
    OTHER_VERSION = "other_version"
    UNKNOWN_WORD = "unknown_word"


@record
class AnswersAccount:
    """The answers to write (new ones and changed ones), where every answer of the file went, and what it lacks.

    The numbers in `fates` add up to the file's answers. `missing` names the questions that the file does not have.
    """

    taken: tuple[Answer, ...]
    fates: Mapping[Fate, int]
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many answers, empty ones included, the file has."""
        return sum(self.fates.values())


def check_origin(form: ReturnedForm, expected: FormOrigin, path: str, log: ProblemLog) -> None:
    """Note an error for each client or quarter that the file names and that is not the one expected."""
    for origin in sorted(form.origins, key=lambda entry: (entry.client, entry.quarter)):
        if origin.client != expected.client:
            message = say("returned.other_client", client=shown(origin.client), expected=shown(expected.client))
            log.error(Location(path), "other client", message)
        elif origin.quarter != expected.quarter:
            message = say("returned.other_quarter", quarter=shown(origin.quarter), expected=expected.quarter)
            log.error(Location(path), "other quarter", message)


def account_for(
    form: ReturnedForm,
    questionnaire: Questionnaire,
    given: Mapping[str, Answer],
    words: Mapping[str, str],
    log: ProblemLog,
) -> AnswersAccount:
    """Say of every answer what it is; `given` are the quarter's answers so far, `words` maps small letters to answers.

    An answer is unchanged where it says the same with the same evidence, whoever gave it.
    """
    accountant = _Accountant(questionnaire, given, words, form.answered_by, log)
    fates = Counter(accountant.fate(entry) for entry in form.answers)
    present = {entry.question_id for entry in form.answers}
    missing = [question.identifier for question in questionnaire.questions if question.identifier not in present]
    return AnswersAccount(tuple(accountant.taken), fates, tuple(missing))


def stored(answer: Answer) -> Answer:
    """Return the answer as the file holds it: its texts come from outside and must be no formulas there."""
    return Answer(
        answer.question_id,
        answer.version,
        answer.answer,
        neutralised(answer.evidence),
        neutralised(answer.answered_by),
    )


class _Accountant:
    """Goes through the answers of a file one by one."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        given: Mapping[str, Answer],
        words: Mapping[str, str],
        answered_by: str,
        log: ProblemLog,
    ) -> None:
        self._questions = {question.identifier: question for question in questionnaire.questions}
        self._given = given
        self._words = words
        self._answered_by = answered_by
        self._log = log
        self._seen: set[str] = set()
        self.taken: list[Answer] = []

    def fate(self, entry: ReturnedAnswer) -> Fate:
        question = self._questions.get(entry.question_id)
        if question is None:
            return self._unknown_question(entry, list(self._questions))
        if entry.question_id in self._seen:
            self._log.error(entry.place, "duplicate answer", say("returned.repeated"))
            return Fate.REPEATED
        self._seen.add(entry.question_id)
        if not entry.readable:
            return Fate.UNREADABLE
        if entry.version != str(question.version):
            return self._other_version(entry, question)
        return self._fate_of_word(entry, question)

    def _fate_of_word(self, entry: ReturnedAnswer, question: Question) -> Fate:
        word = self._words.get(entry.answer.casefold())
        if word is None and entry.answer:
            return self._unknown_word(entry)
        if not word:
            return self._empty(entry)
        return self._read(Answer(question.identifier, question.version, word, entry.evidence, self._answered_by))

    def _read(self, answer: Answer) -> Fate:
        new = stored(answer)
        old = self._given.get(answer.question_id)
        same = old is not None and (new.version, new.answer, new.evidence) == (old.version, old.answer, old.evidence)
        if same:
            return Fate.UNCHANGED
        self.taken.append(new)
        return Fate.NEW if old is None else Fate.CHANGED

    def _empty(self, entry: ReturnedAnswer) -> Fate:
        if entry.evidence:
            message = say("returned.evidence_alone", evidence=Private(shown(entry.evidence)))
            self._log.warning(entry.place, "evidence without answer", message)
        return Fate.EMPTY

    def _unknown_question(self, entry: ReturnedAnswer, known: Sequence[str]) -> Fate:
        near = nearest(entry.question_id, known)
        hint = suggestion(entry.question_id, known) if near else say("returned.todays_questionnaire")
        message = say("questions.unknown", question=shown(entry.question_id), hint=hint)
        self._log.error(entry.place, "unknown question", message)
        return Fate.UNKNOWN_QUESTION

    def _other_version(self, entry: ReturnedAnswer, question: Question) -> Fate:
        message = say("returned.other_version", version=shown(entry.version), current=str(question.version))
        self._log.error(entry.place, "other version", message)
        return Fate.OTHER_VERSION

    def _unknown_word(self, entry: ReturnedAnswer) -> Fate:
        words = [word for word, answer in self._words.items() if answer]
        message = say("returned.no_answer", answer=shown(entry.answer), hint=suggestion(entry.answer, words))
        self._log.error(entry.place, "unknown word", message)
        return Fate.UNKNOWN_WORD
