"""The sales check's answers, worked by hand, and the laws that always hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.sales_check.sales_check_analysis import sales_check
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.quarters import Quarter
from retention_reports.model.schema import ANSWERS
from tests.support.datasets import dataset, orders
from tests.support.questions import answers, question, questionnaire

if TYPE_CHECKING:
    from random import Random

    from retention_reports.analyses.sales_check.sales_check_results import SalesCheck

FIVE = questionnaire(
    question("a", weight=3, core=True),
    question("b", weight=3, core=True),
    question("c", weight=3, core=True),
    question("d", weight=2, topic="u"),
    question("e", weight=1, topic="u"),
)


def check(text: str, *, quarter: str = "2026-Q3") -> SalesCheck:
    return sales_check(
        dataset(orders("x 2026-09-01 10"), quarter=quarter, tables={"answers": answers(text)}, questionnaire=FIVE)
    )


def test_the_score_weighs_yes_partly_and_no() -> None:
    found = check("2026-Q3 a yes\n2026-Q3 b partly\n2026-Q3 c no\n2026-Q3 d yes\n2026-Q3 e no").current

    assert found is not None
    # (3 + 1.5 + 0 + 2 + 0) ÷ 12
    assert found.score == 0.541667
    assert (found.core_yes, found.core_n) == (1, 3)


def test_unknown_and_not_applicable_are_left_out_and_counted_apart() -> None:
    found = check("2026-Q3 a yes\n2026-Q3 b unknown\n2026-Q3 c not_applicable\n2026-Q3 d no").current

    assert found is not None
    assert found.score == 0.6
    assert (found.core_yes, found.core_n) == (1, 1)
    assert dict(found.counts) == {
        "yes": 1,
        "partly": 0,
        "no": 1,
        "not_applicable": 1,
        "unknown": 1,
        "unanswered": 1,
    }


def test_two_quarters_are_compared_over_the_questions_that_both_scored() -> None:
    found = check(
        """
        2026-Q2 a no
        2026-Q2 b unknown
        2026-Q2 d partly
        2026-Q3 a yes
        2026-Q3 b yes
        2026-Q3 d partly
        2026-Q3 e no
        """
    ).current

    assert found is not None
    assert found.comparison is not None
    # Over a and d: 1 ÷ 5 then, 4 ÷ 5 now.
    assert (found.comparison.questions, found.comparison.before, found.comparison.now) == (2, 0.2, 0.8)
    assert found.comparison.change == 0.6
    assert (found.comparison.core_questions, found.comparison.core_before, found.comparison.core_now) == (1, 0, 1)


def test_answers_to_another_version_are_no_trend_and_no_flip() -> None:
    found = check("2026-Q2 a no 1\n2026-Q2 d no 1\n2026-Q3 a yes 2\n2026-Q3 d yes 1")

    assert [entry.question.identifier for entry in found.flips] == ["d"]
    assert found.current is not None
    assert found.current.comparison is not None
    assert found.current.comparison.questions == 1
    assert found.figures()["flips"] == [{"id": "d", "version": 1, "from": "no", "to": "yes"}]


def test_flips_are_against_the_last_quarter_that_has_answers() -> None:
    found = check("2025-Q4 a no\n2026-Q1 a yes\n2026-Q3 a no")

    assert found.last_answered == Quarter(2026, 1)
    assert [(entry.before, entry.answer, entry.direction) for entry in found.flips] == [("yes", "no", -1)]


def test_a_change_from_or_to_unknown_is_neither_better_nor_worse() -> None:
    found = check("2026-Q2 a unknown\n2026-Q3 a no")

    assert [entry.direction for entry in found.flips] == [0]


def test_earlier_answers_are_never_shown_as_this_quarter_s() -> None:
    found = check("2026-Q2 a yes\n2026-Q2 b no")

    assert found.current is None
    assert found.questions == ()
    assert found.figures()["score"] is None
    assert found.missing == tuple(Missing(key, Unknown.NOTHING_ANSWERED) for key in ("core_yes", "core_n", "score"))
    assert [(str(entry.quarter), entry.score) for entry in found.trend] == [("2026-Q2", 0.5)]


def test_without_the_file_the_score_is_missing_for_that_reason() -> None:
    found = sales_check(dataset(orders("x 2026-09-01 10"), quarter="2026-Q3", questionnaire=FIVE))

    assert [entry.reason for entry in found.missing] == [Unknown.NO_FILE] * 3
    assert found.trend == ()


def test_answers_that_all_are_unknown_give_no_score() -> None:
    found = check("2026-Q3 a unknown\n2026-Q3 d not_applicable")

    assert found.current is not None
    assert found.current.score is None
    assert found.missing == (Missing("score", Unknown.NOTHING_ANSWERED),)


def test_potentials_are_every_no_then_every_partly_the_heaviest_first() -> None:
    found = check("2026-Q3 e no\n2026-Q3 d no\n2026-Q3 a partly\n2026-Q3 b yes\n2026-Q3 c unknown")

    assert [entry.question.identifier for entry in found.potentials] == ["d", "e", "a"]


def test_topics_have_scores_of_their_own() -> None:
    found = check("2026-Q2 d no\n2026-Q2 a no\n2026-Q3 a yes\n2026-Q3 d yes\n2026-Q3 e no")

    assert [(entry.topic, entry.score, entry.before) for entry in found.topics] == [
        ("t", 1.0, 0.0),
        # The second question of the topic is new: nothing to compare the whole topic with.
        ("u", 0.666667, None),
    ]


def test_the_trend_holds_the_last_eight_quarters() -> None:
    text = "\n".join(f"{year}-Q{number} a yes" for year in (2024, 2025, 2026) for number in (1, 2, 3))
    found = check(text)

    assert [str(entry.quarter) for entry in found.trend] == [
        "2025-Q1",
        "2025-Q2",
        "2025-Q3",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
    ]


def test_answers_of_later_quarters_change_nothing() -> None:
    text = "2026-Q2 a no\n2026-Q2 b yes"

    assert check(text, quarter="2026-Q3") == check(f"{text}\n2026-Q4 a yes", quarter="2026-Q3")


GIVEN = st.dictionaries(
    st.tuples(st.sampled_from(["2025-Q4", "2026-Q2", "2026-Q3"]), st.sampled_from("abcde")),
    st.tuples(st.sampled_from(ANSWERS), st.integers(1, 2)),
    max_size=12,
)


@given(GIVEN, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: dict[tuple[str, str], tuple[str, int]], random: Random) -> None:
    lines = [f"{quarter} {name} {answer} {version}" for (quarter, name), (answer, version) in rows.items()]
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert check("\n".join(lines)) == check("\n".join(shuffled))


@given(GIVEN)
def test_scores_lie_between_nothing_and_one_and_counts_add_up(rows: dict[tuple[str, str], tuple[str, int]]) -> None:
    found = check(
        "\n".join(f"{quarter} {name} {answer} {version}" for (quarter, name), (answer, version) in rows.items())
    )

    for entry in found.trend:
        assert entry.score is None or 0 <= entry.score <= 1
        assert entry.core_yes <= entry.core_n <= 3
        assert sum(number for _, number in entry.counts) == len(FIVE.questions)


@given(GIVEN, st.sampled_from("abcde"))
def test_a_better_answer_never_lowers_the_score(rows: dict[tuple[str, str], tuple[str, int]], name: str) -> None:
    def score(answer: str) -> float:
        changed = {**rows, ("2026-Q3", name): (answer, 1)}
        found = check(
            "\n".join(f"{quarter} {who} {said} {version}" for (quarter, who), (said, version) in changed.items())
        )
        assert found.current is not None
        assert found.current.score is not None
        return found.current.score

    assert score("no") <= score("partly") <= score("yes")
