"""The standard questionnaire is complete, bilingual and fit to print."""

import re
import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import pytest

LANGUAGES = {"de", "en"}
TOPICS = [
    "core",
    "sales_documents",
    "programme",
    "visits",
    "buying_interest",
    "relationship",
    "cross_selling",
    "prices",
    "win_back",
]
CORE_QUESTIONS = {
    "core_database",
    "core_websites",
    "core_contact_persons",
    "core_decision_dates",
    "core_satisfaction",
}
MEASURED_FIGURES = {
    "contacts_recorded",
    "contact_coverage",
    "two_contacts_at_a_customers",
    "decision_dates_on_open_offers",
    "feedback_after_large_orders",
    "offers_followed_up",
    "loss_reasons_known",
    "win_back_running",
    "email_reachable",
    "categories_per_customer",
    "programme_sold",
    "visits_planned_by_importance",
}
REQUIRED_KEYS = {"id", "version", "topic", "weight", "core", "text", "potential", "action"}
LONGEST_TEXT = 160
UMLAUT_WRITTEN_OUT = re.compile(r"ae|oe|(?<![aeq])(?<!\bz)(?<!akt)ue", re.IGNORECASE)
SHARP_S_WRITTEN_OUT = re.compile(
    r"gr[oö]ss|m[aä]ss(?:ig|nahm)|strasse|ausser|(?:schl|fl|gen)iess|weiss|heiss|dreissig|\bbloss|fuss|gruss|süss",
    re.IGNORECASE,
)


def load_standard() -> dict[str, Any]:
    source = resources.files("retention_reports.questionnaire").joinpath("standard.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


STANDARD = load_standard()
QUESTIONS: list[dict[str, Any]] = STANDARD["questions"]

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])


def texts_in(language: str) -> list[str]:
    titles = [title[language] for title in STANDARD["topics"].values()]
    sentences = [question[part][language] for question in QUESTIONS for part in ("text", "potential", "action")]
    return titles + sentences


def test_the_questionnaire_carries_its_version() -> None:
    assert STANDARD["version"] == 1
    assert STANDARD.keys() == {"version", "topics", "questions"}


def test_every_topic_has_a_title_in_both_languages() -> None:
    assert list(STANDARD["topics"]) == TOPICS
    for title in STANDARD["topics"].values():
        assert title.keys() == LANGUAGES
        assert all(title.values())


def test_questions_stand_in_the_order_of_the_topics() -> None:
    positions = [TOPICS.index(question["topic"]) for question in QUESTIONS]
    assert positions == sorted(positions)


def test_every_topic_beside_the_core_has_two_or_three_questions() -> None:
    counts = Counter(question["topic"] for question in QUESTIONS if not question["core"])
    assert counts.keys() == set(TOPICS) - {"core"}
    assert set(counts.values()) <= {2, 3}


def test_ids_are_unique_and_begin_with_their_topic() -> None:
    ids = [question["id"] for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    assert all(question["id"].startswith(question["topic"] + "_") for question in QUESTIONS)


def test_the_core_is_the_five_given_questions_with_the_highest_weight() -> None:
    core = [question for question in QUESTIONS if question["core"]]
    assert len(core) == len(CORE_QUESTIONS)
    assert {question["id"] for question in core} == CORE_QUESTIONS
    assert {question["topic"] for question in core} == {"core"}
    assert {question["weight"] for question in core} == {3}
    assert {question["weight"] for question in QUESTIONS if not question["core"]} <= {1, 2}


def test_every_measured_figure_answers_exactly_one_question() -> None:
    measured = [question["measured"] for question in QUESTIONS if "measured" in question]
    assert sorted(measured) == sorted(MEASURED_FIGURES)


@each_question
def test_a_question_is_complete_in_both_languages(question: dict[str, Any]) -> None:
    assert question.keys() - {"measured"} == REQUIRED_KEYS
    assert question["version"] == 1
    for part in ("text", "potential", "action"):
        assert question[part].keys() == LANGUAGES
        assert question[part]["de"] != question[part]["en"]


@each_question
def test_a_question_asks_once_and_its_other_texts_are_one_sentence(question: dict[str, Any]) -> None:
    for language in LANGUAGES:
        assert re.fullmatch(r"[^?.!]+\?", question["text"][language])
        assert re.fullmatch(r"[^?.!]+\.", question["potential"][language])
        assert re.fullmatch(r"[^?.!]+\.", question["action"][language])


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_texts_are_short_and_typeset(language: str) -> None:
    for text in texts_in(language):
        assert len(text) <= LONGEST_TEXT, text
        assert text == " ".join(text.split()), text
        assert text[0].isupper(), text
        assert not re.search("[\"'`]", text), text


def test_german_is_written_with_umlauts_and_sharp_s() -> None:
    for text in texts_in("de"):
        assert not UMLAUT_WRITTEN_OUT.search(text), text
        assert not SHARP_S_WRITTEN_OUT.search(text), text


@pytest.mark.parametrize("wrong", ["Maengel", "groessere", "fuer", "fuehren", "Stueck", "regelmässig", "Massnahme"])
def test_the_check_of_german_spelling_notices_replaced_letters(wrong: str) -> None:
    assert UMLAUT_WRITTEN_OUT.search(wrong) or SHARP_S_WRITTEN_OUT.search(wrong)


def test_german_addresses_nobody_in_person() -> None:
    for text in texts_in("de"):
        assert not re.search(r"\b(Sie|Ihr\w*|Ihnen)\b|\b(du|dein\w*|wir|unser\w*)\b", text), text
