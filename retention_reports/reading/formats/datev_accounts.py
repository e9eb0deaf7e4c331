"""What an account of DATEV's charts 03 and 04 stands for, and which rate of tax a booking's amount holds.

Accounts are compared by their first four digits: longer ones are the same with zeros behind. The two charts number
revenue alike, 03 from 8000 and 04 from 4000 on. Sources: DATEV's charts of accounts SKR 03 and SKR 04 (automatic
accounts "AM") and its list of tax keys; German rates of value-added tax by day (§ 12 and § 28 UStG).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHARTS = ("03", "04")
_DIGITS = 4
_FIRST_OF_REVENUE = {"03": 8000, "04": 4000}
_REVENUE = range(700)
_PRIVATE_USE = range(600, 700)
_DEDUCTIONS = range(700, 800)
_CASH_DISCOUNTS = range(730, 740)
_MONEY = {"03": range(1000, 1400), "04": range(1600, 1900)}
_DOWN_PAYMENTS = {"03": range(1710, 1722), "04": range(3250, 3285)}
_OPENING = range(9000, 10_000)
_FULL = (range(315, 320), range(400, 411), range(720, 722), range(726, 727), range(760, 762), range(790, 792))
_REDUCED = (range(300, 315), range(710, 712), range(725, 726), range(750, 752), range(780, 782))
_SIXTEEN = (range(340, 350), range(723, 724))
_OF_OTHER_COUNTRIES = range(320, 330)
_UNSURE = (range(300, 500), range(510, 520), range(560, 570), range(710, 770), range(775, 800))
"""Where automatic accounts stand: what is not listed above may hold tax or not."""
_FREE = (range(336, 340), range(724, 725), range(727, 728), range(769, 770))
_WITHOUT_AUTOMATIC = 4
_NO_AUTOMATIC = (40, 80)
_REVERSING = (2, 8)
_KEY_RATES: Mapping[int, str] = {
    1: "free",
    2: "reduced",
    3: "full",
    5: "16",
    10: "free",
    11: "free",
    12: "reduced",
    13: "full",
}
_LOWERED = (date(2020, 7, 1), date(2020, 12, 31))
_FULL_FROM = ((date(2007, 1, 1), 19), (date(1998, 4, 1), 16), (date.min, 15))


class Side(StrEnum):
    """What stands opposite a debtor."""

    REVENUE = "revenue"
    CASH_DISCOUNT = "cash_discount"
    PAYMENT = "payment"
    DOWN_PAYMENT = "down_payment"
    OPENING = "opening"
    OTHER = "other"


def plain_account(text: str) -> str:
    """Return an account's number without zeros in front; empty where it is no number."""
    return text.lstrip("0") if text.isascii() and text.isdecimal() else ""


def is_debtor(account: str, length: int) -> bool:
    """Tell whether an account is a customer's: one digit longer than the others, and below the creditors' (7 to 9)."""
    return len(account) == length + 1 and account[0] in "123456"


def is_creditor(account: str, length: int) -> bool:
    """Tell whether an account is a supplier's."""
    return len(account) == length + 1 and account[0] in "789"


def main_number(account: str, length: int) -> int:
    """Return the first four digits of an account of the ledger, as a number."""
    return int(account.zfill(length)[:_DIGITS]) if account else 0


def side_of(number: int, chart: str) -> Side:
    """Return what an account of the ledger stands for, by its first four digits."""
    place = number - _FIRST_OF_REVENUE[chart]
    if place in _CASH_DISCOUNTS:
        return Side.CASH_DISCOUNT
    if (place in _REVENUE and (chart == "03" or place not in _PRIVATE_USE)) or place in _DEDUCTIONS:
        return Side.REVENUE
    if number in _MONEY[chart]:
        return Side.PAYMENT
    if number in _DOWN_PAYMENTS[chart]:
        return Side.DOWN_PAYMENT
    return Side.OPENING if number in _OPENING else Side.OTHER


def is_reversal_key(key: str) -> bool:
    """Tell whether a tax key of two digits reverses its booking (20 to 29, 80 to 89)."""
    return len(key) == len("20") and key.isdecimal() and int(key[0]) in _REVERSING


def rate_of_key(key: str, day: date) -> Fraction | None:
    """Return the rate that a tax key stands for; None where the key is not known."""
    number = int(key) if key.isascii() and key.isdecimal() else -1
    if number in _NO_AUTOMATIC:
        return Fraction(0)
    if number in _KEY_RATES:
        return _rate(_KEY_RATES[number], day)
    if len(str(number)) == len("20") and number // 10 in (*_REVERSING, _WITHOUT_AUTOMATIC):
        return _rate(_KEY_RATES[number % 10], day) if number % 10 in _KEY_RATES else None
    return None


def is_bare_key(key: str) -> bool:
    """Tell whether a key says nothing of a rate of its own: none at all, or 20, which only reverses."""
    return key in {"", "0", "00", "20"}


def rate_of_account(number: int, chart: str, day: date, foreign: Fraction | None) -> Fraction | None:
    """Return the rate that an account has by itself; None where that cannot be told.

    `foreign` is the rate that the booking gives for deliveries taxed in another country of the EU.
    """
    place = number - _FIRST_OF_REVENUE[chart]
    for kind, places in (("full", _FULL), ("reduced", _REDUCED), ("16", _SIXTEEN), ("free", _FREE)):
        if any(place in span for span in places):
            return _rate(kind, day)
    if place in _OF_OTHER_COUNTRIES:
        return foreign
    return None if any(place in span for span in _UNSURE) else Fraction(0)


def _rate(kind: str, day: date) -> Fraction:
    lowered = _LOWERED[0] <= day <= _LOWERED[1]
    if kind == "full":
        return Fraction(16) if lowered else Fraction(next(rate for start, rate in _FULL_FROM if day >= start))
    if kind == "reduced":
        return Fraction(5 if lowered else 7)
    return Fraction(16 if kind == "16" else 0)
