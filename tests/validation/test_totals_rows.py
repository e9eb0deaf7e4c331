from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import CLIENT, load
from tests.support.folders import problems as all_problems

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = CLIENT + '[files.orders]\nseparator = ";"\ndecimal = ","\ndate_format = "%d.%m.%Y"\n'
COLUMNS = (
    '[files.orders.columns]\norder_id = "Beleg"\ncustomer_id = "Kunde"\nordered_on = "Datum"\namount = "Netto EUR"\n'
)
HEAD = "Beleg;Kunde;Datum;Netto EUR\n"
ROWS = "1;K1;10.01.2025;60,00\n2;K2;20.03.2025;40,00\n"


def problems(place: Path, client: str = CLIENT, **files: str | None) -> list[str]:
    """Return what is wrong, without the columns that nobody reads, which are meant here."""
    return [line for line in all_problems(place, client, **files) if "not read:" not in line]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Gesamt;;31.03.2025;100,00", "Beleg"),
        ("Gesamt;;;100,00", "Beleg"),
        ("Zwischensumme:;;;100,00", "Beleg"),
        (";Summe;;100,00", "Kunde"),
        ("3;;Total;100,00", "Datum"),
        ("Grand Total;;;100,00", "Beleg"),
        ("Sous-total;;;100,00", "Beleg"),
        ("Totaal 2025;;;100,00", "Beleg"),
        ("Suma total;;;100,00", "Beleg"),
        ("*** Übertrag ***;;;100,00", "Beleg"),
    ],
)
def test_a_totals_row_is_named_and_its_cure_leaves_it_out(tmp_path: Path, row: str, column: str) -> None:
    orders = HEAD + ROWS + row + "\n"

    told = problems(tmp_path, GERMAN + COLUMNS, orders=orders)

    assert len(told) == 1
    assert told[0].startswith(f"orders.csv:4:{column}: the row is a total of others, ")
    table, line = told[0].rpartition("in client.toml: ")[2].removesuffix(")").split("] ", 1)
    cured = load(tmp_path, f"{GERMAN}{COLUMNS}{table}]\n{line}\n", orders=orders)
    assert cured.tables["orders"]["amount"].tolist() == [600_000, 400_000]


def test_a_total_between_the_rows_and_in_a_column_that_nobody_reads_is_found(tmp_path: Path) -> None:
    orders = (
        "order_id,customer_id,ordered_on,amount,Text\n1,K1,2025-01-10,60,x\n,,,60,Zwischensumme\n"
        "2,K2,2025-03-20,40,x\n,,,40,Zwischensumme\n"
    )

    assert problems(tmp_path, orders=orders) == [
        (
            'orders.csv:3:Text: 2 rows are totals of others, first "Zwischensumme" '
            '(delete them, or write in client.toml: [files.orders.skip_rows] Text = ["Zwischensumme"])'
        )
    ]


def test_a_total_without_a_word_is_known_by_its_amount(tmp_path: Path) -> None:
    orders = HEAD + ROWS + ";;31.03.2025;100,00\n"

    told = problems(tmp_path, GERMAN + COLUMNS, orders=orders)

    assert told == [
        (
            'orders.csv:4:Netto EUR: the row is a total of others: "Kunde" is empty, and its amount 100.00 is the '
            'sum of the 2 rows above (delete it, or write in client.toml: [files.orders.skip_rows] Kunde = [""])'
        )
    ]


def test_subtotals_without_words_are_known_where_no_other_row_lacks_a_customer(tmp_path: Path) -> None:
    rows = "1;K1;10.01.2025;60,00\n2;K1;11.01.2025;1,00\n;;;61,00\n3;K2;20.03.2025;40,00\n4;K2;21.03.2025;2,00\n"

    told = problems(tmp_path, GERMAN + COLUMNS, orders=HEAD + rows + ";;;42,00\n;;;103,00\n")

    assert [line.split(":")[1] for line in told] == ["4"]
    assert "3 rows are totals of others" in told[0]


def test_an_order_of_an_unknown_customer_that_happens_to_be_the_sum_is_told_on_the_first_page(tmp_path: Path) -> None:
    folder = load(tmp_path, GERMAN + COLUMNS, orders=HEAD + ROWS + "3;;31.03.2025;100,00\n")

    pages = [str(warning.on_first_page) for warning in folder.warnings if warning.kind == "totals row"]
    assert pages == [
        (
            "The last order has no customer, and its amount is exactly the sum of the 2 orders above. If it is a "
            "total, revenue is 100.00 too high."
        )
    ]


@pytest.mark.parametrize("guest", ["3;;31.03.2025;99,00", "SUM-1;;31.03.2025;99,00", "Summer;;31.03.2025;99,00"])
def test_orders_without_customer_are_no_totals(tmp_path: Path, guest: str) -> None:
    folder = load(tmp_path, GERMAN + COLUMNS, orders=HEAD + ROWS + guest + "\n")

    assert [warning.kind for warning in folder.warnings] == ["order without customer"]
    assert len(folder.tables["orders"]) == 3


def test_totals_of_other_files_are_found(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        customers="customer_id,name,segment\nK1,Anna,x\nK2,Bernd,x\nGesamt: 2,,\n",
        order_lines="order_id,product_id,amount\n1,A,100\n2,A,50.5\nTotal,,150.5\n",
    )

    assert [line.split(": ", 1)[0] for line in told] == ["customers.csv:4:customer_id", "order_lines.csv:4:order_id"]


def test_a_row_that_continues_an_order_is_no_total(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        CLIENT + '[files.orders]\nrows = "order_line"\n',
        orders="order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,10\n1,,,20\n1,,,30\n2,K2,2026-01-06,5\n",
    )

    assert folder.tables["orders"]["amount"].tolist() == [600_000, 50_000]
    assert folder.warnings == ()


def test_totals_of_many_names_are_left_out_by_what_they_lack(tmp_path: Path) -> None:
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni")
    rows = "".join(
        f"{place};K1;10.0{place}.2025;{place},00\nSumme {month};;;{place},00\n" for place, month in enumerate(months, 1)
    )
    orders = HEAD + rows

    told = problems(tmp_path, GERMAN + COLUMNS, orders=orders)

    assert len(told) == 1
    assert told[0].endswith('[files.orders.skip_rows] Kunde = [""])')
    cured = load(tmp_path, f'{GERMAN}{COLUMNS}[files.orders.skip_rows]\nKunde = [""]\n', orders=orders)
    assert len(cured.tables["orders"]) == len(months)


@pytest.mark.parametrize("word", ["Summe", "TOTAL", "Zwischensumme:", "sous-total"])
def test_totals_among_the_products_of_order_lines_are_refused(tmp_path: Path, word: str) -> None:
    lines = f"order_id,product_id,amount\n1,A,100.00\n1,{word},100.00\n2,Total Care,50.50\n"

    told = problems(tmp_path, order_lines=lines)

    assert [line.partition(":")[0] for line in told] == ["order_lines.csv"]
    assert f'product_id = ["{word}"]' in told[0]
