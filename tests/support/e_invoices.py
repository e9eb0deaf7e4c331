"""Electronic invoices in their true layout, with rows of our own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

SELLER = ("DE111111111", "Eigene Firma GmbH")
BUYER = ("K-100", "DE222222222", "Käufer & Söhne AG")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_CII = "urn:un:unece:uncefact:data:standard"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")


def ubl(  # noqa: PLR0913 - what an invoice says
    number: str,
    day: str,
    net: str,
    *,
    kind: str = "380",
    buyer: tuple[str, str, str] = BUYER,
    seller: tuple[str, str] = SELLER,
    lines: Sequence[tuple[str, str, str, str]] = (),
    refers_to: str = "",
    paid: str = "",
) -> bytes:
    """Return an invoice in UBL; `lines` hold product, name, quantity and net amount."""
    root = "CreditNote" if kind == "381" else "Invoice"
    quantity = "CreditedQuantity" if kind == "381" else "InvoicedQuantity"
    ids = f"<cac:PartyIdentification><cbc:ID>{buyer[0]}</cbc:ID></cac:PartyIdentification>" if buyer[0] else ""
    rows = "".join(
        f"\n<cac:{root}Line><cbc:ID>{place}</cbc:ID><cbc:{quantity} unitCode='H87'>{count}</cbc:{quantity}>"
        f"<cbc:LineExtensionAmount currencyID='EUR'>{amount}</cbc:LineExtensionAmount><cac:Item><cbc:Name>{name}"
        f"</cbc:Name><cac:SellersItemIdentification><cbc:ID>{product}</cbc:ID></cac:SellersItemIdentification>"
        f"</cac:Item></cac:{root}Line>"
        for place, (product, name, count, amount) in enumerate(lines, start=1)
    )
    earlier = f"<cac:InvoiceDocumentReference><cbc:ID>{refers_to}</cbc:ID></cac:InvoiceDocumentReference>"
    earlier = f"<cac:BillingReference>{earlier}</cac:BillingReference>" if refers_to else ""
    prepaid = f"<cbc:PrepaidAmount currencyID='EUR'>{paid}</cbc:PrepaidAmount>" if paid else ""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<ubl:{root} xmlns:ubl='{_UBL}:{root}-2' "
        f"xmlns:cac='{_UBL}:CommonAggregateComponents-2' xmlns:cbc='{_UBL}:CommonBasicComponents-2'>"
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate><cbc:{root}TypeCode>{kind}</cbc:{root}TypeCode>"
        f"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{earlier}<cac:AccountingSupplierParty><cac:Party>"
        f"<cac:PartyTaxScheme><cbc:CompanyID>{seller[0]}</cbc:CompanyID></cac:PartyTaxScheme><cac:PartyLegalEntity>"
        f"<cbc:RegistrationName>{_escaped(seller[1])}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"
        f"</cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party>{ids}<cac:PartyTaxScheme>"
        f"<cbc:CompanyID>{buyer[1]}</cbc:CompanyID></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>"
        f"{_escaped(buyer[2])}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>"
        f"<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID='EUR'>{net}</cbc:TaxExclusiveAmount>"
        f"<cbc:TaxInclusiveAmount currencyID='EUR'>9999</cbc:TaxInclusiveAmount>{prepaid}</cac:LegalMonetaryTotal>"
        f"{rows}</ubl:{root}>"
    ).encode()


def cii(
    number: str, day: str, net: str, *, kind: str = "380", lines: Sequence[tuple[str, str, str, str]] = ()
) -> bytes:
    """Return an invoice in CII; the day is written as 20260131."""
    rows = "".join(
        "\n<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct>"
        f"<ram:SellerAssignedID>{product}</ram:SellerAssignedID><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>"
        f"<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode='H87'>{count}</ram:BilledQuantity>"
        "</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>"
        f"<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{amount}</ram:LineTotalAmount>"
        "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        "</ram:IncludedSupplyChainTradeLineItem>"
        for product, name, count, amount in lines
    )
    return (
        f"<?xml version='1.0'?>\n<rsm:CrossIndustryInvoice xmlns:rsm='{_CII}:CrossIndustryInvoice:100' "
        f"xmlns:ram='{_CII}:ReusableAggregateBusinessInformationEntity:100' xmlns:udt='{_CII}:UnqualifiedDataType:100'>"
        f"<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{kind}</ram:TypeCode><ram:IssueDateTime>"
        f"<udt:DateTimeString format='102'>{day}</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>"
        f"<rsm:SupplyChainTradeTransaction>{rows}<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>"
        f"<ram:Name>{SELLER[1]}</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID='VA'>{SELLER[0]}</ram:ID>"
        "</ram:SpecifiedTaxRegistration></ram:SellerTradeParty><ram:BuyerTradeParty>"
        f"<ram:ID>{BUYER[0]}</ram:ID><ram:Name>{_escaped(BUYER[2])}</ram:Name><ram:URIUniversalCommunication>"
        "<ram:URIID schemeID='EM'>einkauf@kaeufer.example</ram:URIID></ram:URIUniversalCommunication>"
        "</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        f"<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()


def pdf(xml: bytes | None = None, password: str = "") -> bytes:
    """Return a PDF of one empty page, with an invoice attached."""
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    if xml is not None:
        writer.add_attachment("factur-x.xml", xml)
    if password:
        writer.encrypt(password)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
