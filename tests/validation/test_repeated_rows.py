from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.validation.folder import load_client_folder
from tests.support.folders import CLIENT, load, write_client
from tests.support.folders import problems as all_problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

PATTERN = CLIENT + '[files.orders]\npath = "o*.csv"\n'
LINES = PATTERN + 'rows = "order_line"\n'
HEAD = "order_id,customer_id,ordered_on,amount\n"
LINE_HEAD = "order_id,customer_id,ordered_on,amount,product_id\n"


def problems(place: Path, client: str = CLIENT, **files: str | None) -> list[str]:
    """Return what is wrong, without the columns that nobody reads, which are meant here."""
    return [line for line in all_problems(place, client, **files) if "not read:" not in line]


def _revenue(folder: ClientFolder) -> int:
    orders = folder.tables["orders"]
    return int(orders.loc[orders["status"] == "completed", "amount"].sum()) // 10_000


def test_rows_without_ids_that_repeat_are_told_once_with_what_they_add(tmp_path: Path) -> None:
    client = CLIENT + "[files.orders]\nnumber_rows = true\n"
    rows = "customer_id,ordered_on,amount\n" + "K1,2026-01-05,60\n" * 3 + "K2,2026-01-06,40\n"

    folder = load(tmp_path, client, orders=rows)

    assert _revenue(folder) == 220
    assert [(str(warning.location).rpartition("/")[2], str(warning.message)) for warning in folder.warnings] == [
        (
            "orders.csv:3",
            (
                "2 rows stand in the file more than once, and count each time, which adds 120.00 (where they are "
                "meant once, delete them, or write distinct = true under [files.orders])"
            ),
        )
    ]
    assert "120.00 too high" in str(folder.warnings[0].on_first_page)
    once = load(tmp_path, client + "distinct = true\n", orders=rows)
    assert (_revenue(once), once.warnings) == (100, ())
    assert [(left.reason, left.rows) for left in once.accounts[1].left_out] == [("repeated_row", 2)]


def test_what_repeats_is_no_matter_for_the_first_page_where_it_is_little(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        CLIENT + "[files.orders]\nnumber_rows = true\n",
        orders="customer_id,ordered_on,amount\n" + "K1,2026-01-05,1\n" * 2 + "K2,2026-01-06,4000\n",
    )

    assert [warning.on_first_page for warning in folder.warnings] == [None]


def test_rows_are_the_same_only_where_all_cells_are(tmp_path: Path) -> None:
    """Two articles of one price, in a column that nobody reads, are two lines."""
    rows = HEAD.replace("\n", ",Artikel\n") + "1,K1,2026-01-05,5,A\n1,K1,2026-01-05,5,B\n1,K1,2026-01-05,7,C\n"

    folder = load(tmp_path, CLIENT + '[files.orders]\nrows = "order_line"\n', orders=rows)

    assert _revenue(folder) == 17
    assert folder.warnings == ()


@pytest.mark.parametrize("product", ["", ",product_id"])
def test_order_lines_that_repeat_in_a_file_are_told(tmp_path: Path, product: str) -> None:
    end = ",A" if product else ""
    rows = f"order_id;customer_id;ordered_on;amount{product.replace(',', ';')}\n" + "".join(
        f"1;K1;2026-01-05;{amount}{end.replace(',', ';')}\n" for amount in (60, 60, 5)
    )

    folder = load(tmp_path, CLIENT + '[files.orders]\nrows = "order_line"\n', orders=rows)

    assert _revenue(folder) == 125
    assert [(warning.kind, warning.location.line) for warning in folder.warnings] == [("duplicate row", 3)]
    assert "adds 60.00" in str(folder.warnings[0].message)


def test_a_copy_of_a_file_is_told_as_that(tmp_path: Path) -> None:
    rows = HEAD + "1,K1,2026-01-05,60\n2,K2,2026-01-06,40\n"
    folder = write_client(tmp_path, PATTERN, orders=rows, **{"orders (1)": rows, "orders - Kopie": rows})

    told = problems(tmp_path, PATTERN, orders=rows, **{"orders (1)": rows, "orders - Kopie": rows})

    assert told == [
        f"{copy}.csv: has the same 2 rows as orders.csv (delete one of the two files, or narrow the pattern)"
        for copy in ("orders (1)", "orders - Kopie")
    ]
    (folder / "client.toml").write_text(PATTERN + "distinct = true\n", encoding="utf-8")
    assert _revenue(load_client_folder(folder)) == 100


