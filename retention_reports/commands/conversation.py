"""The interview in the terminal: one question after the other, forwards and backwards, in the client's language."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import click

from retention_reports.commands.printing import echo
from retention_reports.model.answers import Answer
from retention_reports.model.schema import ANSWERS
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.questionnaire import (
    answer_words,
    last_answered_by,
    questions_in_order,
    text_in,
    topic_title,
)
from retention_reports.reading.cleaning import clean
from retention_reports.reading.grid import LONGEST_CELL, LONGEST_NAME
from retention_reports.resources import templates_folder
from retention_reports.validation.returned import stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.commands.sales_check import AskedClient
    from retention_reports.model.questionnaire import Question


class _Move(Enum):
    """What a reply may be in place of an answer."""

    BACK = auto()
    SKIP = auto()
    QUIT = auto()


class Conversation:
    """Asks a client's questions and hands each answer over as soon as it is given."""

    def __init__(self, asked: AskedClient, save: Callable[[Answer], None]) -> None:
        """Begin with the answers given so far."""
        self._client = asked.client
        self._questionnaire = asked.questionnaire
        self._questions = questions_in_order(asked.questionnaire)
        self._given = dict(asked.given)
        self._wording = asked.wording
        self._quarter = asked.quarter
        self._save = save
        self._keys = self._wording.group("questionnaire.keys")
        self._replies = self._known_replies()
        self._answered_by = ""

    def hold(self, *, everything: bool = False) -> None:
        """Ask the unanswered questions, or every one, from the first to the last; `back` leads to any before.

        Raises:
            click.Abort: the input ended or was broken off; answers so far are saved.
        """
        waiting = [place for place in range(len(self._questions)) if everything or not self._is_answered(place)]
        if waiting:
            self._greet()
            self._ask_from(waiting[0], waiting)
        self.take_leave()

    def take_leave(self) -> None:
        """Say how many questions are answered."""
        count = len(self._questions)
        answered = sum(self._is_answered(place) for place in range(count))
        key = "complete" if answered == count else "ended"
        echo(self._say(key, answered=str(answered), count=str(count)))

    def _greet(self) -> None:
        quarter = Formats(self._wording, self._client.currency).quarter(self._quarter)
        echo(self._say("greeting", client=self._client.name, quarter=quarter))
        echo(self._wording.say("questionnaire.interview.keys", **self._keys))
        self._answered_by = self._ask_text("answered_by", last_answered_by(self._given), LONGEST_NAME)

    def _ask_from(self, place: int, waiting: list[int]) -> None:
        while True:
            reply = self._ask(place)
            if reply is _Move.QUIT:
                return
            if reply is _Move.BACK:
                if place == 0:
                    echo(self._say("first"))
                place = max(place - 1, 0)
                continue
            following = [later for later in waiting if later > place]
            if not following:
                return
            place = following[0]

    def _ask(self, place: int) -> str | _Move:
        question = self._questions[place]
        old = self._given.get(question.identifier) if self._is_answered(place) else None
        self._show(place, question, old)
        reply = self._reply()
        if isinstance(reply, _Move):
            return reply
        evidence = self._ask_evidence(old)
        answer = stored(Answer(question.identifier, question.version, reply, evidence, self._answered_by))
        self._save(answer)
        self._given[question.identifier] = answer
        return reply

    def _show(self, place: int, question: Question, old: Answer | None) -> None:
        language = self._client.language
        progress = self._say("progress", number=str(place + 1), count=str(len(self._questions)))
        echo(f"\n{progress} · {topic_title(self._questionnaire, question.topic, language)}")
        echo(text_in(language, question.text))
        if old is not None:
            word = self._wording.say(f"sales_check.answers.{old.answer}")
            key = "given_evidence" if old.evidence else "given"
            values = {"evidence": old.evidence} if old.evidence else {}
            echo(self._say(key, answer=word, **values))

    def _reply(self) -> str | _Move:
        choices = "/".join(self._keys[name] for name in (*ANSWERS, "back", "skip", "quit"))
        while True:
            text = click.prompt(f"{self._say('answer')} [{choices}]", default="", show_default=False).strip()
            reply = self._replies.get(text.casefold())
            if reply is not None:
                return reply
            if text:
                echo(self._say("not_understood", answer="".join(filter(str.isprintable, text))))

    def _ask_evidence(self, old: Answer | None) -> str:
        key = "evidence_kept" if old is not None and old.evidence else "evidence"
        return self._ask_text(key, old.evidence if old is not None else "", LONGEST_CELL)

    def _ask_text(self, key: str, default: str, longest: int) -> str:
        """Ask until the text is one that can be printed, as it will be read again."""
        while True:
            text = click.prompt(self._say(key), default=default, show_default=bool(default) and key == "answered_by")
            result = clean([text], longest)
            if not result.faults:
                return " ".join(result.cells[0].split())
            echo(result.faults[0][2].said_in(self._client.language))

    def _is_answered(self, place: int) -> bool:
        answer = self._given.get(self._questions[place].identifier)
        return answer is not None and answer.belongs_to(self._questions[place])

    def _known_replies(self) -> dict[str, str | _Move]:
        replies: dict[str, str | _Move] = {}
        replies.update(
            {word: answer for word, answer in answer_words(templates_folder() / "wording").items() if answer}
        )
        replies |= {move.name.casefold(): move for move in _Move}
        replies |= {self._keys[move.name.casefold()]: move for move in _Move}
        replies |= {self._keys[answer]: answer for answer in ANSWERS}
        return replies

    def _say(self, key: str, **values: str) -> str:
        return self._wording.say(f"questionnaire.interview.{key}", **values)
