"""What a column that nobody reads seems to tell, by its name and its words: whether it may move revenue."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Subject: TypeAlias = Literal[
    "status", "currency", "rate", "type", "refund", "discount", "tax", "unit", "note", "company"
]

_STATUS = frozenset({"status", "estado", "statut", "etat", "zustand", "void", "voided", "stato", "stan", "stav"})
_CANCELLATION_PARTS = ("storn", "cancel", "annul", "anulad", "ersetztdurch", "replacedby", "superseded")
_STATUS_PARTS = ("status", *_CANCELLATION_PARTS)
_FLAGS = frozenset(
    {"state", "orderstate", "deleted", "isdeleted", "geloescht", "test", "istest", "testorder", "testbestellung"}
    | {"livemode", "testmode", "istestmode", "sandbox", "issandbox", "testbuchung"}
    | {"valid", "isvalid", "gueltig", "active", "isactive", "aktiv", "loeschkz", "loeschkennzeichen", "lkz"}
)
"""Whole headings of columns that tell of orders which are none; `Shipping State` is a place."""
_CURRENCY = frozenset({"wkz", "whg", "devise", "divisa", "munt"})
_CURRENCY_PARTS = ("waehrung", "currency", "valuta", "moneda", "monnaie", "munteenheid")
_RATES = frozenset({"kurs", "rate", "fx", "koers", "cours", "cambio", "tauxdechange"})
"""Whole headings of columns that hold exchange rates, as long as their cells are numbers."""
_RATE_PARTS = (
    *("wechselkurs", "umrechnungskurs", "devisenkurs", "tageskurs", "waehrungskurs", "kursfaktor", "exchangerate"),
    *("fxrate", "currencyrate", "conversionrate", "tauxdechange", "wisselkoers", "tipodecambio"),
)
_PLACE = frozenset(
    {"city", "country", "zip", "postcode", "postal", "region", "county", "street", "address", "ort", "plz", "stadt"}
)
"""Words in headings beside which `State` is a part of the country."""
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_COMPANIES = frozenset(
    {"mandant", "mandantennr", "mandantennummer", "mandantid", "buchungskreis", "bukrs", "firmennr", "firmennummer"}
    | {"companycode", "companyid", "legalentity", "gesellschaft", "tenant", "tenantid"}
)
"""Whole headings of columns that tell of which of several firms a row is."""
_UNIT = frozenset({"pe"})
"""What SAP calls the number of pieces that a price is for."""
_UNIT_PARTS = ("preiseinheit", "priceunit", "pricingunit", "priceper", "unitedeprix", "prijseenheid")
_TYPE = frozenset({"art", "typ", "type", "tipo", "soort", "kind", "avoir", "abono"})
_TYPE_PARTS = (
    *("belegart", "belegtyp", "dokumentart", "dokumenttyp", "vorgangsart", "rechnungsart", "rechnungstyp"),
    *("buchungsart", "buchungstyp", "transaktionstyp", "auftragsart", "auftragstyp", "documenttype", "doctype"),
    *("transactiontype", "ordertype", "invoicetype", "typededocument", "typedocument", "typepiece", "documentsoort"),
    *("tipodedocumento", "tipodocumento", "sollhaben", "gutschrift", "creditnote", "creditmemo", "notedecredit"),
    *("creditnota", "creditfactuur", "notadecredito"),
)
_REFUND_PARTS = (
    *("refund", "erstatt", "rueckzahl", "rembours", "terugbetaal", "terugbetaling", "reembols", "devoluci"),
    *("retour", "ruecksend", "returned"),
)
_SIDES_OF_ACCOUNTS = frozenset({"credit", "credits", "haben", "soll", "debit", "habenbetrag", "sollbetrag"})
_DISCOUNT = frozenset({"remise", "rabais"})
_DISCOUNT_PARTS = (
    "rabatt",
    "nachlass",
    "skonto",
    "discount",
    "escompte",
    "korting",
    "descuento",
    "gutschein",
    "coupon",
)

_CANCELLED = (
    *("storniert", "storno", "cancelled", "canceled", "abgebrochen", "annulliert", "annule", "geannuleerd"),
    *("anulado", "anulada", "cancelado", "cancelada", "voided", "annullat", "anulowan", "makulera", "annulleret"),
    *("kansellert", "stornovan", "zrusen", "peruutettu"),
)
_RETURNED = (
    *("refunded", "erstattet", "rembours", "terugbetaald", "reembolsad", "returned", "retourniert", "retoure"),
    *("chargeback", "rueckbuchung", "ruecklastschrift", "returnera", "restituit", "zwrocon"),
    *("zurueckgesendet", "zurueckgegeben", "retourne", "geretourneerd", "devuelto", "devuelta"),
)
_CREDITED = (
    *("gutschrift", "creditnote", "creditmemo", "notedecredit", "creditnota", "creditfactuur", "notadecredito"),
    *("rechnungskorrektur", "stornorechnung", "notadicredito", "kreditnota", "kreditfaktura", "dobropis"),
)
_FIRST_WORD = re.compile(
    r"\s*(?:storn|(?:rechnungs)?kopie\b|duplikat|duplicate\b|copy of|gutschrift"
    r"|rechnungskorrektur|erstattung|credit ?(?:note|memo)|cancell?ed|refund|avoir\b|nota de cr)",
    re.IGNORECASE,
)
"""With what notes begin that take back what their row says."""
_NOT_COUNTED = ("proforma",)
_PAYMENTS_AHEAD = (
    "anzahlung",
    "abschlag",
    "vorausrechnung",
    "downpayment",
    "prepayment",
    "acompte",
    "voorschot",
    "anticipo",
)
"""Bills that the last one of the same delivery bills again."""
_NOT_HAPPENED = frozenset(
    {"failed", "wcfailed", "fehlgeschlagen", "draft", "wccheckoutdraft", "entwurf", "trash", "deleted", "geloescht"}
    | {"avtraining", "avbelegabbruch", "training", "abandoned"}
    | {"rejected", "declined", "refused", "invalid", "abgelehnt", "zurueckgewiesen", "ungueltig", "refuse", "rechazado"}
)
_UNPAID = frozenset(
    {"pending", "unpaid", "onhold", "wconhold", "wcpending", "pendingpayment", "awaitingpayment", "paymentpending"}
    | {"notpaid", "unbezahlt", "nichtbezahlt", "zahlungausstehend", "wartetaufzahlung", "wartendaufzahlung"}
    | {"zahlungoffen", "enattentedepaiement", "enattente", "nonpaye", "impaye", "onbetaald", "wachtopbetaling"}
    | {"pendientedepago", "impagado", "nichtabgeschlossen", "abandonedcheckout"}
)
"""What shops call orders that wait for their payment; an invoice that is open is none of them."""
_YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "oui", "vrai", "si", "x"})
_NO = frozenset({"nein", "n", "no", "false", "falsch", "non", "faux", "nee", ""})
_INVOICES = ("rechnung", "invoice", "facture", "factuur", "factura", "fattura")
_SHORT_INVOICES = frozenset({"re", "rg", "inv", "ar", "fa", "rechn"})
_SHORT_OTHERS = frozenset(
    {"an", "ang", "ag", "ab", "auf", "ls", "li", "gs", "gu", "st", "sr", "ku", "rk", "az", "vk", "pf"}
    | {"qu", "so", "dn", "cm", "cn", "cr", "crn", "crm"}
)
"""How programs of German and English offices shorten invoices, and what else they list beside them."""
_NO_POSITIONS = (
    *("alternativ", "optional", "eventual", "bedarfsposition", "wahlposition", "zwischensumme", "subtotal"),
    *("textposition", "kommentar"),
)
_PARTS_OF_SETS = frozenset(
    {
        "kind",
        "child",
        "unterartikel",
        "komponente",
        "component",
        "stuecklistenposition",
        "bestandteil",
        "setbestandteil",
    }
    | {"unterposition", "bundleitem", "bundlechild"}
)
"""What lines are called whose amounts those of their sets hold."""
_SETS = frozenset(
    {
        "vater",
        "parent",
        "hauptartikel",
        "set",
        "bundle",
        "stueckliste",
        "bundleparent",
        "simple",
        "einfach",
        "setartikel",
    }
)
_POSITIONS = frozenset(
    {"standard", "normal", "normalposition", "position", "artikel", "item", "article", "produkt", "product", "default"}
)
"""What lines are called that count, beside which others do not."""
_ORDERS = frozenset({"auftrag", "bestellung", "order", "commande", "pedido", "ordine"})
_NO_INVOICES = (
    *("angebot", "offerte", "quotation", "quote", "kostenvoranschlag", "devis", "lieferschein", "deliverynote"),
    *("auftragsbestaetigung", "orderconfirmation", "bondelivraison", "presupuesto", "pakbon"),
)
_SIDES = (
    *({"soll": False, "haben": True}, {"debit": False, "credit": True}, {"dr": False, "cr": True}),
    *({"s": False, "h": True}, {"d": False, "c": True}),
)
"""The two sides of an account: which of its words takes away from what a customer owes."""
_GROSS = frozenset({"brutto", "gross", "ttc", "incl", "inkl", "inclusive", "inklusive", "bruto"})
_GROSS_PARTS = ("brutto", "incltax", "endbetrag", "zahlbetrag", "grandtotal", "amountdue")
_NET = frozenset({"netto", "net", "ht", "excl", "exkl", "exclusive", "exklusive", "neto"})
_SCALES = (
    (frozenset({"teur", "keur", "tchf", "tsd", "tausend", "thousand", "thousands", "tusd", "kusd"}), 1_000),
    (frozenset({"mio", "meur", "million", "millions", "millionen"}), 1_000_000),
    (frozenset({"cent", "cents", "ct", "pence", "rappen"}), 0.01),
)
"""Words of headings that say in what amounts are counted."""
_TAX = frozenset({"steuer", "steuern", "mwst", "ust", "tax", "taxes", "vat", "tva", "btw", "iva", "moms"})
_PRICE_PARTS = (
    *("einzelpreis", "stueckpreis", "unitprice", "priceeach", "preisprostueck", "prixunitaire", "stuksprijs"),
)
_PRICES = frozenset({"ep", "epnetto", "vk", "vkpreis", "poseinzel", "itemprice", "itemcost"})
_OPEN_PARTS = (
    *("offenerbetrag", "offenebetraege", "betragoffen", "restbetrag", "offenerposten", "openamount", "amountdue"),
    *("balancedue", "outstanding", "resteadu", "openstaand", "remainingamount"),
)
_OPEN = frozenset({"offen", "rest", "open", "balance", "saldo", "opos"})
_MARGIN_PARTS = ("deckungsbeitrag", "rohertrag", "rohgewinn", "grossprofit", "marge", "margin", "gewinn")
_MARGINS = frozenset({"db", "db1", "dbi", "profit", "margin", "marge"})
_PAYMENT_PARTS = (
    *("zahldatum", "zahlungsdatum", "zahltag", "bezahltam", "zahlungseingang", "paidat", "paidon", "paymentdate"),
    *("datepaid", "datedepaiement", "betaaldatum", "fechadepago", "valuta"),
)
_TAX_PARTS = ("mwst", "ust", "steuer", "vat", "tax", "tva", "btw", "iva")
_RATE_OF_TAX_PARTS = ("satz", "rate", "proz", "percent", "pct", "taux", "tarief", "tipo")
_NO_TAX = frozenset({"satz", "rate", "prozent", "percent", "code", "schluessel", "key", "id", "nr", "taux", "class"})
_SPELLINGS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_CODES = frozenset(
    (
        *(
            "EUR",
            "USD",
            "GBP",
            "CHF",
            "JPY",
            "CNY",
            "SEK",
            "NOK",
            "DKK",
            "PLN",
            "CZK",
            "HUF",
            "RON",
            "BGN",
            "TRY",
            "RUB",
        ),
        *("UAH", "CAD", "AUD", "NZD", "BRL", "MXN", "INR", "ZAR", "AED", "ILS", "SGD", "HKD", "KRW", "THB", "ISK"),
    )
)
_SIGNS = {
    "EUROS": "EUR",
    "DOLLAR": "USD",
    "US-DOLLAR": "USD",
    "FRANKEN": "CHF",
    "PFUND": "GBP",
    "POUND": "GBP",
    "€": "EUR",
    "EURO": "EUR",
    "£": "GBP",
    "$": "USD",
    "US$": "USD",
    "¥": "JPY",
    "SFR.": "CHF",
    "FR.": "CHF",
}


@record
class Told:
    """What a column seems to tell, and the words of it that betray something (empty: its name does).

    `example` is one of many texts, where they have no few words.
    """

    subject: Subject
    words: tuple[str, ...] = ()
    example: str = ""


def told_by(
    heading: str,
    words: Mapping[str, int] | None,
    currency: str,
    *,
    beside: Iterable[str] = (),
    some: Iterable[str] = (),
) -> Told | None:
    """Return what a column seems to tell of orders, or None where it is of no consequence.

    `words` holds how often each of its few words occurs; None where it has many, `some` of which are given. A column
    that has the same word in every row tells nothing apart. `beside` are the headings of the file.
    """
    if _is_place(heading, beside):
        return None
    if words is not None:
        by_words = _told_by_words(words, currency)
        if by_words is not None:
            return by_words
        if len(words) < 2 or _is_of_one_currency(words, currency):  # noqa: PLR2004 - nothing is told apart
            return None
    subject = _subject_of(heading)
    if subject is None or not _fits(subject, heading, words, list(some)):
        return None
    if subject == "refund" and words is not None and _is_flag(words):
        return Told("status", tuple(word for word in words if _compact(word) in _YES))
    return Told(subject)


def told_by_texts(texts: Iterable[str]) -> Told | None:
    """Return what some texts of a column of many say of their rows by their first word; None where none, or all, do."""
    filled = [text.strip() for text in texts]
    found = list(filter(takes_back, filled))
    return Told("note", example=found[0]) if 0 < len(found) < len(filled) else None


def takes_back(text: str) -> bool:
    """Tell whether a note begins with a word that takes back what its row says."""
    return _FIRST_WORD.match(text) is not None


def _is_place(heading: str, beside: Iterable[str]) -> bool:
    return _compact(heading) == "state" and any(not _PLACE.isdisjoint(_tokens(other)) for other in beside)


def _fits(subject: Subject, heading: str, words: Mapping[str, int] | None, some: Sequence[str]) -> bool:
    """Tell whether a column's words are such as its name promises."""
    if subject == "rate":
        rates = [word for word in (some if words is None else words) if word]
        return all(map(_NUMBER.fullmatch, rates)) and any(map(_says_something, rates))
    if words is None:
        is_of_cancellation = any(part in _compact(heading) for part in _CANCELLATION_PARTS)
        return subject in {"refund", "discount"} or (subject == "status" and is_of_cancellation)
    return subject not in {"refund", "discount"} or any(map(_says_something, words))


