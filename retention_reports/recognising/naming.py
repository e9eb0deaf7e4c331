"""Which standard column a heading names, and under which name of a group a word stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.reading.column_words import column_words, folded, word_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHORTEST_START = 5


def group_of(word: str, group: str) -> str:
    """Return under which name of a group a word stands, or nothing."""
    plain = folded(word)
    return next((name for name, words in word_groups()[group].items() if plain in words), "")


def headings_named(column: str, header: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Return the headings that a column's word list names, the surest first; exact ones before those that begin so."""
    words = column_words(column)
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
