"""One electronic invoice (EN 16931): XML in the syntax UBL or CII, alone or attached to a PDF.

Sources: EN 16931-1 (business terms BT-…), the syntax bindings of UBL 2.1 and UN/CEFACT CII, and ZUGFeRD / Factur-X for
the names of attachments.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from retention_reports.messages import say
from retention_reports.reading.files import MEGABYTE
from retention_reports.reading.formats.xml_tree import parse_xml
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.reading.formats.xml_tree import XmlElement

_ATTACHED = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_LARGEST = 20 * MEGABYTE
_PDF = b"%PDF-"
_CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
NO_SALES = frozenset({"325", "386"})
"""A pro-forma invoice and one for a prepayment: what is sold comes with the invoice."""
_EMAIL = "EM"
_VAT = "VA"
_OF_CII = "SupplyChainTradeTransaction"
_AGREEMENT = (_OF_CII, "ApplicableHeaderTradeAgreement")
_SETTLEMENT = (_OF_CII, "ApplicableHeaderTradeSettlement")
_DIGITS_OF_DAY = 8


@record
class Party:
    """A seller or a buyer; `number` is what the seller calls the buyer by (BT-46)."""

    number: str
    vat: str
    name: str
    email: str


@record
class InvoiceLine:
    """A line of an invoice, as it is written."""

    line: int
    product: str
    name: str
    quantity: str
    amount: str


@record
class EInvoice:
    """An invoice or a credit note, as it is written; `kind` is its code (BT-3).

    `refers_to` are the numbers of earlier invoices that it names (BT-25), `paid` what was paid before it (BT-113).
    """

    line: int
    number: str
    kind: str
    is_credit: bool
    day: str
    seller: Party
    buyer: Party
    net: str
    currency: str
    refers_to: tuple[str, ...]
    paid: str
    lines: tuple[InvoiceLine, ...]

    @property
    def sign(self) -> int:
        """What the amounts of its lines are multiplied by, so that they add up to what it counts."""
        return -1 if self.is_credit and not self.net.startswith("-") else 1


def is_e_invoice(head: bytes) -> bool:
    """Tell by a file's first bytes whether it may be an electronic invoice; of a PDF, all bytes are needed."""
    if head.startswith(_PDF):
        try:
            return _attached(head) is not None
        except UnreadableFileError:
            return False
    # What ZUGFeRD 1 wrote is told to be too old.
    return (
        b"CrossIndustryInvoice" in head
        or b"CrossIndustryDocument" in head
        or (b"urn:oasis:names:specification:ubl:schema:xsd:" in head and (b"Invoice" in head or b"CreditNote" in head))
    )


def read_e_invoice(data: bytes) -> EInvoice | None:
    """Return the invoice in a file; None of a PDF to which none is attached.

    Raises:
        UnreadableFileError: it is neither, or broken, locked, or too large.
    """
    xml = _attached(data) if data.startswith(_PDF) else data
    if xml is None:
        return None
    if len(xml) > _LARGEST:
        raise UnreadableFileError("file too large", say("files.too_large", bytes=len(xml), limit=_LARGEST))
    root = parse_xml(xml)
    if root.name == "CrossIndustryInvoice":
        return _of_cii(root)
    if root.name in {"Invoice", "CreditNote"} and root.at("ID"):
        return _of_ubl(root)
    raise UnreadableFileError("no electronic invoice", say("e_invoices.other_root", root=root.name), root.line)


def _attached(data: bytes) -> bytes | None:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableFileError("locked file", say("files.locked"))
        found = {name.lower(): contents for name, contents in reader.attachments.items()}
        return next((found[name][0] for name in _ATTACHED if found.get(name)), None)
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as problem:
        raise UnreadableFileError("broken PDF", say("e_invoices.broken_pdf")) from problem


