"""The sales check: what the client's people answered, and what the data says to the same questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.sales_check.answers import (
    answer_sheets,
    comparison,
    last_answered,
    quarter_result,
    topic_scores,
)
from retention_reports.analyses.sales_check.measured import measurements
from retention_reports.analyses.sales_check.measured_offers import undated_offers
from retention_reports.analyses.sales_check.sales_check_results import AnsweredQuestion, Measurement, SalesCheck
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.analyses.sales_check.answers import Sheet
    from retention_reports.analyses.sales_check.sales_check_results import QuarterResult
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.questionnaire import Question

HISTORY_QUARTERS = 8


def sales_check(dataset: Dataset) -> SalesCheck:
    """Score the quarter's answers, compare them with the last ones given, and set the data beside them."""
    sheets = answer_sheets(dataset)
    quarter, questionnaire = dataset.quarter, dataset.folder.questionnaire
    first = quarter.plus(1 - HISTORY_QUARTERS)
    trend = [quarter_result(sheets, entry, questionnaire) for entry in sheets if first <= entry <= quarter]
    current = quarter_result(sheets, quarter, questionnaire)
    before = last_answered(sheets, quarter)
    found = measurements(dataset)
    now, then = sheets.get(quarter, {}), sheets[before] if before is not None else {}
    told = {name: entry for name, entry in found.items() if isinstance(entry, Measurement)}
    questions = [_answered(question, now, then, told) for question in questionnaire.questions]
    has_file = dataset.table("answers") is not None
    return SalesCheck(
        quarter=quarter,
        has_file=has_file,
        current=current,
        trend=tuple(entry for entry in trend if entry is not None),
        year_comparison=comparison(sheets, quarter, quarter.year_before),
        last_answered=before,
        questions=tuple(entry for entry in questions if entry.answer or entry.measurement),
        topics=topic_scores(questionnaire, now, then),
        measurements=tuple((name, told.get(name)) for name in found),
        undated_offers=undated_offers(dataset),
        missing=(
            *_unscored(current, has_file=has_file),
            *(entry for entry in found.values() if isinstance(entry, Missing)),
        ),
    )


def _answered(question: Question, now: Sheet, before: Sheet, told: Mapping[str, Measurement]) -> AnsweredQuestion:
    given, earlier = now.get(question.identifier), before.get(question.identifier)
    version = given.version if given is not None else question.version
    return AnsweredQuestion(
        question=question,
        version=version,
        answer=given.answer if given is not None else "",
        before=earlier.answer if earlier is not None and earlier.version == version else "",
        evidence=given.evidence if given is not None else "",
        answered_by=given.answered_by if given is not None else "",
        measurement=told.get(question.measured),
    )


def _unscored(current: QuarterResult | None, *, has_file: bool) -> tuple[Missing, ...]:
    """Return why there is no score; answers that are all unknown or not applicable give none either."""
    if current is None:
        reason, detail = (Unknown.NOTHING_ANSWERED, "") if has_file else (Unknown.NO_FILE, "answers")
        return tuple(Missing(key, reason, detail) for key in ("core_yes", "core_n", "score"))
    return (Missing("score", Unknown.NOTHING_ANSWERED),) if current.score is None else ()
