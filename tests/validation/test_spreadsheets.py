"""What a spreadsheet says by its cells' types counts, whatever forms are declared for its texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.folders import load, problems
from tests.support.spreadsheets import Percent, Shown, ods, xlsx

Row: TypeAlias = list[object]
HEADER: Row = ["order_id", "customer_id", "ordered_on", "amount"]
TITLE: Row = ["Sales"]
ROWS: list[Row] = [HEADER, ["1", "K1", date(2026, 1, 5), 1.234], ["2", "K2", date(2026, 2, 6), 12.125]]
ORDERS = 'name = "Client"\n[files.orders]\npath = "orders.xlsx"\n'
MONEY = 10_000


def _amounts(place: Path, client: str, **files: bytes | str | None) -> list[float]:
    return [amount / MONEY for amount in load(place, client, orders=None, **files).tables["orders"]["amount"]]


@pytest.mark.parametrize("decimal", ["", ".", ","])
@pytest.mark.parametrize("day_form", ["", "%d.%m.%Y", "%d.%m.%y", "%Y-%d-%m"])
def test_number_and_day_cells_mean_what_they_are_whatever_is_declared(
    decimal: str, day_form: str, tmp_path: Path
) -> None:
    declared = f'decimal = "{decimal}"\n' if decimal else ""
    declared += f'date_format = "{day_form}"\n' if day_form else ""

    orders = load(tmp_path, ORDERS + declared, orders=None, orders___xlsx=xlsx(ROWS)).tables["orders"]

    assert (orders["amount"] / MONEY).tolist() == [1.234, 12.125]
    assert orders["ordered_on"].dt.strftime("%Y-%m-%d").tolist() == ["2026-01-05", "2026-02-06"]


def test_a_sheet_of_two_tables_keeps_the_form_of_each(tmp_path: Path) -> None:
    client = (
        'name = "Client"\n[files.customers]\npath = "sales.xlsx"\ndistinct = true\ndate_format = "%d.%m.%Y"\n'
        '[files.orders]\npath = "sales.xlsx"\ndecimal = ","\n'
    )
    rows: list[Row] = [HEADER, ["1", "K1", date(2026, 1, 5), 13.429], ["2", "K2", date(2026, 2, 6), "69,931"]]

    assert _amounts(tmp_path, client, customers=None, sales___xlsx=xlsx(rows)) == [13.429, 69.931]


def test_cents_that_a_float_cannot_hold_are_not_called_rounded(tmp_path: Path) -> None:
    rows: list[Row] = [HEADER, ["1", "K1", date(2026, 1, 5), 0.1 + 0.2], ["2", "K2", date(2026, 1, 5), 1234567.1 * 3]]
    folder = load(tmp_path, ORDERS, orders=None, orders___xlsx=xlsx(rows))

    assert (folder.tables["orders"]["amount"] / MONEY).tolist() == [0.3, 3703701.3]
    assert folder.warnings == ()


@pytest.mark.parametrize("declared", ['"*"', '["Q2", "Q1"]'])
def test_several_sheets_are_read_as_one_table(declared: str, tmp_path: Path) -> None:
    book = xlsx({"Q1": ROWS, "Empty": [], "Q2": [HEADER, ["3", "K1", date(2026, 4, 1), 100]]})

    assert sorted(_amounts(tmp_path, f"{ORDERS}sheet = {declared}\n", orders___xlsx=book)) == [1.234, 12.125, 100]


def test_problems_in_one_of_several_sheets_name_it(tmp_path: Path) -> None:
    book = xlsx({"Q1": ROWS, "Q2": [HEADER, ["3", "K1", date(2026, 4, 1), "much"]]})

    told = problems(tmp_path, f'{ORDERS}sheet = "*"\n', orders=None, orders___xlsx=book)

    assert [problem.split(": ")[0] for problem in told] == ["orders.xlsx [Q2]:2:amount"]


SECOND: list[Row] = [HEADER, ["3", "K1", date(2026, 4, 1), 100], ["4", "K1", date(2026, 4, 2), 100]]
SUMS: list[Row] = [["month", "sum"], ["April", 200]]


@pytest.mark.parametrize(
    ("sheets", "cure", "unread"),
    [
        ({"Q1": ROWS, "Q2": SECOND}, 'sheet = "*"', []),
        ({"Q1": ROWS, "Q2": SECOND, "Notes": [["call Mrs Meyer"]]}, 'sheet = ["Q1", "Q2"]', []),
        ({"Q1": ROWS, "Q2": SECOND, "Sums": SUMS}, 'sheet = ["Q1", "Q2"]', ['"Sums"']),
        ({"Q1": ROWS, "Q2": SECOND}, 'sheet = "Q1"', ['"Q2"']),
        ({"Cover": [["Sales 2026"]], "Data": ROWS}, 'sheet = "Data"', []),
        ({"Orders": [*([["Sales of 2026"]] * 3), *ROWS]}, "header_line = 4", []),
        ({"Orders": [[""], [""], *ROWS]}, "header_line = 3", []),
    ],
)
def test_what_would_be_left_unread_is_refused_once_with_its_cure(
    sheets: dict[str, list[Row]], cure: str, unread: list[str], tmp_path: Path
) -> None:
    told = problems(tmp_path, ORDERS, orders=None, orders___xlsx=xlsx(sheets))
    cured = problems(tmp_path, f"{ORDERS}{cure}\n", orders=None, orders___xlsx=xlsx(sheets))

    assert len(told) == 1
    assert cure in told[0]
    assert [
        f"the sheet {name} is read by no table" in problem for name, problem in zip(unread, cured, strict=True)
    ] == [True for _ in unread]


@pytest.mark.parametrize(("declared", "told"), [("", True), ('sheet = "Q1"\n', False)])
def test_a_sheet_of_other_columns_is_told_on_page_1_unless_the_sheet_is_declared(
    declared: str, tmp_path: Path, *, told: bool
) -> None:
    book = xlsx({"Q1": ROWS, "Sums": SUMS})

    folder = load(tmp_path, ORDERS + declared, orders=None, orders___xlsx=book)

    (warning,) = [warning for warning in folder.warnings if warning.kind == "unread sheet"]
    assert (warning.on_first_page is not None) is told


def test_a_sheet_that_only_another_table_reads_counts_as_read(tmp_path: Path) -> None:
    book = xlsx({"Orders": ROWS, "Customers": [["customer_id"], ["K1"], ["K2"]]})
    client = ORDERS + '[files.customers]\npath = "orders.xlsx"\nsheet = "Customers"\n'

    assert problems(tmp_path, client, customers=None, orders=None, orders___xlsx=book) == []


def test_an_empty_first_sheet_is_passed_over(tmp_path: Path) -> None:
    assert _amounts(tmp_path, ORDERS, orders___xlsx=xlsx({"Sheet1": [], "Orders": ROWS})) == [1.234, 12.125]


SWAPPED: list[Row] = [
    HEADER,
    ["1", "K1", date(2025, 3, 1), 60.5],  # the third of January
    ["2", "K2", date(2025, 5, 2), 40.5],  # the fifth of February
    ["3", "K1", "13.01.2025", 70.5],
]


@pytest.mark.parametrize(("answer", "first"), [("swapped", "2025-01-03"), ("right", "2025-03-01")])
def test_days_that_look_swapped_are_asked_about(answer: str, first: str, tmp_path: Path) -> None:
    client = ORDERS + 'date_format = "%d.%m.%Y"\n'

    told = problems(tmp_path, client, orders=None, orders___xlsx=xlsx(SWAPPED))
    orders = load(tmp_path, f'{client}day_cells = "{answer}"\n', orders=None, orders___xlsx=xlsx(SWAPPED))

    assert len(told) == 1
    assert f'day_cells = "{answer}"' in told[0]
    assert "2025-03-01" in told[0]
    assert orders.tables["orders"]["ordered_on"].min() == _day(first) or answer == "right"
    assert _day(first) in set(orders.tables["orders"]["ordered_on"])


@pytest.mark.parametrize("day", [date(2025, 3, 13), date(2025, 3, 1)])
def test_days_beside_texts_that_cannot_be_swapped_are_told(day: date, tmp_path: Path) -> None:
    text = "05.02.2025" if day.day < 13 else "31.01.2025"
    rows: list[Row] = [HEADER, ["1", "K1", day, 60.5], ["2", "K2", text, 40.5]]

    told = problems(tmp_path, ORDERS + 'date_format = "%d.%m.%Y"\n', orders=None, orders___xlsx=xlsx(rows))

    assert [problem.split(":")[:3] for problem in told] == [["orders.xlsx", "3", "ordered_on"]]
    assert f'1 cell is text, "{text}", in a column of days' in told[0]


def test_ids_of_more_than_15_digits_are_told_for_each_column(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEADER,
        [4915123456789012, "K1", date(2025, 3, 1), 60.5],
        [123456789012345, "K2", date(2025, 3, 1), 40.5],
    ]

    told = problems(tmp_path, ORDERS, orders=None, orders___xlsx=xlsx(rows))

    assert len(told) == 1
    assert told[0].startswith("orders.xlsx:2:order_id: 1 id is a number of more than 15 digits")


@pytest.mark.parametrize("text", ["1.250", "1,250", "-1.250"])
def test_texts_that_can_be_read_in_two_ways_beside_numbers_are_refused(text: str, tmp_path: Path) -> None:
    rows: list[Row] = [HEADER, ["1", "K1", date(2025, 3, 1), 60.5], ["2", "K2", date(2025, 3, 1), text]]

    told = problems(tmp_path, ORDERS, orders=None, orders___xlsx=xlsx(rows))

    assert any('decimal = ","' in problem and 'decimal = "."' in problem for problem in told)


@pytest.mark.parametrize(("decimal", "amount"), [(".", 1.25), (",", 1250)])
def test_texts_beside_numbers_are_read_as_declared_and_numbers_as_they_are(
    decimal: str, amount: float, tmp_path: Path
) -> None:
    text = "1.250" if decimal == "," else "1.25"
    rows: list[Row] = [HEADER, ["1", "K1", date(2025, 3, 1), 60.125], ["2", "K2", date(2025, 3, 1), text]]

    assert _amounts(tmp_path, f'{ORDERS}decimal = "{decimal}"\n', orders___xlsx=xlsx(rows)) == [60.125, amount]


def test_per_cent_cells_are_worth_what_they_show(tmp_path: Path) -> None:
    client = 'name = "Client"\n[files.price_changes]\npath = "prices.xlsx"\n'
    rows: list[Row] = [["date", "percent"], [date(2025, 2, 1), Percent(0.05)], [date(2025, 3, 1), Percent(-0.125)]]

    changes = load(tmp_path, client, prices___xlsx=xlsx(rows)).tables["price_changes"]

    assert changes["percent"].tolist() == [5, -12.5]


def test_a_per_cent_cell_of_a_share_is_a_share(tmp_path: Path) -> None:
    client = 'name = "Client"\n[files.order_lines]\npath = "lines.xlsx"\n'
    rows: list[Row] = [
        ["order_id", "product_id", "unit_price", "quantity", "discount"],
        ["1", "P1", 200, 1, Percent(0.5)],
        ["2", "P1", 50.5, 1, Percent(0)],
    ]

    lines = load(tmp_path, client, lines___xlsx=xlsx(rows)).tables["order_lines"]

    assert (lines["amount"] / MONEY).tolist() == [100, 50.5]


_amounts_of = st.integers(-99_999_999, 99_999_999)
_days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
_table = st.lists(st.tuples(_amounts_of, _days), min_size=1, max_size=8)


@given(_table, st.sampled_from(["", ",", "."]), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_csv_xlsx_and_ods_of_one_table_hold_the_same(
    table: list[tuple[int, date]], decimal: str, header_line: int
) -> None:
    """Wherever the header stands, and whatever decimal sign is declared for texts."""
    rows: list[Row] = [
        *([TITLE] * (header_line - 1)),
        HEADER,
        *([f"A{number}", "K1", day, amount / MONEY] for number, (amount, day) in enumerate(table)),
    ]
    text = "".join(";".join(str(cell) for cell in row) + "\n" for row in _text_rows(rows, header_line, decimal))
    declared = f"header_line = {header_line}\n" + (f'decimal = "{decimal}"\n' if decimal else "")

    with TemporaryDirectory() as place:
        read = [
            _frame(Path(place) / ending, f'path = "orders.{ending}"\n{declared}{extra}', ending, content)
            for ending, content, extra in (
                ("csv", text.encode(), 'separator = ";"\n'),
                ("xlsx", xlsx(rows), ""),
                ("ods", ods(rows), ""),
            )
        ]

    assert (read[0]["amount"].tolist(), read[0]["ordered_on"].tolist()) == ([a for a, _ in table], _days_of(table))
    assert read[0].equals(read[1])
    assert read[0].equals(read[2])


def _frame(place: Path, declared: str, ending: str, content: bytes) -> pd.DataFrame:
    client = f'name = "Client"\n[files.orders]\n{declared}'
    return load(place, client, orders=None, **{f"orders___{ending}": content}).tables["orders"]


def _text_rows(rows: list[Row], header_line: int, decimal: str) -> list[Row]:
    return [*rows[:header_line], *([*row[:3], _written(row[3], decimal)] for row in rows[header_line:])]


def _written(amount: object, decimal: str) -> str:
    assert isinstance(amount, float)
    return f"{amount:.4f}".replace(".", decimal or ".")


def _days_of(table: list[tuple[int, date]]) -> list[object]:
    return [_day(day.isoformat()) for _, day in table]


def _day(text: str) -> object:
    return pd.Timestamp(text)


IN_EURO = 'name = "Client"\ncurrency = "EUR"\n[files.orders]\npath = "o.xlsx"\n'
DOLLARS = ["[$$-409]#,##0.00", '"$"#,##0.00', '#,##0.00\\ "USD"', "[$USD] #,##0.00"]


@pytest.mark.parametrize("form", [*DOLLARS, "[$CHF-807] #,##0.00", '#,##0.00\\ "kr"'])
def test_amounts_that_a_sheet_shows_in_another_currency_are_refused(tmp_path: Path, form: str) -> None:
    told = problems(tmp_path, IN_EURO, orders=None, o___xlsx=_shown(form))

    assert len(told) == 1
    assert "another currency" in told[0]


@pytest.mark.parametrize("form", ["#,##0.00 [$€-407]", '#,##0.00\\ "EUR"', '#,##0,"T€"', '0.00" Stk"', '#,##0" TSD"'])
def test_other_formats_change_no_number(tmp_path: Path, form: str) -> None:
    folder = load(tmp_path, IN_EURO, orders=None, o___xlsx=_shown(form))

    assert folder.tables["orders"]["amount"].tolist() == [12_345_670]


@pytest.mark.parametrize("form", DOLLARS)
def test_the_client_s_own_currency_is_read(tmp_path: Path, form: str) -> None:
    folder = load(tmp_path, IN_EURO.replace("EUR", "USD"), orders=None, o___xlsx=_shown(form))

    assert folder.tables["orders"]["amount"].tolist() == [12_345_670]


def _shown(form: str) -> bytes:
    head: Row = ["order_id", "customer_id", "ordered_on", "amount"]
    return xlsx([head, ["1", "K1", date(2026, 1, 5), Shown.of(1234.567, form)]])
