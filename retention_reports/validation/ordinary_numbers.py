"""Numbers that are written in the most usual way, read from bytes in all rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.reading.byte_columns import ByteColumn

    _Flags: TypeAlias = npt.NDArray[np.bool_]
    _Counts: TypeAlias = npt.NDArray[np.int8]
    _Numbers: TypeAlias = npt.NDArray[np.int64]

GROUP_SIGN = {"": "", ",": ".", ".": ","}
_MOST_WHOLE = 9
_MOST_DECIMALS = 4
_GROUP = 3
_BASE = 10
_WIDEST = len("-123.456.789,1234")


def parse_ordinary(column: ByteColumn, decimal: str, places: int) -> _Numbers | None:
    """Read cells of up to nine digits (grouped or not) and four decimals; None if a single one is not like that.

    Also None where the point of an undeclared form may group thousands in every cell that has one. Values are scaled
    by ten to the power of `places` (four or more). An empty cell is 0.
    """
    if not 0 < column.widest <= _WIDEST:
        return None
    signs = column.positions(column.widest)
    inside = np.arange(column.widest, dtype=np.uint8)[:, np.newaxis] < column.widths.astype(np.uint8)
    digits = signs - np.uint8(ord("0"))
    is_digit = (digits < _BASE) & inside
    is_point = (signs == ord(decimal or ".")) & inside
    is_negative = (signs[0] == ord("-")) & inside[0]
    decimals = _behind(is_point, is_digit)
    whole, points = _count(is_digit) - decimals, _count(is_point)
    known = whole + points + decimals + is_negative
    # No number is grouped behind a leading zero: `0.500` is a half.
    leads_with_zero = np.where(is_negative, signs[min(1, column.widest - 1)], signs[0]) == ord("0")
    if decimal and (known != column.widths).any():
        is_group = (signs == ord(GROUP_SIGN[decimal])) & inside
        known += np.where(_is_grouped(is_group, is_digit, whole) & ~leads_with_zero, _count(is_group), 0)
    usable = (whole >= 1) & (whole <= _MOST_WHOLE) & (decimals <= _MOST_DECIMALS) & (points == (decimals > 0))
    three = (decimals == _GROUP) & (whole <= _GROUP) & ~leads_with_zero
    if not decimal and points.any() and three[points > 0].all():
        return None
    if not (usable & (known == column.widths) | (column.widths == 0)).all():
        return None
    sizes = _sizes(digits, is_digit) * (_BASE ** np.arange(places + 1))[places - decimals]
    return np.where(is_negative, -sizes, sizes)


def _count(flags: _Flags) -> _Counts:
    counts: _Counts = flags.sum(axis=0, dtype=np.int8)
    return counts


def _behind(is_point: _Flags, is_digit: _Flags) -> _Counts:
    """Count the digits behind the (first) point."""
    decimals = np.zeros(is_digit.shape[1], dtype=np.int8)
    behind = np.zeros(is_digit.shape[1], dtype=np.bool_)
    for point, digit in zip(is_point, is_digit, strict=True):
        behind |= point
        decimals += behind & digit
    return decimals


def _is_grouped(is_group: _Flags, is_digit: _Flags, whole: _Counts) -> _Flags:
    """Tell where a sign stands between every three digits before the point, counted from there, and nowhere else."""
    before = np.zeros_like(whole)
    grouped: _Flags = _count(is_group) == (whole - 1) // _GROUP
    follows = np.zeros_like(grouped)
    for group, digit in zip(is_group, is_digit, strict=True):
        before += digit
        left = whole - before
        grouped &= ~group | ((before > 0) & (left > 0) & (left % _GROUP == 0) & ~follows)
        follows = group
    return grouped


def _sizes(digits: npt.NDArray[np.uint8], is_digit: _Flags) -> _Numbers:
    """Return the number that each cell's digits make, whatever stands between them."""
    sizes = np.zeros(digits.shape[1], dtype=np.int64)
    factors = is_digit * np.uint8(_BASE - 1) + np.uint8(1)
    for factor, digit in zip(factors, digits * is_digit, strict=True):
        sizes *= factor
        sizes += digit
    return sizes
