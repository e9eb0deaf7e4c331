"""How a name is written."""

from __future__ import annotations

_LONGEST_ABBREVIATION = 4


def in_capitals(name: str) -> bool:
    """Tell whether a name is written in capitals; short ones may be abbreviations (IKEA, BMW AG)."""
    return name.isupper() and any(len(word) > _LONGEST_ABBREVIATION and word.isalpha() for word in name.split())
