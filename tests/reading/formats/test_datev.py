"""DATEV's files: what was sold to whom, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.errors import DataError
from retention_reports.reading.formats.known_formats import Recognised, recognise
from retention_reports.validation.folder import load_client_folder
from tests.support.datev_files import batch, booking, debtors, head, write
from tests.support.real_data import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.errors import Problem
    from retention_reports.model.folder import ClientFolder


def _load(folder: Path, settings: str = "", **files: bytes) -> ClientFolder:
    write(folder, settings, **files)
    return load_client_folder(folder, {})


def _orders(folder: Path, settings: str = "", **files: bytes) -> dict[str, tuple[str, str, int]]:
    """Return customer, day and cents by order."""
    orders = _load(folder, settings, **files).tables["orders"]
    days = [str(day)[:10] for day in orders["ordered_on"]]
    rows = zip(orders["order_id"], orders["customer_id"], days, orders["amount"], strict=True)
    return {number: (customer, day, amount // 100) for number, customer, day, amount in rows}


def _errors(folder: Path, settings: str = "", **files: bytes) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        _load(folder, settings, **files)
    return [problem for problem in caught.value.problems if problem.severity == "error"]


def test_invoices_are_read_without_tax_and_payments_are_none(tmp_path: Path) -> None:
    """1190.00 at 19 % is 1000.00, 53.50 at 7 % is 50.00; 20.00 without tax stays; a payment is no sale."""
    rows = [
        booking("1190,00", "10000", "8400", "3101", "RE-1"),
        booking("53,50", "10000", "8300", "3101", "RE-1"),
        booking("20,00", "10001", "8120", "102", "RE-2"),
        booking("1243,50", "1200", "10000", "1502", "RE-1"),
        booking("119,00", "8400", "10001", "1602", "RE-3", side="H"),
    ]

    assert _orders(tmp_path, stapel=batch(rows)) == {
        "RE-1": ("10000", "2025-01-31", 105_000),
        "RE-2": ("10001", "2025-02-01", 2_000),
        "RE-3": ("10001", "2025-02-16", 10_000),
    }


def test_credit_notes_count_against_and_what_is_reversed_is_gone(tmp_path: Path) -> None:
    rows = [
        booking("1190,00", "10000", "8400", "1001", "RE-1"),
        booking("238,00", "10000", "8400", "1501", "GS-1", side="H"),
        booking("119,00", "10000", "8400", "2001", "RE-2"),
        booking("119,00", "10000", "8400", "2501", "RE-2", further={118: "1"}),
        booking("595,00", "10000", "8400", "2601", "RE-3"),
        booking("119,00", "10000", "8400", "2801", "RE-3", further={118: '"G"'}),
        booking("357,00", "10000", "8400", "2901", "RE-1", side="H"),
    ]

    assert _orders(tmp_path, stapel=batch(rows)) == {
        "RE-1": ("10000", "2025-01-10", 100_000),
        "GS-1": ("10000", "2025-01-15", -20_000),
        "RE-3": ("10000", "2025-01-26", 40_000),
        "RE-1 10000": ("10000", "2025-01-29", -30_000),
    }


@pytest.mark.parametrize("mark", [{"further": {118: "1"}}, {"key": "20"}, {"key": "23"}])
@pytest.mark.parametrize("side", ["S", "H"])
def test_a_reversal_takes_back_its_booking_on_whichever_side_it_is_written(
    tmp_path: Path, side: str, mark: dict[str, Any]
) -> None:
    """Of RE-1 (100.00) and RE-2 (200.00) nothing but RE-2 stays; of the credit note GS-1 nothing."""
    rows = [
        booking("119,00", "10000", "8400", "1001", "RE-1"),
        booking("119,00", "10000", "8400", "1101", "RE-1", side=side, **mark),
        booking("238,00", "10000", "8400", "1201", "RE-2"),
        booking("59,50", "10000", "8400", "1301", "GS-1", side="H"),
        booking("59,50", "10000", "8400", "1401", "GS-1", side=side, **mark),
    ]

    assert _orders(tmp_path, stapel=batch(rows)) == {"RE-2": ("10000", "2025-01-12", 20_000)}


@pytest.mark.parametrize("side", ["S", "H"])
def test_a_reversal_of_what_is_not_there_counts_against_and_is_told(tmp_path: Path, side: str) -> None:
    rows = [
        booking("119,00", "10000", "8400", "1101", "RE-0", side=side, further={118: "1"}),
        booking("238,00", "10000", "8400", "1201", "RE-2"),
    ]

    loaded = _load(tmp_path, stapel=batch(rows))

    assert loaded.tables["orders"]["amount"].sum() == 1_000_000
    assert "reversals alone" in [problem.kind for problem in loaded.warnings if problem.on_first_page]


def test_the_books_of_two_firms_are_refused_until_they_are_said_to_be_one(tmp_path: Path) -> None:
    files = {
        "a": batch([booking("119,00", "10000", "8400", "1001", "RE-1")]),
        "b": batch([booking("119,00", "10000", "8400", "1001", "RE-2")], head(client="457")),
    }
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()

    refused = _errors(tmp_path / "1", "", **files)
    told = _orders(tmp_path / "2", "[files.orders.datev]\nseveral_books = true\n", **files)

    assert [problem.kind for problem in refused] == ["books of several firms"]
    assert "1001/456, 1001/457" in str(refused[0].message)
    assert sorted(told) == ["RE-1", "RE-2"]


def test_what_debtors_owe_on_other_accounts_is_told_by_account(tmp_path: Path) -> None:
    """Account 1590 holds 357.00 − 57.00, 2700 holds 20.00; a payment of 119.00 is none of them."""
    rows = [
        booking("119,00", "10000", "8400", "1001", "RE-1"),
        booking("357,00", "10000", "1590", "1101", "RE-2"),
        booking("57,00", "10000", "1590", "1201", "RE-2", side="H"),
        booking("20,00", "2700", "10000", "1301", "RE-3", side="H"),
        booking("119,00", "1200", "10000", "1401", "RE-1"),
    ]

    told = {problem.kind: str(problem.message) for problem in _load(tmp_path, stapel=batch(rows)).warnings}

    assert "1590 (300.00), 2700 (20.00) (" in told["accounts that are no revenue"]


def test_books_without_debtors_are_told_to_hold_no_customers(tmp_path: Path) -> None:
    rows = [booking("119,00", "1200", "8400", "1001", "RE-1"), booking("59,50", "1000", "8400", "1101")]

    assert "no debtors" in [problem.kind for problem in _errors(tmp_path, stapel=batch(rows))]


def test_bookings_without_a_number_in_two_files_are_told(tmp_path: Path) -> None:
    row = booking("119,00", "10000", "8400", "1001")
    loaded = _load(tmp_path, a=batch([row]), b=batch([row, booking("119,00", "10000", "8400", "1101")]))

    assert loaded.tables["orders"]["amount"].sum() == 3_000_000
    assert "bookings twice" in [problem.kind for problem in loaded.warnings if problem.on_first_page]


def test_a_fiscal_year_crosses_new_year(tmp_path: Path) -> None:
    rows = [booking("119,00", "10000", "8400", day, f"RE-{day}") for day in ("107", "3112", "101", "3006")]

    found = _orders(tmp_path, stapel=batch(rows, head(start="20250701")))

    assert [day for _, day, _ in found.values()] == ["2025-07-01", "2025-12-31", "2026-01-01", "2026-06-30"]


def test_the_lowered_rates_of_2020_go_by_the_day(tmp_path: Path) -> None:
    rows = [
        booking("119,00", "10000", "8400", "3006", "RE-1"),
        booking("116,00", "10000", "8400", "107", "RE-2"),
        booking("105,00", "10000", "8300", "3112", "RE-3"),
        booking("116,00", "10000", "8200", "3112", "RE-4", key="3"),
    ]

    found = _orders(tmp_path, stapel=batch(rows, head(start="20200101")))

    assert {cents for _, _, cents in found.values()} == {10_000}


@pytest.mark.parametrize(
    ("key", "further", "cents"),
    [
        ("3", {}, 10_000),
        ("2", {}, 11_121),
        ("40", {}, 11_900),
        ("43", {}, 10_000),
        ("1", {}, 11_900),
        ("", {119: "19,00"}, 10_000),
        ("", {119: "7,00"}, 11_121),
    ],
)
def test_a_key_or_a_rate_tells_what_an_amount_holds(
    tmp_path: Path, key: str, further: dict[int, str], cents: int
) -> None:
    rows = [booking("119,00", "10000", "8400", "101", "RE-1", key=key, further=further)]

    assert _orders(tmp_path, stapel=batch(rows)) == {"RE-1": ("10000", "2025-01-01", cents)}


def test_longer_accounts_and_the_other_chart(tmp_path: Path) -> None:
    """With six digits to an account, debtors have seven: 100000 is an account of the ledger there."""
    rows = [
        booking("119,00", "1000000", "440000", "101", "RE-1"),
        booking("53,50", "6999999", "430000", "201", "RE-2"),
        booking("80,00", "7000001", "440000", "301", "ER-1", side="H"),
        booking("119,00", "180000", "1000000", "401", "RE-1"),
        booking("119,00", "1000000", "325000", "501", "AZ-1"),
    ]

    loaded = _load(tmp_path, stapel=batch(rows, head(length=6)))

    assert loaded.tables["orders"]["amount"].tolist() == [1_000_000, 500_000]
    assert loaded.tables["customers"]["customer_id"].tolist() == ["1000000", "6999999"]
    assert [problem.kind for problem in loaded.warnings if problem.severity == "warning"] == ["down payments"]


def test_the_older_layout_has_no_field_for_reversals(tmp_path: Path) -> None:
    rows = [
        booking("119,00", "10000", "8400", "101", "RE-1", fields=116),
        booking("119,00", "10000", "8400", "201", "RE-1", key="20", fields=116),
        booking("238,00", "10000", "8400", "301", "RE-2", fields=116),
    ]

    assert list(_orders(tmp_path, stapel=batch(rows, version=510))) == ["RE-2"]


def test_names_come_from_the_newest_list_of_debtors(tmp_path: Path) -> None:
    old = debtors([{1: "10000", 2: '"Alt GmbH"'}, {1: "10001", 2: '"Müller & Söhne KG"', 33: '"info@mueller.example"'}])
    new = debtors(
        [
            {1: "10000", 2: '"Neu GmbH"', 7: '"2"'},
            {1: "10002", 4: '"Zimmer"', 5: '"Ines"', 7: '"1"', 11: '"Frau"'},
            {1: "70000", 2: '"Lieferant AG"'},
        ],
        head(16, created="20260401102500000"),
    )
    rows = [booking("119,00", "10003", "8400", "101", "RE-1")]

    customers = _load(tmp_path, a=old, b=new, c=batch(rows)).tables["customers"]

    assert dict(zip(customers["customer_id"], customers["name"], strict=True)) == {
        "10001": "Müller & Söhne KG",
        "10000": "Neu GmbH",
        "10002": "Ines Zimmer",
        "10003": "10003",
    }


def test_a_month_exported_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    first = [booking("119,00", "10000", "8400", "101", "RE-1"), booking("119,00", "10000", "8400", "102", "RE-2")]
    second = [first[1], booking("119,00", "10000", "8400", "103", "RE-3")]

    loaded = _load(tmp_path, a=batch(first), b=batch(second))

    assert loaded.tables["orders"]["order_id"].tolist() == ["RE-1", "RE-2", "RE-3"]
    assert "bookings twice" in {problem.kind for problem in loaded.warnings}


def test_a_foreign_amount_counts_in_the_currency_of_the_books(tmp_path: Path) -> None:
    rows = [
        booking("200,00", "10000", "8120", "101", "RE-1", further={3: '"USD"', 5: "180,00", 6: '"EUR"'}),
        booking("200,00", "10000", "8120", "101", "RE-2", further={3: '"USD"', 4: "1,25"}),
    ]

    assert [cents for _, _, cents in _orders(tmp_path, stapel=batch(rows)).values()] == [18_000, 16_000]


def test_an_account_of_the_firm_is_asked_for_and_the_answer_taken(tmp_path: Path) -> None:
    rows = [booking("119,00", "10000", "8450", "101", "RE-1")]
    (tmp_path / "asked").mkdir()
    (tmp_path / "told").mkdir()

    asked = _errors(tmp_path / "asked", stapel=batch(rows))
    told = _orders(tmp_path / "told", '[files.orders.datev.account_rates]\n"8450" = 19\n', stapel=batch(rows))

    assert [(problem.kind, problem.location.line) for problem in asked] == [("unknown rate of tax", 3)]
    assert told == {"RE-1": ("10000", "2025-01-01", 10_000)}


def test_the_chart_is_asked_for_where_the_accounts_are_of_both(tmp_path: Path) -> None:
    rows = [booking("119,00", "10000", "8400", "101", "RE-1"), booking("119,00", "10000", "4400", "101", "RE-2")]

    assert [problem.kind for problem in _errors(tmp_path, stapel=batch(rows))] == ["unknown chart of accounts"]


def test_the_head_tells_the_chart(tmp_path: Path) -> None:
    rows = [booking("119,00", "10000", "8400", "101", "RE-1"), booking("119,00", "10000", "4400", "101", "RE-2")]

    assert list(_orders(tmp_path, stapel=batch(rows, head(chart="03")))) == ["RE-1"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (booking("100.00", "10000", "8400", "101", "RE-1"), "Umsatz (ohne Soll/Haben-Kz)"),
        (booking("100,00", "10000", "8400", "3002", "RE-1"), "Belegdatum"),
        (booking("100,00", "10000", "8400", "101", "RE-1", side="X"), "Soll/Haben-Kennzeichen"),
        (booking("100,00", "10000", "8400", "101", "RE-1", further={3: '"USD"'}), "Umsatz (ohne Soll/Haben-Kz)"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_field(tmp_path: Path, row: str, column: str) -> None:
    rows = [booking("119,00", "10000", "8400", "101", "RE-0"), row]

    [problem] = _errors(tmp_path, stapel=batch(rows))

    assert (problem.location.line, problem.location.column) == (4, column)


def test_settings_that_the_format_says_already_are_refused(tmp_path: Path) -> None:
    rows = [booking("119,00", "10000", "8400", "101", "RE-0")]

    problems = _errors(tmp_path, 'decimal = ","\n', stapel=batch(rows))

    assert 'format = "datev" says already what decimal would say' in str(problems[0].message)


@given(amounts=st.lists(st.tuples(st.integers(1, 10**7), st.booleans()), min_size=1, max_size=20))
def test_no_cent_is_lost_whatever_is_booked(
    amounts: list[tuple[int, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On accounts without tax, the orders add up to what was booked, credit notes deducted."""
    rows = [
        booking(f"{cents // 100},{cents % 100:02d}", "10000", "8120", "101", f"RE-{number}", side="S" if owed else "H")
        for number, (cents, owed) in enumerate(amounts)
    ]

    found = _orders(tmp_path_factory.mktemp("client"), stapel=batch(rows))

    assert sum(cents for _, _, cents in found.values()) == sum(cents if owed else -cents for cents, owed in amounts)


def test_files_are_recognised_by_their_first_line(tmp_path: Path) -> None:
    for name, data in (("21", batch([])), ("16", debtors([])), ("20", head(20).encode()), ("x", b"id;name\n1;a\n")):
        (tmp_path / name).write_bytes(data)

    assert recognise(tmp_path / "21") == Recognised("datev", ("orders", "customers"))
    assert recognise(tmp_path / "16") == Recognised("datev", ("customers",))
    assert recognise(tmp_path / "20") is None
    assert recognise(tmp_path / "x") is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="no real data here")
def test_a_real_ledger_is_read_to_the_cent(tmp_path: Path) -> None:
    """One invoice of 5950.00 at 19 % on 22 February 2018, and one purchase."""
    real = SHARED / "exports" / "datev_extf"
    files = {path.stem: path.read_bytes() for path in real.glob("EXTF_*.csv")}

    write(tmp_path, **files)
    loaded = load_client_folder(tmp_path, {})

    assert loaded.tables["orders"]["amount"].tolist() == [50_000_000]
    assert loaded.tables["customers"]["name"].tolist() == ["Sabine Mustermann"]
