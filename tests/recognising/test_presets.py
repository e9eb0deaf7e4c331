"""Each system's own layout, with rows of our own, comes to the total that was worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from pathlib import Path

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Billing Company,"
    "Cancelled at,Payment Reference,Refunded Amount,Source\n"
)
SHOPIFY_ROWS = (
    "#1,a@x.de,paid,,EUR,100.00,5.00,{tax},{total},2024-01-31 23:30:00 +0100,2,Tee,30.00,T1,true,Anna,,,r1,0.00,web\n"
    "#1,a@x.de,,,,,,,,2024-01-31 23:30:00 +0100,1,Tasse,40.00,T2,true,,,,,,\n"
    "#2,b@x.de,refunded,,EUR,50.00,0.00,0.00,50.00,2024-07-01 10:00:00 +0200,1,Topf,50.00,T3,true,Bea,,,r2,0.00,web\n"
    "#3,b@x.de,voided,,EUR,70.00,0.00,0.00,70.00,2024-07-02 10:00:00 +0200,1,Topf,70.00,T3,true,Bea,,,r3,0.00,web\n"
)
UNDERSTOOD = {
    "shopify_without_tax": (SHOPIFY + SHOPIFY_ROWS.format(tax="0.00", total="105.00"), "100.00"),
    "shopify_tax_added": (SHOPIFY + SHOPIFY_ROWS.format(tax="19.95", total="124.95"), "100.00"),
    "squarespace": (
        "Order ID,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Amount,"
        "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Billing Name,"
        "Payment Reference\n"
        "1,a@x.de,PAID,USD,20.00,5.00,0.00,4.00,25.00,0.00,2024-01-31 10:00:00 -0500,1,Tee,20.00,T,,Anna,r\n"
        "2,b@x.de,PAID,USD,30.00,5.00,0.00,0.00,35.00,0.00,2024-06-30 10:00:00 -0400,1,Tee,30.00,T,,Bea,r\n",
        "46.00",
    ),
    "xentral_132": (
        "Vertrieb;Ort;Plz;ID Adressdatensatz;ID Rechnung;ID Vertreibsmitarbeiter;Datum;Name;Kundennummer;"
        "Summe Artikel;Umsatz;Währung;Belegnummer\n"
        "Kurz;Ulm;89073;1;11;5;2024-01-15;Alt GmbH;10001;3;120.50;EUR;R1\n"
        "Kurz;Ulm;89073;1;11;5;2024-01-15;Alt GmbH;10001;1;30.00;EUR;R1\n"
        "Kurz;Bonn;53111;2;12;5;2024-02-20;Neu KG;10002;1;49.50;EUR;R2\n",
        "200.00",
    ),
    "xentral_rechnung": (
        "id;datum;belegnr;auftrag;auftragid;status;name;email;kundennummer;lieferdatum;ist;soll;umsatz_netto;"
        "vertrieb;waehrung\n"
        "1;2024-01-15;R1;A1;7;versendet;Alt;a@x.de;10001;2024-01-16;119.00;119.00;100.00;Kurz;EUR\n"
        "2;2024-02-20;R2;A2;8;storniert;Neu;b@x.de;10002;;0;59.50;50.00;Kurz;EUR\n"
        "3;2024-03-20;R3;A3;9;freigegeben;Neu;b@x.de;10002;;0;23.80;20.00;Kurz;EUR\n",
        "120.00",
    ),
    "shopware5": (
        "orderId;orderNumber;invoiceAmount;invoiceAmountNet;invoiceShipping;invoiceShippingNet;orderStatus;"
        "currency;orderTime;email;customerNumber;customerGroup;billingCompany;billingLastName\n"
        "1;20001;119.00;100.00;5.95;5.00;completed;EUR;2024-01-15 10:00:00;a@x.de;10;EK;Alt;Alt\n"
        "2;20002;59.50;50.00;5.95;5.00;cancelled;EUR;2024-02-15 10:00:00;b@x.de;11;EK;;Neu\n",
        "95.00",
    ),
    "sap_b1": (
        "DocNum;DocDate;CardCode;CardName;DocTotal;VatSum;DocCurrency;CANCELED\n"
        "1;2024-01-15;C1;Alt;119.00;19.00;EUR;N\n2;2024-02-15;C2;Neu;59.50;9.50;EUR;Y\n3;2024-03-15;C2;Neu;10.00;0.00;EUR;N\n",
        "110.00",
    ),
    "zoho_books": (
        "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Currency Code,"
        "Is Inclusive Tax,Item Name,Product ID,Quantity,Item Price,Item Total,SubTotal,Total,Balance\n"
        "2024-01-15,1,INV-1,Closed,7,Alt,EUR,false,Tee,T1,1,10.00,10.00,30.00,35.70,0.00\n"
        "2024-01-15,1,INV-1,Closed,7,Alt,EUR,false,Topf,T2,1,20.00,20.00,30.00,35.70,0.00\n"
        "2024-02-15,2,INV-2,Void,8,Neu,EUR,false,Topf,T2,1,20.00,20.00,20.00,23.80,0.00\n",
        "30.00",
    ),
    "weclapp": (
        "invoiceNumber;invoiceDate;salesInvoiceType;status;customerNumber;netAmount;grossAmount\n"
        "R1;2024-01-15;STANDARD_INVOICE;OPEN_ITEM_CREATED;C1;100.00;119.00\n"
        "G1;2024-02-15;CREDIT_NOTE;OPEN_ITEM_CREATED;C1;20.00;23.80\n"
        "R2;2024-03-15;STANDARD_INVOICE;NEW;C2;50.00;59.50\n",
        "80.00",
    ),
    "business_central": (
        "Belegart;Nr.;Verk. an Deb.-Nr.;Verk. an Name;Rech. an Deb.-Nr.;Buchungsdatum;Betrag;Betrag inkl. MwSt.\n"
        "Rechnung;R1;D1;Alt;D1;15.01.2024;1.000,00;1.190,00\nRechnung;R2;D2;Neu;D1;28.02.2024;50,00;59,50\n",
        "1050.00",
    ),
    "jtl_wawi": (
        "Rechnungsnummer;Rechnungsdatum;Kundennummer;Gesamtbetrag Netto;Währung;Storno\n"
        "R1;15.01.2024;K1;1.000,00;EUR;0\nR2;28.02.2024;K2;50,00;EUR;1\n",
        "1000.00",
    ),
    "odoo": (
        "id,name,date_order,partner_id/id,state,amount_untaxed,amount_total\n"
        "s1,S1,2024-01-31 23:30:00,p1,sale,100.0,119.0\ns2,S2,2024-02-15 08:00:00,p2,draft,50.0,59.5\n",
        "100.00",
    ),
}
ASKED = {
    "shopify_tax_included": (SHOPIFY + SHOPIFY_ROWS.format(tax="16.76", total="105.00"), "orders.tax"),
    "shopware6": (
        "id;order_number;customer_lastname;customer_email;billing_address_company;amount_total;order_state_id;"
        "line_items;order_date_time\n"
        "1;10001;Alt;a@x.de;;119.00;aa11;1x u;2024-01-15 10:00:00\n",
        "orders.status.aa11",
    ),
    "xero": (
        "ContactName,InvoiceNumber,InvoiceDate,Total,TaxTotal,LineAmount,AccountCode,Currency,Type,Status\n"
        "Alt,INV-1,2024-01-15,119.00,19.00,100.00,200,EUR,Sales invoice,Paid\n",
        "orders.customer_id",
    ),
}
REFUSED = {
    "xentral_170": "Belegnummer;Datum;Kundennummer;FibuKonto;Name;Typ;Soll;Waehrung;Land\nR;2024-01-01;1;8400;A;R;1;EUR;DE\n",
    "etsy_without_buyer": "Sale Date,Order ID,Order Value,Adjusted Order Total\n01/31/24,1,5.00,5.00\n",
    "shopify_without_customer": "Name,Financial Status,Total,Lineitem name,Lineitem quantity\n#1,paid,5.00,Tee,1\n",
    "two_systems": "",
}


def run(tmp_path: Path, *texts: str) -> tuple[int, str]:
    paths = [tmp_path / f"export-{number}.csv" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    options = ["--data", str(tmp_path / "data"), "--yes"]
    result = CliRunner().invoke(main, ["new", "acme", *map(str, paths), *options])
    return result.exit_code, result.output


@pytest.mark.parametrize("system", UNDERSTOOD)
def test_a_known_layout_comes_to_its_total(tmp_path: Path, system: str) -> None:
    text, total = UNDERSTOOD[system]
    code, output = run(tmp_path, text)
    assert code == 0, output
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    assert str(in_cents(int(orders.loc[orders["status"] == "completed", "amount"].sum()))) == total


@pytest.mark.parametrize("system", ASKED)
def test_what_a_layout_cannot_tell_is_asked(tmp_path: Path, system: str) -> None:
    text, question = ASKED[system]
    code, output = run(tmp_path, text)
    assert code == 1
    assert f"--answer {question}=" in output


@pytest.mark.parametrize("system", REFUSED)
def test_a_layout_without_customers_is_refused_with_the_way_out(tmp_path: Path, system: str) -> None:
    texts = [REFUSED[system]] if REFUSED[system] else [UNDERSTOOD["weclapp"][0], UNDERSTOOD["jtl_wawi"][0]]
    code, _ = run(tmp_path, *texts)
    assert code == 1
    assert not (tmp_path / "data").exists()
