"""Tables made for people become rows by the words of client.toml: worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.folders import load

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

HEAD = 'name = "Client"\n[files.orders]\n'


def _rows(folder: ClientFolder) -> list[tuple[str, str, float]]:
    orders = folder.tables["orders"]
    days = orders["ordered_on"].dt.date.astype(str)
    return list(zip(orders["customer_id"], days, orders["amount"] / 10_000, strict=True))


def test_a_column_a_month_becomes_a_row_a_month(tmp_path: Path) -> None:
    client = (
        HEAD
        + """unroll = { form = "%m.%Y", day = "Monat", amount = "Netto" }
        date_format = "%m.%Y"
        number_rows = true
        separator = ";"
        decimal = ","
        [files.orders.columns]
        customer_id = "Kunde"
        ordered_on = "Monat"
        amount = "Netto"
        """
    )
    folder = load(tmp_path, client, orders="Kunde;01.2026;02.2026;Summe\nK1;10,50;;10,50\nK2;0,00;-3,00;-3,00\n")
    assert _rows(folder) == [("K1", "2026-01-01", 10.5), ("K2", "2026-02-01", -3)]


def test_what_stands_once_is_filled_down_and_footers_are_left_out(tmp_path: Path) -> None:
    client = HEAD + 'fill_down = ["customer_id"]\nfooters = ["Stand*"]\n'
    text = (
        "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,1\n2,,2026-01-06,2\n3,K2,2026-01-07,3\n"
        "Stand 5.5.,,,\nStand: heute\n"
    )
    folder = load(tmp_path, client, orders=text)
    assert _rows(folder) == [("K1", "2026-01-05", 1), ("K1", "2026-01-06", 2), ("K2", "2026-01-07", 3)]
    account = next(account for account in folder.accounts if account.table == "orders")
    assert account.rows_in == account.rows_used + sum(part.rows for part in account.left_out)
    assert sum(part.rows for part in account.left_out) == 2


def test_headings_of_groups_name_the_customer_of_the_rows_below(tmp_path: Path) -> None:
    client = HEAD + 'groups = "Beleg"\n[files.orders.columns]\norder_id = "Beleg"\ncustomer_id = "group"\n'
    text = "Beleg,ordered_on,amount\nK1 Alt,,\n1,2026-01-05,1\n2,2026-01-06,2\nK2 Neu,,\n3,2026-01-07,3\n"
    folder = load(tmp_path, client, orders=text, customers="customer_id\nK1 Alt\nK2 Neu\n")
    assert _rows(folder) == [("K1 Alt", "2026-01-05", 1), ("K1 Alt", "2026-01-06", 2), ("K2 Neu", "2026-01-07", 3)]


def test_words_that_begin_alike_and_files_of_credit_notes_are_deducted(tmp_path: Path) -> None:
    client = """name = "Client"
        [files.orders]
        path = "exports/*.csv"
        deducted_files = ["*gutschrift*"]
        [files.orders.columns]
        status = "Storniert am"
        [files.orders.values.status]
        "" = "completed"
        "*" = "cancelled"
        [files.orders.sign]
        column = "order_id"
        "GS*" = "negative"
        "*" = 1
        """
    files = {
        "exports__rechnungen": "order_id,customer_id,ordered_on,amount,Storniert am\nR1,K1,2026-01-05,10,\n"
        "GS1,K1,2026-01-06,4,\nR2,K2,2026-01-07,7,2026-02-01\n",
        "exports__Gutschriften": "order_id,customer_id,ordered_on,amount,Storniert am\nX1,K2,2026-01-08,3,\n",
    }
    folder = load(tmp_path, client, orders=None, **files)
    orders = folder.tables["orders"].set_index("order_id")
    assert (orders["amount"] / 10_000).to_dict() == {"R1": 10, "GS1": -4, "R2": 7, "X1": -3}
    assert orders["status"].to_dict() == {"R1": "completed", "GS1": "completed", "R2": "cancelled", "X1": "completed"}


def test_amounts_take_their_share_of_the_tax_of_the_whole_document(tmp_path: Path) -> None:
    client = (
        HEAD
        + """tax_share = { tax = "Taxes", of = "Total" }
        [files.orders.columns]
        amount = "Subtotal - Refunded"
        """
    )
    # 119 with 19 of tax in it; 119 and shipping of 11.90 with 20.90; half of it refunded; nothing taxed.
    text = (
        "order_id,customer_id,ordered_on,Subtotal,Refunded,Taxes,Total\n1,K1,2026-01-05,119,0,19,119\n"
        "2,K1,2026-01-06,119,0,20.90,130.90\n3,K2,2026-01-07,119,59.50,19,119\n4,K2,2026-01-08,5,0,0,5\n"
    )
    folder = load(tmp_path, client, orders=text)
    assert [amount for _, _, amount in _rows(folder)] == [100, 100, 50, 5]


def test_shipping_without_tax_is_taken_off_what_remains(tmp_path: Path) -> None:
    client = (
        HEAD
        + """tax_share = { tax = "Taxes", of = "Total", less = "Shipping" }
        [files.orders.columns]
        amount = "Total - Refunded"
        """
    )
    text = (
        "order_id,customer_id,ordered_on,Shipping,Refunded,Taxes,Total\n1,K1,2026-01-05,10,0,20.90,130.90\n"
        "2,K1,2026-01-06,10,11.90,20.90,130.90\n"
    )
    folder = load(tmp_path, client, orders=text)
    assert [amount for _, _, amount in _rows(folder)] == [100, 90]
