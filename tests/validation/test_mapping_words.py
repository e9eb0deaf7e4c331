"""The words of client.toml make columns and amounts out of what a file holds: worked out by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

HEAD = 'name = "Client"\n[files.orders]\n'


def _amounts(folder: ClientFolder, column: str = "amount", table: str = "orders") -> list[float | None]:
    values = folder.tables[table][column].tolist()
    return [None if value != value else value / 10_000 for value in values]  # noqa: PLR0124 - NaN is told so


def _left_out(folder: ClientFolder, table: str = "orders") -> dict[str, int]:
    account = next(account for account in folder.accounts if account.table == table)
    assert account.rows_in == account.rows_used + sum(part.rows for part in account.left_out)
    return {part.reason: part.rows for part in account.left_out}


def test_of_several_names_the_one_counts_that_a_file_has(tmp_path: Path) -> None:
    client = """name = "Client"
        [files.orders]
        path = "exports/*.csv"
        [files.orders.columns]
        order_id = ["Order #", "Bestellung Nr."]
        amount = ["Total - Tax", "Netto", "Brutto - Steuer"]
        """
    files = {
        "exports__a": "Order #,customer_id,ordered_on,Total,Tax\n1,K1,2026-01-05,119,19\n",
        "exports__b": "Bestellung Nr.,customer_id,ordered_on,Netto\n2,K1,2026-01-06,50\n",
        "exports__c": "Bestellung Nr.,customer_id,ordered_on,Brutto,Steuer\n3,K2,2026-01-07,11.9,1.9\n",
    }

    folder = load(tmp_path, client, orders=None, **files)

    assert folder.tables["orders"]["order_id"].tolist() == ["1", "2", "3"]
    assert _amounts(folder) == [100, 50, 10]


def test_a_problem_names_the_heading_of_its_own_file(tmp_path: Path) -> None:
    client = """name = "Client"
        [files.orders]
        path = "exports/*.csv"
        [files.orders.columns]
        ordered_on = ["Date", "Datum"]
        """
    files = {
        "exports__a": "order_id,customer_id,Date,amount\n1,K1,2026-01-05,119\n",
        "exports__b": "order_id,customer_id,Datum,amount\n2,K1,2026-02-31,50\n",
    }

    (told,) = problems(tmp_path, client, orders=None, **files)

    assert told.startswith('exports/b.csv:2:Datum: "2026-02-31" is not a day')


def test_a_sum_takes_empty_cells_as_nothing_but_for_the_first(tmp_path: Path) -> None:
    client = (
        f'{HEAD}separator = ";"\ndecimal = ","\n[files.orders.columns]\namount = "Summe - MwSt. - Versand + Rabatt"\n'
    )
    orders = (
        "order_id;customer_id;ordered_on;Summe;MwSt.;Versand;Rabatt\n"
        "1;K1;2026-01-05;1.119,00;119,00;50,00;\n2;K1;2026-01-06;10,00;;;0,50\n"
    )

    assert _amounts(load(tmp_path, client, orders=orders)) == [950, 10.5]
    gap = orders + "3;K1;2026-01-07;;1,00;;\n"
    assert problems(tmp_path, client, orders=gap) == [
        "orders.csv:4:Summe: the cell is empty (every row needs a value here)"
    ]
    letters = orders.replace("50,00", "viel")
    assert [told.split(" is ")[0] for told in problems(tmp_path, client, orders=letters)] == [
        'orders.csv:2:Versand: "viel"'
    ]


def test_the_exact_heading_wins_over_a_sum(tmp_path: Path) -> None:
    client = f'{HEAD}[files.orders.columns]\namount = "A - B"\n'
    orders = "order_id,customer_id,ordered_on,A,B,A - B\n1,K1,2026-01-05,9,2,100\n"

    assert _amounts(load(tmp_path, client, orders=orders)) == [100]


def test_signs_deduct_and_leave_out_by_the_words_of_a_column(tmp_path: Path) -> None:
    client = f"""{HEAD}[files.orders.columns]
        amount = "Netto"
        [files.orders.sign]
        column = "Belegart"
        Rechnung = 1
        "Gutschrift" = -1
        Proforma = 0
        """
    orders = (
        "order_id,customer_id,ordered_on,Netto,cost,Belegart\n1,K1,2026-01-05,500,300,Rechnung\n"
        "2,K1,2026-01-06,500,300,GUTSCHRIFT\n3,K2,2026-01-07,80,,Proforma\n4,K2,2026-01-08,300,, rechnung \n"
    )

    folder = load(tmp_path, client, orders=orders)

    assert _amounts(folder) == [500, -500, 300]
    assert folder.tables["orders"]["cost"].tolist()[:2] == [3_000_000, -3_000_000]
    assert _left_out(folder) == {"without_sign": 1}


def test_returned_pieces_are_counted_back_and_prices_stay_prices(tmp_path: Path) -> None:
    client = 'name = "Client"\n[files.order_lines.sign]\ncolumn = "Typ"\nverkauf = 1\nretoure = -1\n'
    lines = "order_id,product_id,quantity,unit_price,Typ\n1,P1,3,10,verkauf\n1,P1,1,10,retoure\n2,P1,5,10.1,verkauf\n"
    orders = "order_id,customer_id,ordered_on\n1,K1,2026-01-05\n2,K2,2026-01-06\n"

    folder = load(tmp_path, client, orders=orders, order_lines=lines)

    assert _amounts(folder) == [20, 50.5]
    assert folder.tables["order_lines"]["quantity"].tolist() == [3, -1, 5]
    assert _amounts(folder, "unit_price", "order_lines") == [10, 10, 10.1]


def test_amounts_are_deducted_however_they_are_written(tmp_path: Path) -> None:
    client = f'{HEAD}[files.orders.sign]\ncolumn = "Art"\nR = 1\nG = "negative"\n'
    orders = (
        "order_id,customer_id,ordered_on,amount,Art\n1,K1,2026-01-05,500,R\n2,K1,2026-01-06,-20,G\n"
        "3,K1,2026-01-06,30,G\n4,K1,2026-01-06,-7,R\n"
    )

    assert _amounts(load(tmp_path, client, orders=orders)) == [500, -20, -30, -7]


@pytest.mark.parametrize(
    ("second", "cure"), [("-20", "(write 1 instead of -1)"), ("20", '(write "negative" instead of -1')]
)
def test_what_would_be_deducted_twice_is_asked(tmp_path: Path, second: str, cure: str) -> None:
    client = f'{HEAD}[files.orders.sign]\ncolumn = "Art"\nR = 1\nG = -1\n'
    rows = f"1,K1,2026-01-05,500,R\n2,K1,2026-01-06,-20,G\n3,K1,2026-01-07,{second},G\n"
    orders = f"order_id,customer_id,ordered_on,amount,Art\n{rows}"

    (told,) = problems(tmp_path, client, orders=orders)

    assert told.startswith("client.toml:3:")
    assert cure in told


def test_rows_are_wanted_or_skipped_by_their_words(tmp_path: Path) -> None:
    client = f"""{HEAD}path = "kasse.csv"
        [files.orders.only]
        BON_TYP = ["Beleg"]
        [files.orders.skip_rows]
        order_id = ["Summe", "Gesamt", ""]
        """
    kasse = (
        "order_id,customer_id,ordered_on,amount,BON_TYP\n1,K1,2026-01-05,5,Beleg\n2,K1,2026-01-05,7,AVTraining\n"
        "3,K2,2026-01-06,6,beleg \n SUMME,,,18,Beleg\n,,,18,Beleg\nGesamt,,,36,AVTraining\n,,,,\n"
    )

    folder = load(tmp_path, client, kasse=kasse, orders=None)

    assert _amounts(folder) == [5, 6]
    assert _left_out(folder) == {"blank_row": 1, "not_wanted": 2, "skipped": 2}
    assert [str(warning).split("client.toml")[1] for warning in folder.warnings] == []


@pytest.mark.parametrize(
    ("settings", "amounts", "net"),
    [
        ("tax_rate = 19", ["119", "0.01", "-11.9", "1"], [100, 0.0084, -10, 0.8403]),
        ("tax_rate = 7.7", ["107.70", "1", "2", "3"], [100, 0.9285, 1.857, 2.7855]),
        ('tax_rate_column = "MwSt"', ["119", "107", "5", "0"], [100, 100, 5, 0]),
    ],
)
def test_tax_is_taken_out_exactly(tmp_path: Path, settings: str, amounts: list[str], net: list[float]) -> None:
    rates = ["19 %", "7.0", "0", ""] if "column" in settings else [""] * 4
    rows = [
        f"{n},K1,2026-01-0{n},{amount},{rate}" for n, (amount, rate) in enumerate(zip(amounts, rates, strict=True), 1)
    ]
    if "column" in settings:
        rows[-1] = "4,K1,2026-01-04,0,19"

    folder = load(
        tmp_path, f"{HEAD}{settings}\n", orders="order_id,customer_id,ordered_on,amount,MwSt\n" + "\n".join(rows)
    )

    assert _amounts(folder) == net


def test_rates_written_as_fractions_are_rates(tmp_path: Path) -> None:
    orders = "order_id,customer_id,ordered_on,amount,USt\n1,K1,2026-01-05,119,0.19\n2,K1,2026-01-06,107,0.07\n"

    assert _amounts(load(tmp_path, f'{HEAD}tax_rate_column = "USt"\n', orders=orders)) == [100, 100]
    mixed = orders.replace("0.07", "7")
    assert problems(tmp_path, f'{HEAD}tax_rate_column = "USt"\n', orders=mixed) == [
        "orders.csv:2:USt: 1 tax rate is below 1 and others are not (write all of them in per cent: 19)"
    ]


def test_the_first_filled_of_several_columns_counts(tmp_path: Path) -> None:
    client = """name = "Client"
        [files.customers.columns]
        name = { first = ["Firma", "Nachname"] }
        sales_rep = { join = ["Vorname VB", "Nachname VB"] }
        [files.orders.columns]
        ordered_on = { first = ["Rechnungsdatum", "Bestelldatum"] }
        """
    customers = "customer_id,Firma,Nachname,Vorname VB,Nachname VB\nK1,Anna GmbH,Anna,Eva,Ost\nK2, ,Bernd,,West\n"
    orders = (
        "order_id,customer_id,Rechnungsdatum,Bestelldatum,amount\n1,K1,2026-01-05,2026-01-01,5\n2,K2,,2026-01-06,6\n"
    )

    folder = load(tmp_path, client, customers=customers, orders=orders)

    assert folder.tables["customers"]["name"].tolist() == ["Anna GmbH", "Bernd"]
    assert folder.tables["customers"]["sales_rep"].tolist() == ["Eva Ost", "West"]
    assert folder.tables["orders"]["ordered_on"].dt.day.tolist() == [5, 6]
    (told,) = problems(tmp_path, client, customers=customers, orders=orders.replace("2026-01-06", "2026-02-30"))
    assert told.startswith('orders.csv:3:Bestelldatum: "2026-02-30" is not a day')


def test_columns_are_named_by_position(tmp_path: Path) -> None:
    client = f"{HEAD}[files.orders.columns]\norder_id = 4\ncustomer_id = 3\nordered_on = 2\namount = 1\n"
    orders = "Wert,Wann,Wer,Wert\n5,2026-01-05,K1,1\n6,2026-01-06,K2,2\n"

    folder = load(tmp_path, client, orders=orders)

    assert folder.tables["orders"]["order_id"].tolist() == ["1", "2"]
    assert _amounts(folder) == [5, 6]


@pytest.mark.parametrize(
    "content",
    [
        "17;K1;2026-01-05;5,00\n18;K2;2026-01-06;6,50\n",
        '"17";"K1";"2026-01-05";"5,00"\r\n"18";"K2";"2026-01-06";"6,50"\r\n',
        "\n17;K1;2026-01-05;5,00\n\n18;K2;2026-01-06;6,50",
        'sep=;\n17;K1;2026-01-05;5,00\n18;"K2";2026-01-06;6,50\n',
    ],
)
def test_a_file_without_a_header_is_read_by_position(tmp_path: Path, content: str) -> None:
    client = f"""{HEAD}decimal = ","
        header_line = 0
        [files.orders.columns]
        order_id = 1
        customer_id = 2
        ordered_on = 3
        amount = 4
        """

    folder = load(tmp_path, client, orders=content)

    assert folder.tables["orders"]["order_id"].tolist() == ["17", "18"]
    assert _amounts(folder) == [5, 6.5]
    bad = content.replace("2026-01-06", "2026-02-30")
    line = next(number for number, text in enumerate(bad.splitlines(), 1) if "02-30" in text)
    (told,) = problems(tmp_path, client, orders=bad)
    assert told.startswith(f'orders.csv:{line}:3: "2026-02-30" is not a day')


def test_a_sheet_without_a_header_is_read_by_position(tmp_path: Path) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate([(17, "K1", "2026-01-05", 5), (18, "K2", "2026-01-06", 6.5)]):
            sheet.write_row(line, 0, row)
    client = f"""{HEAD}path = "orders.xlsx"
        header_line = 0
        columns = {{ order_id = 1, customer_id = 2, ordered_on = 3, amount = 4 }}
        """

    assert _amounts(load(tmp_path, client, orders=None, **{"orders.xlsx": book.getvalue()})) == [5, 6.5]
