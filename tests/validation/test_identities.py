"""One customer under several spellings is read as one, or the user is asked; nothing is guessed in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.folders import CLIENT, load, problems
from tests.support.questionnaires import write_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

HEADER = "order_id,customer_id,ordered_on,amount\n"
CUT_OUT = '[files.customers]\npath = "orders.csv"\ndistinct = true\n'
DAY = "2026-01-05"


def orders(*ids: str) -> str:
    return HEADER + "".join(f'{number},"{name}",{DAY},10.00\n' for number, name in enumerate(ids, start=1))


def buyers(folder: ClientFolder) -> list[int]:
    found: list[int] = folder.tables["orders"]["customer"].tolist()
    return found


def test_numbers_with_decimals_are_the_same_customers_across_the_files_of_a_pattern(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        CLIENT + '[files.orders]\npath = "day-*.csv"\n' + CUT_OUT.replace("orders.csv", "day-*.csv"),
        customers=None,
        orders=None,
        **{
            "day-1.csv": orders("17850", "13047"),
            "day-2.csv": orders("17850.0", "").replace("\n1,", "\n3,").replace("\n2,", "\n4,"),
        },
    )

    assert folder.tables["customers"]["customer_id"].tolist() == ["17850", "13047"]
    assert buyers(folder) == [0, 1, 0, -1]


def test_decimals_that_say_something_are_left_as_they_are(tmp_path: Path) -> None:
    folder = load(tmp_path, CLIENT + CUT_OUT, customers=None, orders=orders("1.0", "1.1", "1"))

    assert folder.tables["customers"]["customer_id"].tolist() == ["1.0", "1.1", "1"]


def test_numbers_with_a_decimal_comma_in_another_table_are_the_same_customers(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        customers="customer_id,name\n17850,Anna\n",
        orders=orders("17850"),
        visits=f'customer_id,visited_on\n"17850,0",{DAY}\n',
    )

    assert folder.tables["visits"]["customer"].tolist() == [0]


def test_the_cells_of_a_spreadsheet_are_the_same_customers_as_those_of_a_text_file(tmp_path: Path) -> None:
    rows = [["order_id", "customer_id", "ordered_on", "amount"], ["1", "132", DAY, "5"], ["2", "00132", DAY, "5"]]
    book = write_sheet(tmp_path / "orders.xlsx", rows)

    told = problems(
        tmp_path,
        CLIENT + '[files.orders]\npath = "orders.xlsx"\n',
        customers="customer_id,name\n00132,Anna\n",
        orders=None,
        **{"orders.xlsx": book.read_bytes()},
    )

    assert len(told) == 1
    assert "pad = 5 in [files.orders]" in told[0]


def test_a_width_brings_the_zeros_back_and_zero_leaves_ids_as_they_are(tmp_path: Path) -> None:
    both = [f"{CLIENT}[files.orders]\npad = {width}\n{CUT_OUT}pad = {width}\n" for width in (5, 0)]
    ids = orders("00123", "123", "K9")

    told = problems(tmp_path, CLIENT + CUT_OUT, customers=None, orders=ids)
    padded, kept = (load(tmp_path, client, customers=None, orders=ids) for client in both)

    assert len(told) == 1
    assert "pad = 5 in [files.orders], [files.customers]" in told[0]
    assert buyers(padded) == [0, 0, 1]
    assert buyers(kept) == [0, 1, 2]


def test_zeros_that_the_list_of_customers_has_lost_are_asked_for_there(tmp_path: Path) -> None:
    files = {"customers": "customer_id,name,merged_into\n7,Anna,\n8,Bernd,7\n", "orders": orders("0007", "0008")}

    told = problems(tmp_path, **files)
    folder = load(tmp_path / "padded", CLIENT + "[files.customers]\npad = 4\n", **files)

    assert [line.split(":")[0] for line in told] == ["customers.csv"]
    assert "2 rows name customers without leading zeros" in told[0]
    assert buyers(folder) == [0, 0]


def test_customers_listed_with_and_without_zeros_are_two(tmp_path: Path) -> None:
    folder = load(tmp_path, customers="customer_id,name\n00132,Anna\n132,Bernd\n", orders=orders("132", "00132"))

    assert buyers(folder) == [1, 0]
    assert folder.warnings == ()


@pytest.mark.parametrize("word", ["NULL", "None", "nan", "#N/A", "n/a", "-", "(null)", "#NV"])
def test_words_for_nothing_are_no_customers(word: str, tmp_path: Path) -> None:
    folder = load(tmp_path, CLIENT + CUT_OUT, customers=None, orders=orders("K1", word, word, word))

    assert folder.tables["customers"]["customer_id"].tolist() == ["K1"]
    assert buyers(folder) == [0, -1, -1, -1]
    told = {warning.kind: warning for warning in folder.warnings}
    assert told.keys() == {"word instead of a customer", "order without customer"}
    first_page = told["order without customer"].on_first_page
    assert first_page is not None
    assert first_page.said_in("de") == (
        "3 Bestellungen haben keinen Kunden: 75 % der Bestellungen und 75 % des Umsatzes zählen nur in der Summe."
    )


def test_a_listed_customer_may_be_called_like_nothing(tmp_path: Path) -> None:
    folder = load(tmp_path, customers="customer_id,name\nNone,None Bakery\n0,Zero Ltd\n", orders=orders("None", "0"))

    assert buyers(folder) == [0, 1]
    assert folder.warnings == ()


@pytest.mark.parametrize("word", ["0", "000", "Gast", "guest", "unbekannt", "Laufkundschaft", "Barverkauf"])
def test_words_for_everybody_are_asked_for_and_both_answers_are_taken(word: str, tmp_path: Path) -> None:
    ids = orders("K1", word)
    value = f'values.customer_id."{word}"'
    empty, kept = (f'{CLIENT}[files.orders]\n{value} = "{to}"\n{CUT_OUT}{value} = "{to}"\n' for to in ("", word))

    told = problems(tmp_path, CLIENT + CUT_OUT, customers=None, orders=ids)

    assert len(told) == 1
    assert f'values.customer_id."{word}" = "" in [files.orders], [files.customers]' in told[0]
    assert buyers(load(tmp_path / "empty", empty, customers=None, orders=ids)) == [0, -1]
    assert buyers(load(tmp_path / "kept", kept, customers=None, orders=ids)) == [0, 1]


def test_a_word_for_everybody_that_only_the_orders_leave_out_is_asked_for_in_the_customers(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        f'{CLIENT}[files.orders.values.customer_id]\n0 = ""\n{CUT_OUT}',
        customers=None,
        orders=orders("K1", "0"),
    )

    assert len(told) == 1
    assert 'values.customer_id."0" = "" in [files.customers];' in told[0]


def test_an_excluded_customer_may_have_any_id(tmp_path: Path) -> None:
    folder = load(tmp_path, 'exclude_customers = ["0", "NULL"]\n' + CLIENT, orders=orders("K1", "0", "NULL"))

    assert buyers(folder) == [0]


@pytest.mark.parametrize("word", ["4,91512E+12", "4.91512E+12", "5E+12", "4.91512e+12"])
def test_ids_cut_by_a_spreadsheet_are_refused(word: str, tmp_path: Path) -> None:
    told = problems(tmp_path, CLIENT + CUT_OUT, customers=None, orders=orders(word, word, "K1"))

    assert len(told) == 1
    assert told[0].startswith("orders.csv:2:customer_id: 2 rows have ids that a spreadsheet has cut")


def test_an_id_with_an_e_is_an_id(tmp_path: Path) -> None:
    assert buyers(load(tmp_path, CLIENT + CUT_OUT, customers=None, orders=orders("1E5", "2E7"))) == [0, 1]


def test_addresses_are_the_same_in_capital_letters_in_every_table(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        CLIENT + CUT_OUT,
        customers=None,
        orders=orders("anna@example.org", "Anna@Example.org", "Ben@example.org"),
        contacts="customer_id,name\nANNA@example.org,Anna Mai\n",
    )

    assert folder.tables["customers"]["customer_id"].tolist() == ["anna@example.org", "Ben@example.org"]
    assert buyers(folder) == [0, 0, 1]
    assert folder.tables["contacts"]["customer"].tolist() == [0]


IDS = st.integers(min_value=1, max_value=300).map(str)


@settings(deadline=None, max_examples=40)
@given(st.lists(IDS, min_size=1, max_size=20), st.integers(min_value=3, max_value=8))
def test_padding_all_ids_changes_nobody(tmp_path_factory: pytest.TempPathFactory, ids: list[str], width: int) -> None:
    place = tmp_path_factory.mktemp("padding")

    plain = load(place / "plain", CLIENT + CUT_OUT, customers=None, orders=orders(*ids))
    padded = load(
        place / "padded", CLIENT + CUT_OUT, customers=None, orders=orders(*(name.zfill(width) for name in ids))
    )
    declared = load(
        place / "declared",
        f"{CLIENT}[files.orders]\npad = {width}\n{CUT_OUT}pad = {width}\n",
        customers=None,
        orders=orders(*ids),
    )

    assert buyers(plain) == buyers(padded) == buyers(declared)
    assert declared.tables["customers"]["customer_id"].tolist() == padded.tables["customers"]["customer_id"].tolist()


SPELLINGS = st.sampled_from(
    ["00132", "132", "17.0", "17", "NULL", "0", "guest", "4E+12", "a@b.de", "A@b.de", "K9", "k1", "K1", "Anna", ""]
)


@settings(deadline=None, max_examples=40)
@given(st.lists(SPELLINGS, min_size=1, max_size=12), st.sampled_from([CUT_OUT, ""]))
def test_more_rows_of_the_same_are_told_in_as_many_messages(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str], cut_out: str
) -> None:
    place = tmp_path_factory.mktemp("rows")
    client, customers = (
        (CLIENT + cut_out, None) if cut_out else (CLIENT, "customer_id,name\nK1,Anna\n00132,Bernd\n17,C\n")
    )

    once = problems(place / "once", client, customers=customers, orders=orders(*ids))
    often = problems(place / "often", client, customers=customers, orders=orders(*ids, *ids, *ids))

    assert len(once) == len(often)


@pytest.mark.parametrize(("one", "other"), [("K-1", "k-1"), ("Müller", "Mueller"), ("A GmbH", "A  GMBH")])
def test_customers_who_differ_in_spelling_alone_are_told_on_the_first_page(
    tmp_path: Path, one: str, other: str
) -> None:
    warnings = load(tmp_path, CLIENT + CUT_OUT, customers=None, orders=orders(one, other, "Other")).warnings

    told = [warning for warning in warnings if warning.kind == "customers in several spellings"]
    assert [warning.on_first_page is not None for warning in told] == [True]


def test_spellings_that_are_declared_or_listed_are_different_customers(tmp_path: Path) -> None:
    declared = CLIENT + CUT_OUT + '[files.customers.values.customer_id]\n"k-1" = "k-1"\n'

    assert not load(tmp_path, declared, customers=None, orders=orders("K-1", "k-1")).warnings
    assert not load(tmp_path, customers="customer_id\nK-1\nk-1\n", orders=orders("K-1", "k-1")).warnings


@pytest.mark.parametrize("cut", ["1.23457E+11", "1,23457E+11"])
def test_order_ids_that_a_spreadsheet_cut_are_refused_once(tmp_path: Path, cut: str) -> None:
    rows = f'order_id,customer_id,ordered_on,amount\n7,K1,{DAY},1.00\n"{cut}",K1,{DAY},1.00\n'

    told = problems(tmp_path, orders=rows)

    assert [line for line in told if "a spreadsheet has cut" in line] == told
    assert len(told) == 1
