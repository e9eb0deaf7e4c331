"""Which signs need no cleaning, told for a whole text at once."""

from __future__ import annotations

import unicodedata


def is_plain(text: str) -> bool:
    """Tell whether every sign can be printed and stands in its composed form, none a combining mark.

    Of blanks, only the ordinary one is plain; line breaks, tabs and invisible signs are not. Every part of a plain
    text is plain.
    """
    if not text.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not any(map(_is_mark, set(text))))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")
