"""All words of one language. Python chooses the sentence; the wording files hold it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable


@record
class Wording:
    """Sentences by key, `<file>.<table>.<name>`; placeholders are filled with finished text only."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, /, **values: str) -> str:
        """Return the sentence with its placeholders filled.

        Raises:
            KeyError: the key or a placeholder's value is missing (a mistake in the program or the wording files).
        """
        return self.sentences[key].format_map(values)

    def count(self, key: str, number: int, /, **values: str) -> str:
        """Return the sentence for a number: its `zero` form (where it has one), `one`, or `other`.

        The number itself is given as a finished text in `values` like any other placeholder.
        """
        form = "zero" if number == 0 and f"{key}.zero" in self.sentences else "one" if number == 1 else "other"
        return self.say(f"{key}.{form}", **values)

    def has(self, key: str) -> bool:
        """Tell whether there is a sentence of that key."""
        return key in self.sentences

    def group(self, prefix: str) -> dict[str, str]:
        """Return all sentences below a prefix, by the rest of their key."""
        start = f"{prefix}."
        return {key[len(start) :]: text for key, text in self.sentences.items() if key.startswith(start)}


def load_wording(folder: Traversable, language: str) -> Wording:
    """Read every wording file of the language: `<folder>/<language>/<name>.toml`."""
    sentences: dict[str, str] = {}
    files = [file for file in (folder / language).iterdir() if file.name.endswith(".toml")]
    for file in sorted(files, key=lambda entry: entry.name):
        _collect(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")), sentences)
    return Wording(language, sentences)


def _collect(prefix: str, entries: Mapping[str, object], sentences: dict[str, str]) -> None:
    for name, value in entries.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _collect(key, value, sentences)
        else:
            sentences[key] = str(value)
