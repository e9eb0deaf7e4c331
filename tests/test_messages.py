"""What users are told about their data is there in both languages, and takes the same values."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from retention_reports.messages import LANGUAGES, Message, _sentences, kind_name, say
from retention_reports.resources import templates_folder

PACKAGE = Path(__file__).resolve().parents[1] / "retention_reports"
_KIND_AT = {
    "error": 1,
    "warning": 1,
    "report": 1,
    "Fault": 1,
    "Problem": 1,
    "UnreadableFileError": 0,
    "MappingError": 0,
}
"""Where the kind of a problem stands among the arguments of what notes or raises it."""


def _entries(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((templates_folder() / "wording" / language / "problems").glob("*.toml")):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            forms = entry if isinstance(entry, dict) else {"": entry}
            found |= {f"{file.stem}.{name}.{form}".rstrip("."): text for form, text in forms.items()}
    return found


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_tell_the_same_problems_with_the_same_values() -> None:
    german, english = _entries("de"), _entries("en")

    assert german.keys() == english.keys()
    assert [
        key for key in german if not key.endswith(".one") and _placeholders(german[key]) != _placeholders(english[key])
    ] == []


def test_every_message_that_the_program_says_has_its_words() -> None:
    known = {key.removesuffix(".one").removesuffix(".other") for key in _entries("en")}
    said = {
        node.args[0].value
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and "retention_reports/presentation" not in file.as_posix()
    }

    assert said - known == set()


def test_every_kind_of_problem_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        named = {key.removeprefix("kinds.") for key in _sentences(language) if key.startswith("kinds.")}
        assert _kinds() - named == set()


def _kinds() -> set[str]:
    """Return every kind that the code gives to a problem as a word of its own, or takes from `_PROBLEM_KINDS`."""
    nodes = [node for file in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    words = [word for node in nodes for word in _kinds_in(node)]
    return {word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)}


def _kinds_in(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return node.args[_KIND_AT[name] :][:1] if name in _KIND_AT else []
    is_table = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_PROBLEM_KINDS"
    return node.value.values if is_table and isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) else []


@pytest.fixture
def _two_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = {"rows.left.one": "one row", "rows.left.other": "{n} rows", "rows.why": "{left} ({reason})"}
    monkeypatch.setattr("retention_reports.messages._sentences", lambda _: sentences)


@pytest.mark.usefixtures("_two_sentences")
def test_numbers_choose_the_form_and_are_grouped_as_the_language_does() -> None:
    assert [say("rows.left", n=number).said_in("de") for number in (1, 0, 1047)] == ["one row", "0 rows", "1.047 rows"]
    assert str(say("rows.left", n=1047)) == "1,047 rows"


@pytest.mark.usefixtures("_two_sentences")
def test_a_message_may_be_part_of_another_and_a_cell_is_never_a_pattern() -> None:
    assert str(say("rows.why", left=say("rows.left", n=2), reason="{n}")) == "2 rows ({n})"


def test_messages_are_compared_by_what_they_say() -> None:
    assert say("a.b", x="1", n=2) == Message("a.b", (("n", 2), ("x", "1")))
    assert kind_name("duplicate row", "de") == "doppelte Zeile"
