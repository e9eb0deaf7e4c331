"""Numbers as people write them to exact integers, or what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.validation.ordinary_numbers import parse_ordinary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

MONEY_PLACES = 4
_LARGEST_DIGITS = 12
"""Digits before the decimal sign; sums of larger amounts would no longer fit."""
_CURRENCY = r"(?:[€$£¥]|[A-Z]{2,3})"
_GROUPS = {"": "[ ]", ",": "[. ]", ".": "[, ]"}
# All cells at once, joined by line breaks: scaled by a million, they are still exact as floats (15 digits).
_ORDINARY = {
    decimal: re.compile(rf"(?:-?{whole}(?:[{decimal or '.'}][0-9]{{1,4}})?\n)*+")
    for decimal, whole in {
        "": "[0-9]{1,9}",
        ",": r"(?:[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2})",
        ".": "(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})",
    }.items()
}


@record
class Numbers:
    """The scaled value of each text, the message for each that is none, and which lost decimals by rounding."""

    values: npt.NDArray[np.int64]
    faults: dict[int, str]
    rounded: tuple[int, ...] = ()


def _pattern(decimal: str) -> re.Pattern[str]:
    group = _GROUPS[decimal]
    point = re.escape(decimal or ".")
    return re.compile(
        rf"{_CURRENCY}?\s*(?P<sign>[-+−]?)\s*{_CURRENCY}?\s*"
        rf"(?P<whole>[0-9]{{1,3}}(?P<group>{group})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+)"
        rf"(?:{point}(?P<fraction>[0-9]+))?\s*{_CURRENCY}?\s*(?P<trailing>-?)\s*{_CURRENCY}?"
    )


_PATTERNS = {decimal: _pattern(decimal) for decimal in _GROUPS}


def parse_numbers(texts: Sequence[str], decimal: str, places: int) -> Numbers:
    """Read texts that are not empty. Values are scaled by ten to the power of `places`, rounded half up.

    `decimal` is the declared decimal sign; empty stands for the point, without grouping.
    """
    ordinary = parse_ordinary(ByteColumn.of(texts), decimal, places) if all(texts) else None
    return _parse_each(texts, decimal, places) if ordinary is None else Numbers(ordinary, {})


def _parse_each(texts: Sequence[str], decimal: str, places: int) -> Numbers:
    values = np.zeros(len(texts), dtype=np.int64)
    faults = {}
    rounded = []
    for position, text in enumerate(texts):
        match = _PATTERNS[decimal].fullmatch(text)
        if match is None or (match["sign"] and match["trailing"]):
            faults[position] = _remedy(text, decimal)
            continue
        whole = match["whole"].replace(match["group"] or " ", "").lstrip("0")
        if len(whole) > _LARGEST_DIGITS:
            faults[position] = f"{shown(text)} is too large (at most {_LARGEST_DIGITS} digits before the decimal sign)"
            continue
        fraction = match["fraction"] or ""
        if fraction[places:].strip("0"):
            rounded.append(position)
        size = int((whole + fraction[:places].ljust(places, "0")) or "0") + (fraction[places : places + 1] >= "5")
        values[position] = -size if match["sign"] in {"-", "−"} or match["trailing"] else size
    return Numbers(values, faults, tuple(rounded))


def _remedy(text: str, decimal: str) -> str:
    if not decimal and _PATTERNS[","].fullmatch(text):
        return f'{shown(text)} is not a number with a decimal point (declare decimal = "," in client.toml)'
    if not decimal and _PATTERNS["."].fullmatch(text):
        return f'{shown(text)} groups thousands (declare decimal = "." in client.toml, or write it without grouping)'
    if decimal and _PATTERNS["." if decimal == "," else ","].fullmatch(text):
        return (
            f'{shown(text)} is not a number with the declared decimal = "{decimal}" (write it as {_example(decimal)})'
        )
    return f"{shown(text)} is not a number (write it as {_example(decimal)})"


def _example(decimal: str) -> str:
    return {"": "1234.56", ",": "1.234,56 or 1234,56", ".": "1,234.56 or 1234.56"}[decimal]


def round_half_up(numerators: npt.NDArray[np.object_], denominator: int) -> npt.NDArray[np.int64]:
    """Divide exact integers (Python's own, in an object array), rounding half away from zero."""
    signs = np.where(numerators < 0, -1, 1)
    sizes = (2 * abs(numerators) + denominator) // (2 * denominator)
    quotients: npt.NDArray[np.int64] = (signs * sizes).astype(np.int64)
    return quotients
