"""Questions and answers in the report's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.analyses.sales_check.sales_check_results import AnsweredQuestion, Measurement, SalesCheck
    from retention_reports.presentation.context import Context


def in_language(context: Context, texts: Mapping[str, str]) -> str:
    """Return the text in the report's language, else the first there is, else "".

    The client's own questions may be written in one language only.
    """
    return texts.get(context.wording.language) or next(iter(texts.values()), "")


def question_text(context: Context, entry: AnsweredQuestion) -> str:
    """Return the question as it was asked."""
    return in_language(context, entry.question.text)


def action_text(context: Context, entry: AnsweredQuestion) -> str:
    """Return what to do about a no."""
    return in_language(context, entry.question.action)


def topic_title(context: Context, topic: str) -> str:
    """Return a topic's title; its key where it has none."""
    return in_language(context, context.dataset.folder.questionnaire.topics.get(topic, {})) or topic


def answer_word(context: Context, answer: str) -> str:
    """Return an answer as a word; "" is not answered."""
    return context.wording.say(f"sales_check.answers.{answer or 'none'}")


def shown(context: Context, measurement: Measurement) -> str:
    """Say in a sentence what the data shows, with k of n."""
    return context.wording.say(f"sales_check.shown.{measurement.name}", base=context.formats.k_of_n(measurement.rate))


def testable(check: SalesCheck) -> tuple[AnsweredQuestion, ...]:
    """Return the questions answered yes or no to which the data has enough cases to agree or disagree."""
    return tuple(
        entry
        for entry in check.questions
        if entry.answer in ("yes", "no") and entry.measurement is not None and entry.measurement.answer
    )
