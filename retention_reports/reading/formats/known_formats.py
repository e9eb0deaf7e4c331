"""The formats by name, and which of them a file is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.reading.formats.datev import DatevReader, tables_of_datev
from retention_reports.reading.formats.dsfinvk import DsfinvkReader, tables_of_dsfinvk
from retention_reports.reading.formats.e_invoices import EInvoiceReader, tables_of_e_invoice
from retention_reports.reading.formats.gdpdu import GdpduReader, tables_of_gdpdu
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_reports.reading.formats.format_reader import FormatReader

_HEAD = 65_536
_LARGEST_PDF = 20_000_000
FORMATS: Mapping[str, type[FormatReader]] = {
    "datev": DatevReader,
    "dsfinv-k": DsfinvkReader,
    "e-invoice": EInvoiceReader,
    "gdpdu": GdpduReader,
}
_TABLES_BY_HEAD = {
    "datev": tables_of_datev,
    # Before the carriers that it is one of.
    "dsfinv-k": tables_of_dsfinvk,
    "e-invoice": tables_of_e_invoice,
    "gdpdu": tables_of_gdpdu,
}


@record
class Recognised:
    """A format, and the standard tables that a file in it can fill."""

    format: str
    tables: tuple[str, ...]


def recognise(path: Path) -> Recognised | None:
    """Return the format that a file is in by its first bytes, or None.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(b"%PDF-"):
            # What is attached to a PDF is listed at its end.
            head += file.read(_LARGEST_PDF)
    return recognise_bytes(head)


def recognise_bytes(data: bytes) -> Recognised | None:
    """Return the format that a file's bytes are in, or None."""
    head = data[: _HEAD + _LARGEST_PDF] if data.startswith(b"%PDF-") else data[:_HEAD]
    for name, tables_of in _TABLES_BY_HEAD.items():
        tables = tables_of(head)
        if tables:
            return Recognised(name, tables)
    return None
