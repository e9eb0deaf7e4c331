"""Words of `client.toml` that stand for words of a file: each for itself, or `GS-*` for all that begin so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = TypeVar("Value")
_REST = "*"


class WordTable(Generic[Value]):
    """What words stand for. A word alone goes before the beginning of words, a longer beginning before a shorter.

    `*` alone stands for every word that is not empty.
    """

    def __init__(self, by_word: Mapping[str, Value]) -> None:
        """Keep the words as they are compared."""
        self._exact = dict(by_word)
        starts = ((word.removesuffix(_REST), value) for word, value in by_word.items() if word.endswith(_REST))
        self._starts = sorted(starts, key=lambda pair: -len(pair[0]))

    def get(self, word: str) -> Value | None:
        """Return what a word stands for; None where nothing is said of it."""
        if word in self._exact:
            return self._exact[word]
        return next((value for start, value in self._starts if word and word.startswith(start)), None)


def is_seen(word: str, seen: Iterable[str]) -> bool:
    """Tell whether a word (or the beginning that it stands for) occurs."""
    if word.endswith(_REST):
        start = word.removesuffix(_REST)
        return any(other.startswith(start) for other in seen if other)
    return word in set(seen)