def test_files_without_rows_are_no_copies(tmp_path: Path) -> None:
    assert problems(tmp_path, PATTERN, orders=HEAD + "1,K1,2026-01-05,60\n", o1=HEAD, o2=HEAD) == []


def test_an_order_line_in_two_files_is_refused_and_the_cure_counts_it_once(tmp_path: Path) -> None:
    first = LINE_HEAD + "1,K1,2026-01-05,60,A\n2,K2,2026-02-06,40,A\n2,K2,2026-02-06,40,A\n"
    second = LINE_HEAD + "2,K2,2026-02-06,40,A\n2,K2,2026-02-06,40,A\n3,K1,2026-03-06,7,A\n"

    told = [line for line in problems(tmp_path, LINES, orders=None, o1=first, o2=second) if "overlap" in line]

    assert told == [
        (
            "o2.csv:2: 2 rows stand in o1.csv, from line 3 on, as well, and count twice, which adds 80.00 (export "
            'the files anew without overlap, or write distinct = "files" under [files.orders], '
            "and what stands in two files counts once)"
        )
    ]
    cured = load(tmp_path, LINES + 'distinct = "files"\n', orders=None, o1=first, o2=second)
    assert _revenue(cured) == 60 + 80 + 7
    strict = load(tmp_path, LINES + "distinct = true\n", orders=None, o1=first, o2=second)
    assert _revenue(strict) == 60 + 40 + 7


def test_lines_of_an_order_may_be_spread_over_files(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        LINES,
        orders=None,
        o1=LINE_HEAD + "1,K1,2026-01-05,60,A\n",
        o2=LINE_HEAD + "1,K1,2026-01-05,40,B\n2,K2,2026-02-06,7,A\n",
    )

    assert _revenue(folder) == 107
    assert folder.warnings == ()


@pytest.mark.parametrize(("second", "severity"), [(2, "error"), (20, "warning")])
def test_rows_without_ids_in_two_files_are_refused_where_they_are_many(
    tmp_path: Path, second: int, severity: str
) -> None:
    head = "customer_id,ordered_on,amount\n"
    others = "".join(f"K2,2026-02-06,{number + 10}\n" for number in range(second))
    files = {
        "o1": head + "K1,2026-01-05,60\n" + others.replace("02-06", "02-07"),
        "o2": head + "K1,2026-01-05,60\n" + others,
    }
    folder = write_client(tmp_path, PATTERN + "number_rows = true\n", orders=None, **files)

    if severity == "warning":
        assert [warning.kind for warning in load_client_folder(folder).warnings] == ["overlapping files"]
    else:
        assert any(
            'distinct = "files"' in line
            for line in problems(tmp_path, PATTERN + "number_rows = true\n", orders=None, **files)
        )


def test_an_id_in_another_file_names_that_file(tmp_path: Path) -> None:
    first, second = HEAD + "1,K1,2026-01-05,60\n2,K2,2026-01-06,40\n", HEAD + "2,K2,2026-01-06,40\n3,K1,2026-01-07,7\n"

    assert problems(tmp_path, PATTERN, orders=None, o1=first, o2=second) == [
        (
            'o2.csv:2:order_id: "2" is already in o1.csv on line 3, with the same values '
            "(take one of the files away, or write distinct = true under [files.orders], and it counts once)"
        )
    ]
    assert _revenue(load(tmp_path, PATTERN + "distinct = true\n", orders=None, o1=first, o2=second)) == 107


def test_another_version_of_an_order_in_another_file_asks_for_the_newer(tmp_path: Path) -> None:
    head = HEAD.replace("\n", ",Stand am\n")
    first = head + "1,K1,2026-01-05,60,2026-01-06 09:00\n2,K2,2026-01-06,40,2026-01-06 10:00\n"
    second = head + "2,K2,2026-01-06,45,2026-01-06 11:00\n3,K1,2026-01-07,7,2026-01-07 08:00\n"

    told = problems(tmp_path, PATTERN, orders=None, o1=first, o2=second)

    assert len(told) == 1
    assert told[0].startswith('o2.csv:2:order_id: "2" is already in o1.csv on line 3, with other values')
    newest = load(tmp_path, PATTERN + 'latest_by = "Stand am"\n', orders=None, o1=second, o2=first)
    assert _revenue(newest) == 60 + 45 + 7
    account = next(account for account in newest.accounts if account.table == "orders")
    assert [(left.reason, left.rows) for left in account.left_out] == [("older_version", 1)]


