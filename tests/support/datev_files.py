"""DATEV files in their true layout, with rows of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_NAMES = (
    "Umsatz (ohne Soll/Haben-Kz)",
    "Soll/Haben-Kennzeichen",
    "WKZ Umsatz",
    "Kurs",
    "Basisumsatz",
    "WKZ Basisumsatz",
    "Konto",
    "Gegenkonto (ohne BU-Schlüssel)",
    "BU-Schlüssel",
    "Belegdatum",
    "Belegfeld 1",
)
_FIELDS = {700: 124, 510: 116}
_OF_DEBTORS = 254


def head(  # noqa: PLR0913 - what line 1 tells
    category: int = 21,
    *,
    version: int = 700,
    start: str = "20250101",
    length: int = 4,
    chart: str = "",
    created: str = "20260105102500000",
    client: str = "456",
) -> str:
    """Return line 1."""
    name = {21: "Buchungsstapel", 16: "Debitoren/Kreditoren", 20: "Kontenbeschriftungen"}[category]
    return (
        f'"EXTF";{version};{category};"{name}";9;{created};;"RE";"";"";1001;{client};{start};{length};;;"{name}";"";1;0;0;'
        f'"EUR";"";"";"";"";"{chart}";;;"";""'
    )


def booking(  # noqa: PLR0913 - the fields of a booking
    amount: str,
    account: str,
    other: str,
    day: str,
    number: str = "",
    *,
    side: str = "S",
    key: str = "",
    further: Mapping[int, str] | None = None,
    fields: int = 124,
) -> str:
    """Return a booking; `further` holds more fields, by their number from 1 on."""
    cells = {1: amount, 2: f'"{side}"', 7: account, 8: other, 9: f'"{key}"', 10: day, 11: f'"{number}"'}
    cells |= further or {}
    return ";".join(cells.get(place, "") for place in range(1, fields + 1))


def batch(rows: Iterable[str], line_1: str = "", *, version: int = 700) -> bytes:
    """Return a booking batch."""
    names = (*_NAMES, *(f"Feld {place}" for place in range(len(_NAMES) + 1, _FIELDS[version] + 1)))
    lines = [line_1 or head(version=version), ";".join(names), *rows]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def debtors(rows: Iterable[Mapping[int, str]], line_1: str = "") -> bytes:
    """Return a list of debtors and suppliers; each row holds its fields by their number from 1 on."""
    names = ["Konto", *(f"Feld {place}" for place in range(2, _OF_DEBTORS + 1))]
    lines = [line_1 or head(16), ";".join(names)]
    lines += [";".join(row.get(place, "") for place in range(1, _OF_DEBTORS + 1)) for row in rows]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def write(folder: Path, settings: str = "", /, **files: bytes) -> None:
    """Write a client whose exports are these files: bookings for the orders, and all for the customers."""
    exports = folder / "exports"
    exports.mkdir()
    for name, data in files.items():
        (exports / f"{name}.csv").write_bytes(data)
    text = (
        'name = "Client"\n[files.orders]\nformat = "datev"\npath = "exports/*.csv"\n'
        f'{settings}[files.customers]\nformat = "datev"\npath = "exports/*.csv"\n'
    )
    (folder / "client.toml").write_text(text, encoding="utf-8")