def _is_flag(words: Mapping[str, int]) -> bool:
    """Tell whether a column says yes or no, and both of them."""
    compact = {_compact(word) for word in words}
    return compact <= _YES | _NO and not compact.isdisjoint(_YES) and not compact.isdisjoint(_NO)


def is_credited(word: str) -> bool:
    """Tell whether a word names a credit note."""
    return any(part in _compact(word) for part in _CREDITED) or any(side.get(_compact(word)) for side in _SIDES)


def is_unpaid(word: str) -> bool:
    """Tell whether a status says that an order waits for its payment."""
    return _compact(word) in _UNPAID


def is_gross(heading: str) -> bool:
    """Tell whether a heading says that amounts are with tax."""
    return not _GROSS.isdisjoint(_tokens(heading)) or any(part in _compact(heading) for part in _GROSS_PARTS)


def is_net(heading: str) -> bool:
    """Tell whether a heading says that amounts are without tax."""
    return not _NET.isdisjoint(_tokens(heading)) or any(part in _compact(heading) for part in ("netto", "excltax"))


def is_price(heading: str) -> bool:
    """Tell whether a heading says that a column holds the price of one piece."""
    return any(part in _compact(heading) for part in _PRICE_PARTS) or _compact(heading) in _PRICES


def is_open(heading: str) -> bool:
    """Tell whether a heading says that a column holds what is still to be paid."""
    return any(part in _compact(heading) for part in _OPEN_PARTS) or _compact(heading) in _OPEN


