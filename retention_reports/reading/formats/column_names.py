"""Under which names programs for book-keeping and sales keep what the standard tables hold, in German and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NET = "amount"
GROSS = "gross"
NAMES: Mapping[str, tuple[str, ...]] = {
    "customer_id": (
        *("kundennummer", "kundennr", "kundenr", "kdnr", "kundenid", "debitor", "debitorennummer", "debitorennr"),
        *("debitornr", "debitorenkonto", "verkandebnr", "customernumber", "customerno", "customerid", "cardcode"),
    ),
    "name": (
        *(
            "firma",
            "firmenname",
            "name",
            "name1",
            "kundenname",
            "unternehmen",
            "matchcode",
            "companyname",
            "customername",
        ),
    ),
    "email": ("email", "emailadresse", "mail"),
    "order_id": (
        *("rechnungsnummer", "rechnungsnr", "rechnungnr", "rgnr", "renr", "belegnummer", "belegnr", "auftragsnummer"),
        *("auftragsnr", "invoicenumber", "invoiceno", "invnumber", "ordernumber", "docnum"),
    ),
    "ordered_on": (
        *("rechnungsdatum", "rechdatum", "rgdatum", "belegdatum", "buchungsdatum", "auftragsdatum", "datum"),
        *("invoicedate", "orderdate", "docdate", "transdate"),
    ),
    NET: (
        *("netto", "nettobetrag", "nettosumme", "betragnetto", "summenetto", "umsatznetto", "nettowert", "gesamtnetto"),
        *("warenwert", "netamount", "amountnet", "subtotal", "gesamtpreisnetto", "positionsnetto"),
    ),
    GROSS: (
        *(
            "brutto",
            "bruttobetrag",
            "betrag",
            "gesamtbetrag",
            "summe",
            "rechnungsbetrag",
            "endbetrag",
            "umsatz",
            "gesamt",
        ),
        *("amount", "total", "grossamount", "gesamtpreis"),
    ),
    "product_id": ("artikelnummer", "artikelnr", "artnr", "sku", "itemcode", "itemno", "partnumber", "artikelid"),
    "quantity": ("menge", "anzahl", "stueckzahl", "quantity", "qty"),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain_name(name: str) -> str:
    """Return a name as it is compared: small letters and digits only, umlauts as two letters."""
    return "".join(sign for sign in name.lower().translate(_UMLAUTS) if sign.isascii() and sign.isalnum())


def place_of(standard: str, names: Sequence[str]) -> int | None:
    """Return which of the names a standard column has; the first in the order of `NAMES`; None where none does."""
    plain = [plain_name(name) for name in names]
    return next((plain.index(known) for known in NAMES[standard] if known in plain), None)
