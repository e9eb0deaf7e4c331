"""Texts that a spreadsheet program would take for a formula, and how they are made harmless.

Such a program takes a cell of a CSV file that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, some
also after spaces or in full-width letters.
"""

from __future__ import annotations

import unicodedata

_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n")
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
"""Unicode categories of characters that a program may skip before it looks for a formula."""


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula: with an apostrophe first where it could be one."""
    return f"'{text}" if could_be_formula(text) else text


def could_be_formula(text: str) -> bool:
    """Tell whether a text begins like a formula, directly or after characters that nobody sees."""
    if text[:1] in _BEGINS_A_FORMULA:
        return True
    first = next((sign for sign in text if sign in _BEGINS_A_FORMULA or not _is_invisible(sign)), "")
    return unicodedata.normalize("NFKC", first)[:1] in _BEGINS_A_FORMULA


def _is_invisible(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in _INVISIBLE
