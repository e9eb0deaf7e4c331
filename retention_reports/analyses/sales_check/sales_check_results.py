"""What the sales check's analysis finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW, Figure, Missing, Rate, missing_figures, rate_figures
from retention_reports.model.questionnaire import ANSWER_VALUES
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.quarters import Quarter
    from retention_reports.model.questionnaire import Question

SCORE_DECIMALS = 6


@record
class Comparison:
    """Two quarters over the questions that both answered with yes, partly, or no, in the same version.

    `before` and `now` are the scores over these questions alone, `core_before` and `core_now` count the core questions
    among them answered yes; `core_questions` is the number of these.
    """

    quarter: Quarter
    questions: int
    before: float
    now: float
    core_questions: int
    core_before: int
    core_now: int

    @property
    def change(self) -> float:
        """Score now less score before, with six decimals."""
        return round(self.now - self.before, SCORE_DECIMALS)


@record
class QuarterResult:
    """One quarter's answers: the core questions, the score over all, and how often each answer was given.

    `core_n` counts the core questions answered yes, partly, or no. `score` is None where no question was. `comparison`
    is with the last quarter before that has answers; None where there is none or no question to compare.
    """

    quarter: Quarter
    core_yes: int
    core_n: int
    score: float | None
    counts: tuple[tuple[str, int], ...]
    comparison: Comparison | None

    def count(self, answer: str) -> int:
        """Return how often the answer was given; `unanswered` counts the questions without any."""
        return dict(self.counts)[answer]

    def figures(self) -> dict[str, Figure]:
        """Return an entry of `trend`."""
        compared = self.comparison
        return {
            "quarter": str(self.quarter),
            "core_yes": self.core_yes,
            "core_n": self.core_n,
            "score": self.score,
            "compared_with": str(compared.quarter) if compared else None,
            "compared_questions": compared.questions if compared else None,
            "score_before": compared.before if compared else None,
            "score_now": compared.now if compared else None,
            "change": compared.change if compared else None,
        }


@record
class Measurement:
    """What the data says to a question: in `rate.k` of `rate.n` cases it is as asked.

    From the share `yes_from` on that is a yes, from `partly_from` on a partly.
    """

    name: str
    rate: Rate
    yes_from: float
    partly_from: float

    @property
    def answer(self) -> str:
        """The answer that the data gives; "" with too few cases to say."""
        share = self.rate.share
        if share is None or self.rate.n < TOO_FEW:
            return ""
        return "yes" if share >= self.yes_from else "partly" if share >= self.partly_from else "no"


@record
class AnsweredQuestion:
    """One question, the answer given for the quarter ("" without one), and what the data says to it.

    `version` is that of the answer. `before` is the answer of the last quarter that has any, where it was given to the
    same version, else "".
    """

    question: Question
    version: int
    answer: str
    before: str
    evidence: str
    answered_by: str
    measurement: Measurement | None

    @property
    def contradicted(self) -> bool:
        """Yes declared and no measured, or no declared and yes measured; nothing where there are too few cases."""
        return self.measurement is not None and {self.answer, self.measurement.answer} == {"yes", "no"}

    @property
    def overstated(self) -> bool:
        """The answer is yes, and the data says no."""
        return self.contradicted and self.answer == "yes"

    @property
    def flipped(self) -> bool:
        """The same question was answered otherwise in the last quarter that has answers."""
        return bool(self.answer and self.before) and self.answer != self.before

    @property
    def direction(self) -> int:
        """1 where the answer became better, -1 where it became worse, else 0 (also from or to unknown)."""
        if self.answer not in ANSWER_VALUES or self.before not in ANSWER_VALUES:
            return 0
        change = ANSWER_VALUES[self.answer] - ANSWER_VALUES[self.before]
        return (change > 0) - (change < 0)

    def figures(self) -> dict[str, Figure]:
        """Return an entry of `answers`; `measured` is a share with its base beside it."""
        return {
            "id": self.question.identifier,
            "version": self.version,
            "answer": self.answer or None,
            **rate_figures("measured", self.measurement.rate if self.measurement else None),
        }


@record
class TopicScore:
    """The score over one topic's questions; `before` over the same questions in the last quarter that has answers.

    `before` is None unless every question of now was scored then, too, in the same version.
    """

    topic: str
    score: float
    questions: int
    before: float | None


@record
class SalesCheck:
    """The sales check of the quarter beside what the data can tell.

    `current` is None where nothing was answered for the quarter. `trend` holds the quarters with answers among the
    last eight, oldest first. `questions` are those answered or measured, in the order of asking; `potentials` every
    no, then every partly, the heaviest first. `year_comparison` is with the same quarter a year ago.
    `last_answered` is the last quarter before this one that has answers. `undated_offers` is the amount (in
    ten-thousandths) of open offers without a decision date, None where that is not recorded.
    """

    quarter: Quarter
    has_file: bool
    current: QuarterResult | None
    trend: tuple[QuarterResult, ...]
    year_comparison: Comparison | None
    last_answered: Quarter | None
    questions: tuple[AnsweredQuestion, ...]
    topics: tuple[TopicScore, ...]
    measurements: tuple[tuple[str, Measurement | None], ...]
    undated_offers: int | None
    missing: tuple[Missing, ...]

    @property
    def potentials(self) -> tuple[AnsweredQuestion, ...]:
        """Every no, then every partly; within each the heaviest first, in the order of asking."""
        ranked = sorted(
            (entry for entry in self.questions if entry.answer in ("no", "partly")),
            key=lambda entry: (entry.answer != "no", -entry.question.weight),
        )
        return tuple(ranked)

    @property
    def contradictions(self) -> tuple[AnsweredQuestion, ...]:
        """Questions whose answer and data contradict each other, overstated ones first, the heaviest first."""
        ranked = sorted(
            (entry for entry in self.questions if entry.contradicted),
            key=lambda entry: (not entry.overstated, -entry.question.weight),
        )
        return tuple(ranked)

    @property
    def flips(self) -> tuple[AnsweredQuestion, ...]:
        """Questions answered otherwise than before: worse first, then better, then the rest, the heaviest first."""
        places = {-1: 0, 1: 1, 0: 2}
        ranked = sorted(
            (entry for entry in self.questions if entry.flipped),
            key=lambda entry: (places[entry.direction], -entry.question.weight),
        )
        return tuple(ranked)

    def figures(self) -> dict[str, Figure]:
        """Return the section `sales_check` of `figures.json`."""
        current = self.current
        measured: dict[str, Figure] = {}
        for name, measurement in self.measurements:
            measured.update(rate_figures(name, measurement.rate if measurement else None))
        return {
            "core_yes": current.core_yes if current else None,
            "core_n": current.core_n if current else None,
            "score": current.score if current else None,
            "counts": dict(current.counts) if current else None,
            "answers": [entry.figures() for entry in self.questions],
            "compared_with": str(self.last_answered) if self.last_answered else None,
            "flips": [
                {
                    "id": entry.question.identifier,
                    "version": entry.version,
                    "from": entry.before,
                    "to": entry.answer,
                }
                for entry in self.flips
            ],
            "contradictions": [entry.question.identifier for entry in self.contradictions],
            "potentials": [entry.question.identifier for entry in self.potentials],
            "topics": [
                {"topic": entry.topic, "score": entry.score, "questions": entry.questions, "before": entry.before}
                for entry in self.topics
            ],
            "trend": [entry.figures() for entry in self.trend],
            "measured": measured,
            "missing": missing_figures(self.missing),
        }
