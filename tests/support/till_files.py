"""A till's export (DSFinV-K) in its true layout, with rows of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY = ("Z_KASSE_ID", "Z_ERSTELLUNG", "Z_NR", "BON_ID")
_NUMBERS = frozenset(("Z_NR", "BON_NR", "UMS_BRUTTO", "BON_BRUTTO", "BON_NETTO", "BON_UST", "POS_BRUTTO", "POS_NETTO"))
_COLUMNS = {
    "cashpointclosing": ("Z_KASSE_ID", "Z_ERSTELLUNG", "Z_NR", "Z_BUCHUNGSTAG", "TAXONOMIE_VERSION"),
    "transactions": (
        *(*_KEY, "BON_NR", "BON_TYP", "BON_NAME", "TERMINAL_ID", "BON_STORNO", "BON_START", "BON_ENDE", "BEDIENER_ID"),
        *("BEDIENER_NAME", "UMS_BRUTTO", "KUNDE_NAME", "KUNDE_ID", "KUNDE_TYP", "KUNDE_STRASSE", "KUNDE_PLZ"),
        *("KUNDE_ORT", "KUNDE_LAND", "KUNDE_USTID", "BON_NOTIZ"),
    ),
    "transactions_vat": (*_KEY, "UST_SCHLUESSEL", "BON_BRUTTO", "BON_NETTO", "BON_UST"),
    "lines": (
        *(*_KEY, "POS_ZEILE", "GUTSCHEIN_NR", "ARTIKELTEXT", "POS_TERMINAL_ID", "GV_TYP", "GV_NAME", "INHAUS"),
        *("P_STORNO", "AGENTUR_ID", "ART_NR", "GTIN", "WARENGR_ID", "WARENGR", "MENGE", "FAKTOR", "EINHEIT", "STK_BR"),
    ),
    "lines_vat": (*_KEY, "POS_ZEILE", "UST_SCHLUESSEL", "POS_BRUTTO", "POS_NETTO", "POS_UST"),
    "references": (
        *(*_KEY, "POS_ZEILE", "REF_TYP", "REF_NAME", "REF_DATUM", "REF_Z_KASSE_ID", "REF_Z_NR", "REF_BON_ID"),
    ),
}


def till_index(names: Sequence[str] = tuple(_COLUMNS)) -> bytes:
    """Return the `index.xml` of an export of these files."""
    tables = "".join(
        f"<Table><URL>{name}.csv</URL><Name>{name.title()}</Name><UTF8/><DecimalSymbol>,</DecimalSymbol>"
        "<DigitGroupingSymbol>.</DigitGroupingSymbol><Range><From>2</From></Range><VariableLength>"
        '<ColumnDelimiter>;</ColumnDelimiter><TextEncapsulator>"</TextEncapsulator>'
        + "".join(
            f"<{tag}><Name>{column}</Name>{'<Numeric/>' if column in _NUMBERS else '<AlphaNumeric/>'}</{tag}>"
            for column in _COLUMNS[name]
            for tag in ["VariablePrimaryKey" if column in _KEY else "VariableColumn"]
        )
        + "</VariableLength></Table>"
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">\n<DataSet>'
        f"<Version>1.0</Version><Media><Name>DSFinV-K</Name>{tables}</Media></DataSet>"
    ).encode()


def till_table(name: str, rows: Sequence[dict[str, str]]) -> bytes:
    """Return one of the files; a row names what is not empty in it, the till and its closing being number 1."""
    columns = _COLUMNS[name]
    start = {"Z_KASSE_ID": "K1", "Z_ERSTELLUNG": "2026-01-31T20:00:00Z", "Z_NR": "1"}
    lines = [";".join(columns), *(";".join((start | row).get(column, "") for column in columns) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def receipt(number: str, *, end: str = "2026-01-05T10:00:00Z", **further: str) -> dict[str, str]:
    """Return a row of `transactions.csv`."""
    return {"BON_ID": number, "BON_NR": number, "BON_TYP": "Beleg", "BON_STORNO": "0", "BON_ENDE": end} | further
