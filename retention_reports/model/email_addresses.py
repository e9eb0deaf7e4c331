"""E-mail addresses: what counts as one, and the one in a cell that holds more."""

from __future__ import annotations

import re

# Not every address of the standard, but every one in common use: one @, no blanks, a domain of at least two labels of
# letters, digits and hyphens, the last one without digits.
ADDRESS = r"[^@\s,;<>()\[\]\"]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
_ADDRESS = re.compile(ADDRESS)
_BETWEEN = re.compile(r"[\s,;<>()\[\]\"|]+")


def addresses_in(cell: str) -> list[str]:
    """Return the addresses among the words of a cell, in their order; points behind them and `mailto:` are no part."""
    words = [word.removeprefix("mailto:").rstrip(".") for word in _BETWEEN.split(cell)]
    return [word for word in words if _ADDRESS.fullmatch(word)]