def is_margin(heading: str) -> bool:
    """Tell whether a heading says that a column holds what is left of an amount after its costs."""
    return any(part in _compact(heading) for part in _MARGIN_PARTS) or not _MARGINS.isdisjoint(_tokens(heading))


def is_of_payment(heading: str) -> bool:
    """Tell whether a heading says that a column holds the days of payments."""
    return any(part in _compact(heading) for part in _PAYMENT_PARTS)


def currencies_of(heading: str) -> frozenset[str]:
    """Return the codes of all currencies that a heading names, as a whole word in capitals or as a sign."""
    words = re.findall(r"[A-Z]{3}(?![A-Za-z])|US[$]|[€£$¥]", heading)
    return frozenset(code for word in words if (code := _code(word)))


def scale_of(heading: str) -> float:
    """Return by what a heading says that amounts are to be multiplied, 1 where it says nothing of the kind."""
    tokens = _tokens(heading.replace("€", " eur ")) | _tokens(heading.replace("€", "eur"))
    return next((factor for names, factor in _SCALES if not names.isdisjoint(tokens)), 1)


def is_tax(heading: str) -> bool:
    """Tell whether a heading says that a column holds amounts of tax, and no rates."""
    tokens = _tokens(heading)
    is_of_tax = not _TAX.isdisjoint(tokens) or _compact(heading).startswith(("mwst", "umsatzsteuer", "mehrwertsteuer"))
    return is_of_tax and tokens.isdisjoint(_NO_TAX | _GROSS | _NET) and "satz" not in _compact(heading)