def _of_ubl(root: XmlElement) -> EInvoice:
    kind = root.at("InvoiceTypeCode") or root.at("CreditNoteTypeCode")
    return EInvoice(
        line=root.line,
        number=root.at("ID"),
        kind=kind,
        is_credit=root.name == "CreditNote" or kind in _CREDIT_NOTES,
        day=root.at("IssueDate")[: len("2026-01-31")],
        seller=_ubl_party(root, "AccountingSupplierParty"),
        buyer=_ubl_party(root, "AccountingCustomerParty"),
        net=root.at("LegalMonetaryTotal", "TaxExclusiveAmount"),
        currency=root.at("DocumentCurrencyCode"),
        refers_to=tuple(found.text for found in root.all("BillingReference", "InvoiceDocumentReference", "ID")),
        paid=root.at("LegalMonetaryTotal", "PrepaidAmount"),
        lines=tuple(_ubl_line(line) for name in ("InvoiceLine", "CreditNoteLine") for line in root.all(name)),
    )


def _ubl_party(root: XmlElement, role: str) -> Party:
    party = next(root.all(role, "Party"), None)
    if party is None:
        return Party("", "", "", "")
    ends = [end.text for end in party.all("EndpointID") if end.attributes.get("schemeID") == _EMAIL]
    return Party(
        number=party.at("PartyIdentification", "ID"),
        vat=party.at("PartyTaxScheme", "CompanyID"),
        name=party.at("PartyLegalEntity", "RegistrationName") or party.at("PartyName", "Name"),
        email=party.at("Contact", "ElectronicMail") or next(iter(ends), ""),
    )


def _ubl_line(line: XmlElement) -> InvoiceLine:
    name = line.at("Item", "Name")
    return InvoiceLine(
        line=line.line,
        product=line.at("Item", "SellersItemIdentification", "ID") or name,
        name=name,
        quantity=line.at("InvoicedQuantity") or line.at("CreditedQuantity"),
        amount=line.at("LineExtensionAmount"),
    )


def _of_cii(root: XmlElement) -> EInvoice:
    kind = root.at("ExchangedDocument", "TypeCode")
    summation = (*_SETTLEMENT, "SpecifiedTradeSettlementHeaderMonetarySummation")
    earlier = root.all(*_SETTLEMENT, "InvoiceReferencedDocument", "IssuerAssignedID")
    return EInvoice(
        line=root.line,
        number=root.at("ExchangedDocument", "ID"),
        kind=kind,
        is_credit=kind in _CREDIT_NOTES,
        day=_plain_day(root.at("ExchangedDocument", "IssueDateTime", "DateTimeString")),
        seller=_cii_party(root, "SellerTradeParty"),
        buyer=_cii_party(root, "BuyerTradeParty"),
        net=root.at(*summation, "TaxBasisTotalAmount"),
        currency=root.at(*_SETTLEMENT, "InvoiceCurrencyCode"),
        refers_to=tuple(found.text for found in earlier),
        paid=root.at(*summation, "TotalPrepaidAmount"),
        lines=tuple(map(_cii_line, root.all(_OF_CII, "IncludedSupplyChainTradeLineItem"))),
    )


def _plain_day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == _DIGITS_OF_DAY and text.isdecimal() else text


def _cii_party(root: XmlElement, role: str) -> Party:
    party = next(root.all(*_AGREEMENT, role), None)
    if party is None:
        return Party("", "", "", "")
    taxes = party.all("SpecifiedTaxRegistration", "ID")
    ends = party.all("URIUniversalCommunication", "URIID")
    contact = ("DefinedTradeContact", "EmailURIUniversalCommunication", "URIID")
    return Party(
        number=party.at("ID") or party.at("GlobalID"),
        vat=next((tax.text for tax in taxes if tax.attributes.get("schemeID") == _VAT), ""),
        name=party.at("Name"),
        email=party.at(*contact) or next((end.text for end in ends if end.attributes.get("schemeID") == _EMAIL), ""),
    )


def _cii_line(line: XmlElement) -> InvoiceLine:
    name = line.at("SpecifiedTradeProduct", "Name")
    summation = ("SpecifiedLineTradeSettlement", "SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount")
    return InvoiceLine(
        line=line.line,
        product=line.at("SpecifiedTradeProduct", "SellerAssignedID") or name,
        name=name,
        quantity=line.at("SpecifiedLineTradeDelivery", "BilledQuantity"),
        amount=line.at(*summation),
    )
