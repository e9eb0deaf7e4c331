"""Numbers as people write them to exact integers, or what to write instead."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.validation.currency_signs import currencies_of
from retention_reports.validation.faults import cell_fault, column_fault
from retention_reports.validation.number_texts import BODIES, PERCENT, factor_of, number_text
from retention_reports.validation.ordinary_numbers import parse_ordinary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from retention_reports.validation.faults import Fault
    from retention_reports.validation.number_texts import NumberText

MONEY_PLACES = 4
_LARGEST_DIGITS = 12
"""Digits before the decimal sign; sums of larger amounts would no longer fit."""
_EXAMPLES = {"": "1234.56", ",": "1234,56", ".": "1234.56"}
_OTHER = {",": ".", ".": ","}
_CONTEXT = Context(prec=200)
"""Longer than any text of a number: nothing is rounded before the last step."""
_GROUPED_OR_DECIMALS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""A point that groups thousands, or three decimals: only other cells of the column can tell."""


@record
class NumberRules:
    """What may stand beside a column's numbers.

    `currency` is the client's (empty where the column holds no money), `marks` are the client's own words and what
    they multiply by, and `percent` is what a per cent sign does (None: it may not stand here).
    """

    currency: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
    percent: Decimal | None = None


@record
class Numbers:
    """The scaled value of each text, why others have none, and which lost decimals by rounding."""

    values: npt.NDArray[np.int64]
    faults: dict[int, Fault]
    rounded: tuple[int, ...] = ()


def parse_numbers(texts: Sequence[str], decimal: str, places: int, rules: NumberRules | None = None) -> Numbers:
    """Read texts that are not empty. Values are scaled by ten to the power of `places`, rounded half up.

    `decimal` is the declared decimal sign; empty stands for the point, without grouping by commas or points. All texts
    of a column together decide how it is written.
    """
    ordinary = parse_ordinary(ByteColumn.of(texts), decimal, places) if all(texts) else None
    if ordinary is not None:
        return Numbers(ordinary, {})
    return _parse_each(texts, decimal, places, rules or NumberRules())


def _parse_each(texts: Sequence[str], decimal: str, places: int, rules: NumberRules) -> Numbers:
    found = list(map(number_text, texts))
    faults = _form_faults([None if number is None else number.body for number in found], decimal)
    for place, fault in _mark_faults(found, rules).items():
        faults.setdefault(place, fault)
    values = np.zeros(len(texts), dtype=np.int64)
    rounded = []
    for place, number in enumerate(found):
        match = BODIES[decimal].fullmatch(number.body) if number is not None else None
        if number is None or match is None or place in faults:
            faults.setdefault(place, cell_fault("numbers.none", example=_EXAMPLES[decimal]))
            continue
        exact = _exact(match, number, rules).scaleb(places, _CONTEXT)
        size = exact.to_integral_value(ROUND_HALF_UP)
        if abs(size) >= 10 ** (_LARGEST_DIGITS + places):
            faults[place] = cell_fault("numbers.too_large", digits=_LARGEST_DIGITS)
            continue
        if size != exact:
            rounded.append(place)
        values[place] = -int(size) if number.negative else int(size)
    return Numbers(values, faults, tuple(rounded))


def _exact(match: re.Match[str], number: NumberText, rules: NumberRules) -> Decimal:
    digits = "".join(filter(str.isdigit, match["whole"]))
    exact = Decimal(f"{digits}.{match['fraction'] or '0'}")
    for mark in number.marks:
        factor = rules.percent if mark == PERCENT else factor_of(mark, rules.currency, rules.marks)
        exact = _CONTEXT.multiply(exact, factor if factor is not None else Decimal(1))
    return exact


def _form_faults(bodies: Sequence[str | None], decimal: str) -> dict[int, Fault]:
    """Tell which texts the declared form cannot read, or could read wrongly, and what the whole column says to that."""
    written = {body for body in bodies if body is not None and any(form.fullmatch(body) for form in BODIES.values())}
    other = {body for body in written if not BODIES[decimal].fullmatch(body)}
    pointed = {body for body in written if "." in body} if not decimal and not other else set()
    if not other and not (pointed and all(map(_GROUPED_OR_DECIMALS.fullmatch, pointed))):
        return {}
    fitting = [sign for sign in _OTHER if sign != decimal and all(map(BODIES[sign].fullmatch, written))]
    fault = _form_fault(decimal, fitting, sorted(written - other), sorted(other))
    return {place: fault for place, body in enumerate(bodies) if body is not None and body in (other or pointed)}


def _form_fault(decimal: str, fitting: Sequence[str], usual: Sequence[str], other: Sequence[str]) -> Fault:
    if len(fitting) > 1 or not other:
        return column_fault("numbers.grouped_or_decimal")
    if not fitting:
        known = _EXAMPLES[decimal] if not usual else shown(usual[0])
        return column_fault("numbers.mixed", usual=known, other=shown(other[0]))
    if decimal:
        return column_fault("numbers.other_decimal", declared=decimal, found=fitting[0])
    return column_fault("numbers.comma" if fitting[0] == "," else "numbers.grouped", found=fitting[0])


def _mark_faults(found: Sequence[NumberText | None], rules: NumberRules) -> dict[int, Fault]:
    known: dict[str, Fault | None] = {}
    faults = {}
    for place, number in enumerate(found):
        for mark in () if number is None else number.marks:
            if mark not in known:
                known[mark] = _mark_fault(mark, rules)
            fault = known[mark]
            if fault is not None:
                faults[place] = fault
    if rules.percent is not None and rules.percent != 1:
        faults |= _without_percent(found)
    return faults


def _mark_fault(mark: str, rules: NumberRules) -> Fault | None:
    if mark == PERCENT:
        return None if rules.percent is not None else column_fault("numbers.percent")
    if factor_of(mark, rules.currency, rules.marks) is not None:
        return None
    if rules.currency and currencies_of(mark):
        return column_fault("numbers.other_currency", sign=shown(mark), currency=rules.currency)
    return column_fault("numbers.unknown_mark", sign=shown(mark), mark=shown(mark))


def _without_percent(found: Sequence[NumberText | None]) -> dict[int, Fault]:
    """Refuse the numbers without a sign in a column where others carry it: 0.1 may be meant as 10 % or as 0.1 %."""
    numbers = {place: number for place, number in enumerate(found) if number is not None}
    if not any(PERCENT in number.marks for number in numbers.values()):
        return {}
    fault = column_fault("numbers.some_percent")
    return {
        place: fault for place, number in numbers.items() if PERCENT not in number.marks and number.body.strip("0.,")
    }


def round_half_up(numerators: npt.NDArray[np.object_], denominator: int) -> npt.NDArray[np.int64]:
    """Divide exact integers (Python's own, in an object array), rounding half away from zero."""
    signs = np.where(numerators < 0, -1, 1)
    sizes = (2 * abs(numerators) + denominator) // (2 * denominator)
    quotients: npt.NDArray[np.int64] = (signs * sizes).astype(np.int64)
    return quotients
