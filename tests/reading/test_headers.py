"""Where the columns are named elsewhere, or rows end otherwise, than a table expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = 'order_id = "Beleg"\ncustomer_id = "Kunde"\nordered_on = "Datum"\namount = "Netto"\n'
MAPPED = f"{CLIENT}[files.orders]\n{{keys}}\n[files.orders.columns]\n{COLUMNS}"
HEADER = "Beleg;Kunde;Datum;Netto"
ROWS = "1;K1;2026-01-05;100.00\n2;K2;2026-02-06;50.50\n"
MONEY = 10_000


def _told(place: Path, text: str, keys: str = "") -> list[str]:
    return problems(place, MAPPED.format(keys=keys), orders=text)


def _amounts(place: Path, text: str, keys: str = "") -> list[float]:
    return [
        float(amount) / MONEY
        for amount in load(place, MAPPED.format(keys=keys), orders=text).tables["orders"]["amount"]
    ]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("Umsatzliste\n", 2),
        ("Umsatzliste;;;\nStand: 31.03.2026;;;\n\n", 4),
        ("# export\n# user: x\n", 3),
        ("\n\n", 3),
        ('"Title; quoted"\n', 2),
        ("Firma;100;2026;1\n", 2),
    ],
)
def test_a_header_below_other_lines_is_named_once_and_then_read(before: str, line: int, tmp_path: Path) -> None:
    text = f"{before}{HEADER}\n{ROWS}"

    told = _told(tmp_path, text)

    assert len(told) == 1
    assert f"header_line = {line} " in told[0]
    assert _amounts(tmp_path, text, f"header_line = {line}") == [100, 50.5]


@pytest.mark.parametrize("mark", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("keys", ["", "header_line = 2", 'separator = ";"'])
def test_a_line_that_tells_the_separator_is_no_header(mark: str, end: str, keys: str, tmp_path: Path) -> None:
    text = end.join([mark, HEADER, *ROWS.splitlines(), ""])

    assert _amounts(tmp_path, text, keys) == [100, 50.5]


def test_any_separator_may_be_told(tmp_path: Path) -> None:
    assert _amounts(tmp_path, "sep=|\n" + f"{HEADER}\n{ROWS}".replace(";", "|")) == [100, 50.5]


@pytest.mark.parametrize("first", ["1;K1;2026-01-05;100.00\n", "A-1;K1;05.01.2026;100,00\n"])
def test_a_file_without_a_header_is_told_in_one_message(first: str, tmp_path: Path) -> None:
    told = _told(tmp_path, first + ROWS)

    assert len(told) == 1
    assert "looks like data" in told[0]
    assert "header_line = 0" in told[0]


@pytest.mark.parametrize("repeated", [f"{HEADER}\n", f"\ufeff{HEADER}\n", f"{HEADER}\r\n"])
def test_files_put_together_are_told_by_the_line_of_the_second_header(repeated: str, tmp_path: Path) -> None:
    end = "\r\n" if "\r" in repeated else "\n"
    text = f"{HEADER}\n{ROWS}".replace("\n", end) + repeated + "3;K1;2026-03-05;1.00" + end

    told = _told(tmp_path, text)

    assert len(told) == 1
    assert told[0].startswith("orders.csv:4: the line repeats the header")


def test_a_cell_that_begins_like_the_header_is_no_second_header(tmp_path: Path) -> None:
    text = "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,100.00\n"

    assert problems(tmp_path, orders=text + "order_id,K1,2026-01-06,100.00\n") == []


@pytest.mark.parametrize("ends", [";", ";;", "; ; "])
def test_a_separator_at_the_end_of_every_row_is_no_cell(ends: str, tmp_path: Path) -> None:
    text = HEADER + "\n" + "".join(f"{row}{ends}\n" for row in ROWS.splitlines())

    assert _amounts(tmp_path, text) == [100, 50.5]


def test_a_separator_at_the_end_of_the_header_alone_is_no_column(tmp_path: Path) -> None:
    assert _amounts(tmp_path, f"{HEADER};\n{ROWS}") == [100, 50.5]


@pytest.mark.parametrize("row", ["3;K1;2026-03-05;1.00;x", "3;K1;2026-03-05"])
def test_a_row_of_another_width_is_still_refused(row: str, tmp_path: Path) -> None:
    told = _told(tmp_path, f"{HEADER}\n" + "".join(f"{line};\n" for line in ROWS.splitlines()) + f"{row}\n")

    assert any("separator at the end" in problem for problem in told)
    assert any("orders.csv:4: the row has" in problem for problem in told)


def test_comments_behind_the_table_are_left_out_and_told(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS}# 2 rows; checked\n# end of file\n"

    told = _told(tmp_path, text)

    assert len(told) == 1
    assert told[0].startswith("orders.csv:4: 2 lines from here on are comments")
    assert _amounts(tmp_path, text) == [100, 50.5]


def test_an_order_whose_number_begins_like_a_comment_is_an_order(tmp_path: Path) -> None:
    assert _amounts(tmp_path, f"{HEADER}\n{ROWS}".replace("\n1;", "\n#1;").replace("\n2;", "\n#2;")) == [100, 50.5]


@pytest.mark.parametrize("count", [50_000])
def test_long_files_are_told_the_same(count: int, tmp_path: Path) -> None:
    rows = "".join(f"{number};K1;2026-01-05;1.00\n" for number in range(count))

    assert _told(tmp_path, f"Title\n{HEADER}\n{rows}")[0].endswith("(write header_line = 2 in client.toml)")
    assert _told(tmp_path, f"{HEADER}\n{rows}{HEADER}\n")[0].startswith(f"orders.csv:{count + 2}: the line repeats")
