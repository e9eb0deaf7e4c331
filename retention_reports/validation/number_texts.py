"""One number as people write it, taken apart: its sign, its digits, and what stands beside them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.validation.currency_signs import currencies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 80
"""Signs of the longest text that is taken for a number."""
_MOST_MARKS = 3
MINUS_SIGNS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
"""Signs that are printed, or were meant, as a minus; a soft hyphen among them."""
_AS_PLAIN = str.maketrans(
    {
        **dict.fromkeys(MINUS_SIGNS, "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"),
    }
)
# Each part takes what it can and gives nothing back but digits' followers: the time grows with the length alone.
_PARTS = re.compile(r"([^0-9]*+)([0-9](?:.*[0-9])?)([^0-9]*+)", re.DOTALL)
_WHOLE_PRICE = re.compile(r"[.,] ?-{1,2}")
"""How Swiss and German price tags write that there are no cents: `50.-`, `50,--`."""
_GROUPS = {"": "[' ]", ",": "[.' ]", ".": "[,' ]"}
_INDIAN = {"": "", ",": "", ".": "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"}
"""Lakhs and crores: `1,00,000.00` groups by two digits before the last three."""
BODIES = {
    decimal: re.compile(
        rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<group>{group})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*{_INDIAN[decimal]}|[0-9]+)"
        rf"(?:{re.escape(decimal or '.')}(?P<fraction>[0-9]+))?"
    )
    for decimal, group in _GROUPS.items()
}
"""Digits as each declared decimal sign has them. No number is grouped behind a leading zero."""
_POWERS = {
    "tsd": 1_000, "tausend": 1_000, "thousand": 1_000, "mio": 1_000_000, "million": 1_000_000, "millionen": 1_000_000,
    "mrd": 1_000_000_000, "milliarden": 1_000_000_000,
}  # fmt: skip
_POWERS_OF_CURRENCIES = {"t": 1_000, "k": 1_000, "tsd": 1_000, "mio": 1_000_000, "mrd": 1_000_000_000}
"""What stands close before a currency: `T€`, `kEUR`. Alone, these letters could mean other things."""
PERCENT = "%"


@record
class NumberText:
    """The digits with what groups them, and the words beside them as they are written."""

    body: str
    negative: bool
    marks: tuple[str, ...] = ()


def number_text(text: str) -> NumberText | None:
    """Take a text apart; None where it cannot be one number, or where two signs contradict each other."""
    parts = _PARTS.fullmatch(text.translate(_AS_PLAIN)) if len(text) <= _LONGEST else None
    if parts is None:
        return None
    head, body, tail = parts[1].strip().removeprefix("'"), parts[2], parts[3]
    if price := _WHOLE_PRICE.match(tail):
        tail = tail[price.end() :]
    tail = tail.strip()
    in_brackets = "(" in head and ")" in tail
    if in_brackets:
        head, tail = _without(head, "("), _without(tail, ")")
    head, before = _without_sign(head)
    tail, behind = _without_sign(tail)
    marks = (*head.split(), *tail.split())
    if in_brackets + bool(before) + bool(behind) > 1 or behind == "+" or len(marks) > _MOST_MARKS:
        return None
    if any(not any(map(_says_something, mark)) for mark in marks):
        return None
    return NumberText(body, in_brackets or "-" in {before, behind}, marks)


def _without(text: str, sign: str) -> str:
    return text.replace(sign, " ", 1).strip()


def _without_sign(text: str) -> tuple[str, str]:
    """Return what stands beside a plus or minus, and that sign (at an end: within, it joins words)."""
    if text[-1:] in {"-", "+"}:
        return text[:-1].rstrip(), text[-1]
    if text[:1] in {"-", "+"}:
        return text[1:].lstrip(), text[0]
    return text, ""


def _says_something(sign: str) -> bool:
    return sign.isalpha() or sign == PERCENT or bool(currencies_of(sign))


def factor_of(mark: str, currency: str, declared: Mapping[str, float]) -> Decimal | None:
    """Return by what a mark beside a number multiplies it; None where nobody can know.

    The client's own currency (empty in columns that hold no money) changes nothing.
    """
    if mark in declared:
        return Decimal(str(declared[mark]))
    folded = mark.casefold().rstrip(".")
    if currency and (folded == currency.casefold() or currency in currencies_of(mark)):
        return Decimal(1)
    if folded in _POWERS:
        return Decimal(_POWERS[folded])
    for power, factor in _POWERS_OF_CURRENCIES.items():
        if currency and folded.startswith(power) and currency in currencies_of(folded[len(power) :].lstrip(".")):
            return Decimal(factor)
    return None
