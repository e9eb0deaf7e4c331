"""Which standard column a heading names: word lists in five languages, kept as data."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "€": "eur"})
_SHORTEST_START = 5


def folded(text: str) -> str:
    """Return a name as names are compared: small letters and digits alone, `ä` as `ae`, other accents dropped."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if sign.isalnum())


def word_list(group: str, name: str) -> tuple[str, ...]:
    """Return a list of words, folded as `folded` does."""
    return _words()[group][name]


def group_of(word: str, group: str) -> str:
    """Return under which name of a group a word stands, or nothing."""
    plain = folded(word)
    return next((name for name, words in _words()[group].items() if plain in words), "")


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = files("retention_reports.presets").joinpath("words.toml").read_text(encoding="utf-8")
    return {
        group: {name: tuple(words.replace("_", "").split()) for name, words in entries.items()}
        for group, entries in tomllib.loads(text).items()
    }


def headings_named(column: str, header: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Return the headings that a column's word list names, the surest first; exact ones before those that begin so."""
    words = word_list(column, "exact")
    free = [heading for heading in header if heading and heading not in set(taken)]
    exact = sorted(
        (words.index(plain), place, heading)
        for place, heading in enumerate(free)
        if (plain := folded(heading)) in words
    )
    if exact:
        return [heading for _, _, heading in exact]
    longer = (word for word in words if len(word) >= _SHORTEST_START)
    return list(dict.fromkeys(heading for word in longer for heading in free if folded(heading).startswith(word)))
