"""Answers by quarter: the score, the comparison of two quarters, and the topics."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.analyses.sales_check.sales_check_results import Comparison, QuarterResult, TopicScore
from retention_reports.model.money import share
from retention_reports.model.quarters import quarter_from_ordinal
from retention_reports.model.questionnaire import ANSWER_VALUES
from retention_reports.model.schema import ANSWERS
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.quarters import Quarter
    from retention_reports.model.questionnaire import Question, Questionnaire

    Sheet: TypeAlias = "Mapping[str, Given]"


@record
class Given:
    """One answer as it was given."""

    question: Question
    version: int
    answer: str
    evidence: str
    answered_by: str

    @property
    def counts(self) -> bool:
        """Tell whether the answer adds to a score; not applicable and unknown do not."""
        return self.answer in ANSWER_VALUES


def answer_sheets(dataset: Dataset) -> dict[Quarter, Sheet]:
    """Return the answers by quarter, oldest first, and question; empty without the file."""
    table = dataset.table("answers")
    if table is None:
        return {}
    known = {question.identifier: question for question in dataset.folder.questionnaire.questions}
    rows = table.loc[table["question_id"].isin(known)].sort_values("quarter", kind="stable")
    sheets: dict[int, dict[str, Given]] = {}
    columns = ("quarter", "question_id", "version", "answer", "evidence", "answered_by")
    for ordinal, identifier, version, *texts in zip(*(rows[column].tolist() for column in columns), strict=True):
        sheets.setdefault(ordinal, {})[identifier] = Given(known[identifier], int(version), *texts)
    return {quarter_from_ordinal(ordinal, dataset.quarter.start_month): sheet for ordinal, sheet in sheets.items()}


def quarter_result(
    sheets: Mapping[Quarter, Sheet], quarter: Quarter, questionnaire: Questionnaire
) -> QuarterResult | None:
    """Return a quarter's result beside the last quarter before it that has answers; None without answers."""
    sheet = sheets.get(quarter)
    if sheet is None:
        return None
    counted = [given for given in sheet.values() if given.counts]
    core = [given for given in counted if given.question.core]
    answers = Counter(given.answer for given in sheet.values())
    before = last_answered(sheets, quarter)
    return QuarterResult(
        quarter=quarter,
        core_yes=_yes(core),
        core_n=len(core),
        score=score(counted),
        counts=(
            *((answer, answers[answer]) for answer in ANSWERS),
            ("unanswered", len(questionnaire.questions) - len(sheet)),
        ),
        comparison=comparison(sheets, quarter, before) if before is not None else None,
    )


def last_answered(sheets: Mapping[Quarter, Sheet], quarter: Quarter) -> Quarter | None:
    """Return the last quarter before this one that has answers."""
    return max((entry for entry in sheets if entry < quarter), default=None)


def comparison(sheets: Mapping[Quarter, Sheet], quarter: Quarter, earlier: Quarter) -> Comparison | None:
    """Compare two quarters over the questions that both scored in the same version; None without any."""
    pairs = _comparable(sheets.get(quarter, {}), sheets.get(earlier, {}))
    now, before = score(now for now, _ in pairs), score(then for _, then in pairs)
    if now is None or before is None:
        return None
    core = [(given, then) for given, then in pairs if given.question.core]
    return Comparison(
        quarter=earlier,
        questions=len(pairs),
        before=before,
        now=now,
        core_questions=len(core),
        core_before=_yes(then for _, then in core),
        core_now=_yes(given for given, _ in core),
    )


def topic_scores(questionnaire: Questionnaire, now: Sheet, before: Sheet) -> tuple[TopicScore, ...]:
    """Return the score of each topic with a scored question, in the order of asking."""
    topics = dict.fromkeys(question.topic for question in questionnaire.questions)
    found = []
    for topic in topics:
        counted = [given for given in now.values() if given.counts and given.question.topic == topic]
        value = score(counted)
        if value is None:
            continue
        then = [then for given, then in _comparable(now, before) if given.question.topic == topic]
        found.append(TopicScore(topic, value, len(counted), score(then) if len(then) == len(counted) else None))
    return tuple(found)


def score(answers: Iterable[Given]) -> float | None:
    """Return Σ weight × value ÷ Σ weight over yes (1), partly (½), no (0), with six decimals; None without any."""
    counted = [given for given in answers if given.counts]
    reached = fsum(given.question.weight * ANSWER_VALUES[given.answer] for given in counted)
    return share(reached, fsum(given.question.weight for given in counted))


def _comparable(now: Sheet, before: Sheet) -> list[tuple[Given, Given]]:
    return [
        (given, before[identifier])
        for identifier, given in now.items()
        if identifier in before
        and given.counts
        and before[identifier].counts
        and given.version == before[identifier].version
    ]


def _yes(answers: Iterable[Given]) -> int:
    return sum(given.answer == "yes" for given in answers)