def is_tax_rate(heading: str) -> bool:
    """Tell whether a heading says that a column holds rates of tax."""
    compact = _compact(heading)
    is_of_tax = not _TAX.isdisjoint(_tokens(heading)) or any(part in compact for part in _TAX_PARTS)
    return is_of_tax and any(part in compact for part in _RATE_OF_TAX_PARTS)


def _subject_of(heading: str) -> Subject | None:
    tokens = _tokens(heading)
    compact = _compact(heading)
    subjects: tuple[tuple[Subject, frozenset[str], Iterable[str]], ...] = (
        ("refund", frozenset(), _REFUND_PARTS),
        ("discount", _DISCOUNT, _DISCOUNT_PARTS),
        ("currency", _CURRENCY, _CURRENCY_PARTS),
        ("unit", _UNIT, _UNIT_PARTS),
        ("status", _STATUS, _STATUS_PARTS),
        ("type", _TYPE, _TYPE_PARTS),
    )
    if compact in _COMPANIES:
        return "company"
    if compact in _FLAGS:
        return "status"
    if compact in _SIDES_OF_ACCOUNTS:
        return "refund"
    if compact in _RATES or any(part in compact for part in _RATE_PARTS):
        return "rate"
    for subject, whole, parts in subjects:
        if tokens & whole or any(part in compact for part in parts):
            return subject
    return None


