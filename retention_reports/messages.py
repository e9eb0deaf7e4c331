"""What users are told about their data, in their language: a sentence by its key and what fills its places.

The sentences stand in `templates/wording/<language>/problems/<file>.toml`, called `<file>.<name>`. A sentence may
have the forms `one` and `other`, of which the value `n` chooses. A file's table `kinds` names the kinds of problems.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.records import record
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

LANGUAGES = ("de", "en")
ENGLISH = "en"
KINDS = "kinds"
_GERMAN_SIGNS = str.maketrans(",.", ".,")

_DAYS = {"en": "%Y-%m-%d", "de": "%d.%m.%Y"}

Value: TypeAlias = "str | int | Decimal | date | Message | InLanguages | Private"


@record
class Message:
    """A sentence by its key. `values` fill its places: texts as they are, numbers and days as the language writes them.

    A value may be a message itself, said in the same language. A value `cause` stands in no sentence: it keeps apart
    what has the same key and needs another cure, such as two unknown words of one column.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def cause(self) -> str:
        """What messages of one cause have in common."""
        return f"{self.key} {dict(self.values).get('cause', '')}"

    def said_in(self, language: str) -> str:
        """Return the sentence in a language.

        Raises:
            KeyError: there is no such sentence, or a place has no value (a mistake in the program).
        """
        words = {name: _said(value, language) for name, value in self.values}
        return _pattern(self.key, dict(self.values).get("n"), language).format_map(words)

    def without_values(self) -> Message:
        """Return the message without what cells say that are about persons."""
        return Message(self.key, tuple((name, _without_value(value)) for name, value in self.values))

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.said_in(ENGLISH)


@record
class InLanguages:
    """A text that comes with its translations, such as one that a preset brings: (language, text)."""

    texts: tuple[tuple[str, str], ...]


@record
class Private:
    """What a cell says that is about a person, quoted; `Message.without_values` takes it out."""

    text: str


HIDDEN = Message("data.hidden")
"""Stands for what is private."""


def unless_it_names(identifier: str, quoted: str) -> str | Private:
    """Return a customer's id as it is quoted, private where the id is a name or an address.

    Those have letters alone, blanks or an @. Of any other id only whoever has the files knows whose it is.
    """
    is_a_code = any(sign.isdigit() for sign in identifier) and "@" not in identifier and " " not in identifier
    return quoted if is_a_code or not identifier else Private(quoted)


def say(key: str, /, **values: Value) -> Message:
    """Return a message; `n`, where given as a number, chooses between the forms `one` and `other`."""
    return Message(key, tuple(sorted(values.items())))


def kind_name(kind: str, language: str) -> str:
    """Return what a kind of problem is called in a language."""
    return _sentences(language).get(f"{KINDS}.{kind}", kind)


@cache
def _sentences(language: str) -> Mapping[str, str]:
    sentences: dict[str, str] = {}
    folder = templates_folder() / "wording" / language / "problems"
    for file in sorted(folder.glob("*.toml")):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if not isinstance(entry, dict):
                sentences[f"{file.stem}.{name}"] = entry
                continue
            start = name if name == KINDS else f"{file.stem}.{name}"
            sentences |= {f"{start}.{form}": text for form, text in entry.items()}
    return sentences


def _without_value(value: Value) -> Value:
    if isinstance(value, Private):
        return HIDDEN
    return value.without_values() if isinstance(value, Message) else value


def _pattern(key: str, number: Value | None, language: str) -> str:
    sentences = _sentences(language)
    if key in sentences:
        return sentences[key]
    return sentences[f"{key}.{'one' if number == 1 else 'other'}"]


def _said(value: Value, language: str) -> str:
    if isinstance(value, Message):
        return value.said_in(language)
    if isinstance(value, str):
        return value
    if isinstance(value, Private):
        return value.text
    if isinstance(value, InLanguages):
        return dict(value.texts)[language]
    if isinstance(value, date):
        return value.strftime(_DAYS[language])
    number = f"{value:,}"
    return number.translate(_GERMAN_SIGNS) if language == "de" else number
