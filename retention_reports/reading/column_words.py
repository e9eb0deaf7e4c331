"""What columns and words are called in exports, as data: lists in five languages, and how names are compared.

`folded` makes the form in which names are compared; the lists stand in `presets/words.toml`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "€": "eur"})


def folded(text: str) -> str:
    """Return a name as names are compared: small letters and digits alone, `ä` as `ae`, other accents dropped."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if sign.isalnum())


def column_words(column: str) -> tuple[str, ...]:
    """Return what a standard column is called, folded, the surest name first."""
    return word_groups()[column]["exact"]


@cache
def word_groups() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return all lists by group and name; their words are folded."""
    text = files("retention_reports.presets").joinpath("words.toml").read_text(encoding="utf-8")
    return {
        group: {name: tuple(words.replace("_", "").split()) for name, words in entries.items()}
        for group, entries in tomllib.loads(text).items()
    }
