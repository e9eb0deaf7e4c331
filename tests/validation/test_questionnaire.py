from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[[questions]]
id = "own"
topic = "visits"
text = "Besuchen Sie?"
[[questions]]
id = "core_database"
version = 7
topic = "core"
core = true
weight = 2
text = { de = "Alle erfasst?", en = "All recorded?" }
"""


def test_own_questions_are_added_or_take_a_standard_ones_place(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        sales_check__questions___toml=OWN,
        sales_check__answers="quarter,question_id,version,answer\n2026-Q1,own,,yes\n2026-Q1,core_database,3,no\n2025-Q4,core_database,,no\n",
    )

    questions = folder.questionnaire
    assert questions.questions[-1].identifier == "own"
    assert questions.questions[0].version == 7
    assert questions.questions[-1].text == {"de": "Besuchen Sie?"}
    assert folder.tables["answers"]["version"].tolist() == [1, 3, 7]


def test_questions_that_cannot_be_used_are_all_told(tmp_path: Path) -> None:
    told = problems(tmp_path, sales_check__questions___toml='[[questions]]\nid = "A b"\ntopic = "core"\nweigth = 1\n')

    assert [line.split(": ")[1] for line in told] == ["questions.1.id", "questions.1.text", "questions.1.weigth"]


def test_a_question_needs_a_known_topic_and_a_text_in_the_clients_language(tmp_path: Path) -> None:
    question = '[[questions]]\nid = "own"\ntopic = "visit"\ntext = { en = "Do you visit?" }\n'

    told = problems(tmp_path, sales_check__questions___toml=question * 2)

    assert len(told) == 3