def test_numbers_used_again_are_no_versions(tmp_path: Path) -> None:
    files = {
        "o1": HEAD.replace("\n", ",nr\n") + "1,K1,2025-01-05,60,1\n",
        "o2": HEAD.replace("\n", ",nr\n") + "1,K2,2026-01-06,40,2\n",
    }

    told = problems(tmp_path, PATTERN, orders=None, **files)
    assert "write the year before them" in told[0]
    assert "latest_by" not in told[0]
    insisted = problems(tmp_path, PATTERN + 'latest_by = "nr"\n', orders=None, **files)
    assert [line.split(": ", 1)[1] for line in insisted] == [
        (
            '"1" stands for two customers or days, and is no order in two versions '
            "(where numbers are used again, write the year before them)"
        )
    ]


def test_of_the_versions_of_an_order_by_lines_the_newest_counts(tmp_path: Path) -> None:
    head = LINE_HEAD.replace("\n", ",stand\n")
    rows = head + (
        "1,K1,2026-01-05,60,A,1\n1,K1,2026-01-05,40,B,1\n1,K1,2026-01-05,50,A,2\n1,K1,2026-01-05,5,C,2\n"
        "2,K2,2026-02-06,7,A,1\n"
    )

    assert _revenue(load(tmp_path, LINES + 'latest_by = "stand"\n', orders=rows)) == 50 + 5 + 7


def test_a_column_that_differs_between_lines_tells_no_versions(tmp_path: Path) -> None:
    rows = LINE_HEAD.replace("\n", ",stand\n") + "1,K1,2026-01-05,60,A,1\n1,K1,2026-01-05,40,B,2\n"

    told = problems(tmp_path, LINES + 'latest_by = "stand"\n', orders=rows)

    assert "differs between the lines of order" in told[0]


def test_a_version_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    rows = HEAD.replace("\n", ",nr\n") + "1,K1,2026-01-05,60,1\n1,K1,2026-01-05,40,neu\n"

    told = problems(tmp_path, CLIENT + '[files.orders]\nlatest_by = "nr"\n', orders=rows)

    assert any(line.startswith('orders.csv:3:nr: latest_by takes the newest, and the cell "neu"') for line in told)


def test_a_version_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    rows = HEAD + "1,K1,2026-01-05,60\n1,K1,2026-01-05,40\n"

    told = problems(tmp_path, CLIENT + '[files.orders]\nlatest_by = "nr"\n', orders=rows)

    assert any('latest_by names "nr", which is no column of the file' in line for line in told)


def test_contradictions_of_an_order_are_refused_though_ids_may_repeat(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        CLIENT + "[files.orders]\ndistinct = true\n",
        orders=HEAD + "1,K1,2026-01-05,60\n1,K1,2026-01-05,70\n1,K1,2026-01-05,60\n",
    )

    assert told == [
        (
            'orders.csv:3:amount: "1" has another amount here than before, and nothing tells which counts '
            "(mend one of the rows, or take distinct away)"
        )
    ]


def test_an_order_without_an_id_is_not_lost_where_ids_may_repeat(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        CLIENT + "[files.orders]\ndistinct = true\n",
        orders=HEAD + "1,K1,2026-01-05,60\n,K1,2026-01-06,70\n",
    )

    assert told == ["orders.csv:3:order_id: the cell is empty (every row needs a value here)"]


def test_rows_of_one_id_that_differ_elsewhere_are_asked_about(tmp_path: Path) -> None:
    """They may be lines of it: with `distinct` one of them would be lost."""
    rows = HEAD.replace("\n", ",Artikel\n") + "1,K1,2026-01-05,5,A\n1,K1,2026-01-05,5,B\n"

    told = problems(tmp_path, orders=rows)

    assert len(told) == 1
    assert 'rows = "order_line" where each tells a line of it' in told[0]


def test_orders_that_are_alike_in_two_files_are_asked_about_until_products_tell(tmp_path: Path) -> None:
    head = HEAD.replace("\n", ",Artikel,Ausgegeben\n")
    first = head + "1,K1,2026-01-05,60,A,31.01.\n1,K1,2026-01-05,40,B,31.01.\n2,K2,2026-01-06,7,A,31.01.\n"
    second = head + "1,K1,2026-01-05,60,A,28.02.\n1,K1,2026-01-05,40,B,28.02.\n3,K2,2026-02-06,8,A,28.02.\n"

    told = problems(tmp_path, LINES, orders=None, o1=first, o2=second)
    assert len(told) == 1
    assert "map product_id" in told[0]
    with_products = LINES + 'distinct = "files"\n[files.orders.columns]\nproduct_id = "Artikel"\n'
    assert _revenue(load(tmp_path, with_products, orders=None, o1=first, o2=second)) == 115
