"""Why a customer was contacted: to sell or bill, or to give."""

from __future__ import annotations

import re

BUSINESS_WORDS = (
    *("angebot", "auftragsbestätigung", "lieferschein", "mahnung", "preiserhöhung", "preisliste", "rechnung"),
    *("zahlungserinnerung", "delivery note", "dunning", "invoice", "offer", "order confirmation", "payment reminder"),
    *("price increase", "price list", "quotation", "quote"),
)
"""A contact whose occasion has a word that begins so sells or bills; every other contact gives."""

_BUSINESS = re.compile(r"\b(?:" + "|".join(BUSINESS_WORDS) + ")", re.IGNORECASE)


def is_business(occasion: str) -> bool:
    """Tell whether an occasion sells or bills."""
    return _BUSINESS.search(occasion) is not None
