"""Both languages say the same things, and every sentence is a sentence."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from retention_reports.messages import LANGUAGES
from retention_reports.presentation.wording import Wording, load_wording
from retention_reports.resources import templates_folder
from retention_reports.sections import SECTIONS

PLURAL_FORMS = (".zero", ".one", ".other")
WORDINGS = {language: load_wording(templates_folder() / "wording", language) for language in LANGUAGES}
GERMAN, ENGLISH = WORDINGS["de"].sentences, WORDINGS["en"].sentences


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _without_zero(keys: set[str]) -> set[str]:
    # A language may say nothing special for zero.
    return {key for key in keys if not key.endswith(".zero")}


def test_both_languages_have_the_same_keys() -> None:
    assert _without_zero(set(GERMAN)) == _without_zero(set(ENGLISH))


def test_sentences_of_one_key_take_the_same_values() -> None:
    # "one" may spell the number out in one language and not in the other.
    different = [
        key
        for key in sorted(set(GERMAN) & set(ENGLISH))
        if not key.endswith(PLURAL_FORMS) and _placeholders(GERMAN[key]) != _placeholders(ENGLISH[key])
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_has_stray_spaces(language: str) -> None:
    sentences = WORDINGS[language].sentences
    # For zero a sentence may say nothing on purpose.
    silent = {key for key, text in sentences.items() if not text and not key.endswith(".zero")}
    odd = sorted(silent | {key for key, text in sentences.items() if text != text.strip() or "  " in text})

    assert odd == []


def test_german_uses_its_own_quotes_and_letters() -> None:
    # ae, oe, ue for umlauts in words where German always has the umlaut, and straight quotes.
    wrong = [key for key, text in GERMAN.items() if '"' in text or re.search(r"\b(fuer|ueber|koenn|moeg|waer)", text)]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_a_title(language: str) -> None:
    assert all(WORDINGS[language].has(f"{section.key}.title") for section in SECTIONS)


def test_a_count_chooses_zero_one_and_other() -> None:
    wording = Wording(
        "en", {"left.zero": "nobody", "left.one": "one", "left.other": "{n} people", "few.other": "{n} few"}
    )

    assert [wording.count("left", number, n=str(number)) for number in (0, 1, 2)] == ["nobody", "one", "2 people"]
    assert wording.count("few", 0, n="0") == "0 few"


def test_text_from_a_client_is_never_a_pattern() -> None:
    wording = Wording("en", {"greeting": "Dear {name}"})

    assert wording.say("greeting", name="{name.__class__}") == "Dear {name.__class__}"