def _told_by_words(words: Mapping[str, int], currency: str) -> Told | None:
    codes = {word: _code(word) for word in words if word}
    others = tuple(word for word, code in codes.items() if code not in {"", currency})
    if codes and all(codes.values()) and others:
        return Told("currency", others)
    kinds: tuple[tuple[Subject, tuple[str, ...]], ...] = (
        ("type", (*_CREDITED, *_NOT_COUNTED)),
        ("status", (*_CANCELLED, *_RETURNED)),
    )
    plain = {word: _compact(word) for word in words if word}
    for subject, parts in kinds:
        found = tuple(word for word, compact in plain.items() if any(part in compact for part in parts))
        if found:
            return Told(subject, found)
    return _told_by_contrast(plain)


def _told_by_contrast(words: Mapping[str, str]) -> Told | None:
    """Return what words (by which each is compared) tell only beside others of the column."""
    not_happened = tuple(word for word, compact in words.items() if compact in _NOT_HAPPENED)
    if not_happened and len(words) > len(not_happened):
        return Told("status", not_happened)
    not_counted = _others_than_invoices(words) or _others_than_positions(words) or _side_that_takes_away(words)
    if not_counted:
        return Told("type", not_counted)
    if any(map(is_gross, words)) and any(map(is_net, words)):
        return Told("tax")
    return None


def _others_than_invoices(words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of what is no invoice or order beside words of those, written out or shortened."""
    kinds = set(words.values())
    if any(compact in _ORDERS or any(part in compact for part in _INVOICES) for compact in kinds):
        others = tuple(word for word, compact in words.items() if any(part in compact for part in _NO_INVOICES))
        return others + tuple(
            word for word, compact in words.items() if any(part in compact for part in _PAYMENTS_AHEAD)
        )
    if not _SHORT_INVOICES.isdisjoint(kinds) and kinds <= _SHORT_INVOICES | _SHORT_OTHERS:
        return tuple(word for word, compact in words.items() if compact in _SHORT_OTHERS)
    return ()


def _others_than_positions(words: Mapping[str, str]) -> tuple[str, ...]:
    if not _SETS.isdisjoint(words.values()) and not _PARTS_OF_SETS.isdisjoint(words.values()):
        return tuple(word for word, compact in words.items() if compact in _PARTS_OF_SETS)
    if _POSITIONS.isdisjoint(words.values()):
        return ()
    return tuple(word for word, compact in words.items() if compact.startswith(_NO_POSITIONS))


def _side_that_takes_away(words: Mapping[str, str]) -> tuple[str, ...]:
    side = next((side for side in _SIDES if set(words.values()) == set(side)), None)
    return () if side is None else tuple(word for word, compact in words.items() if side[compact])


def _is_of_one_currency(words: Mapping[str, int], currency: str) -> bool:
    return all(_code(word) == currency for word in words if word)


def _code(word: str) -> str:
    upper = word.upper()
    return upper if upper in _CODES else _SIGNS.get(upper, "")


def _says_something(word: str) -> bool:
    return any(sign.isalpha() or sign in "123456789" for sign in word.replace("€", "").replace("EUR", ""))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", _plain(text)))


def _plain(text: str) -> str:
    folded = text.casefold()
    for sign, letters in _SPELLINGS.items():
        folded = folded.replace(sign, letters)
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))


def _compact(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _plain(text))
