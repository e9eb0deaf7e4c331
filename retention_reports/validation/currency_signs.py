"""Which currencies a sign or a word beside an amount can mean."""

from __future__ import annotations

import unicodedata

_DOLLARS = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP"
_BY_SIGN = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "$": _DOLLARS, "us$": "USD", "usd$": "USD", "c$": "CAD", "ca$": "CAD",
    "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "mx$": "MXN", "dollar": _DOLLARS,
    "£": "GBP", "¥": "JPY CNY", "円": "JPY", "元": "CNY", "rmb": "CNY", "fr": "CHF", "sfr": "CHF", "fs": "CHF",
    "franken": "CHF", "kr": "SEK NOK DKK ISK", "skr": "SEK", "nkr": "NOK", "dkr": "DKK", "zł": "PLN", "zl": "PLN",
    "kč": "CZK", "ft": "HUF", "lei": "RON", "\u043b\u0432": "BGN", "₺": "TRY", "tl": "TRY", "₹": "INR", "rs": "INR",
    "₽": "RUB", "\u0440\u0443\u0431": "RUB", "₴": "UAH", "₪": "ILS", "₩": "KRW", "r$": "BRL", "dm": "DEM",
}  # fmt: skip
_ALL_CODES = (
    "AED ARS AUD BAM BGN BRL CAD CHF CLP CNY COP CZK DEM DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JPY KRW MAD MKD "
    "MXN MYR NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR"
)
_CODES = frozenset(_ALL_CODES.split())


def currencies_of(word: str) -> frozenset[str]:
    """Return the codes of the currencies that a word beside an amount may stand for; none where it names no currency.

    A currency sign that is not known stands for itself, which is no client's currency.
    """
    folded = word.casefold().rstrip(".")
    if folded.upper() in _CODES:
        return frozenset({folded.upper()})
    if folded in _BY_SIGN:
        return frozenset(_BY_SIGN[folded].split())
    is_sign = len(word) == 1 and unicodedata.category(word) == "Sc"
    return frozenset({word}) if is_sign else frozenset()
