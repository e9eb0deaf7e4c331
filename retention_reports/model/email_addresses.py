"""E-mail addresses: what counts as one, and the one in a cell that holds more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Not every address of the standard, but every one in common use: one @, no blanks, a domain of at least two labels of
# letters, digits and hyphens, the last one without digits.
ADDRESS = r"[^@\s,;<>()\[\]\"]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
_ADDRESS = re.compile(ADDRESS)
_ONE_A_LINE = re.compile(rf"(?:(?:{ADDRESS})?\n)*+")
_BETWEEN = re.compile(r"[\s,;<>()\[\]\"|]+")


def are_addresses(cells: Iterable[str]) -> bool:
    """Tell whether every cell is empty or an address; thousands of them are told at once."""
    return _ONE_A_LINE.fullmatch("".join(f"{cell}\n" for cell in cells)) is not None


def addresses_in(cell: str) -> list[str]:
    """Return the addresses among the words of a cell, in their order; points behind them and `mailto:` are no part."""
    words = [word.removeprefix("mailto:").rstrip(".") for word in _BETWEEN.split(cell)]
    return [word for word in words if _ADDRESS.fullmatch(word)]
