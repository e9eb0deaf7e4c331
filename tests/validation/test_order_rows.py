from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.model.dataset import Dataset
from retention_reports.model.quarters import Quarter
from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

BY_LINE = CLIENT + 'history_complete = true\n[files.orders]\nrows = "order_line"\n'
GERMAN = (
    BY_LINE
    + 'separator = ";"\ndecimal = ","\ndate_format = "%d.%m.%Y"\n[files.orders.columns]\norder_id = "Auftrag"\n'
    + 'customer_id = "Kunde"\nordered_on = "Datum"\namount = "Netto"\nstatus = "Position"\nproduct_id = "Artikel"\n'
    + '[files.orders.values.status]\nstorniert = "cancelled"\nretour = "returned"\n'
)
HEAD = "order_id,customer_id,ordered_on,amount,status\n"


def _orders(folder: ClientFolder) -> dict[str, tuple[int, str]]:
    orders = folder.tables["orders"]
    rows = zip(orders["order_id"], orders["amount"].tolist(), orders["status"], strict=True)
    return {order: (amount // 10_000, status) for order, amount, status in rows}


def test_a_cancelled_line_leaves_its_order(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        GERMAN,
        orders=(
            "Auftrag;Kunde;Datum;Netto;Position;Artikel\n1;K1;05.01.2026;900,00;;A\n1;K1;05.01.2026;100,00;storniert;B\n"
            "2;K2;06.02.2026;50,00;;A\n"
        ),
    )

    assert _orders(folder) == {"1": (900, "completed"), "2": (50, "completed")}
    assert folder.tables["order_lines"]["product_id"].tolist() == ["A", "A"]
    assert folder.warnings == ()
    lines = next(account for account in folder.accounts if account.table == "order_lines")
    assert (lines.rows_in, lines.rows_used) == (3, 2)
    assert [(left.reason, left.rows) for left in lines.left_out] == [("cancelled_line", 1)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["60,", "40,returned"], (60, "completed")),
        (["40,returned", "60,"], (60, "completed")),
        (["60,returned", "40,returned"], (100, "returned")),
        (["60,cancelled", "40,returned"], (40, "returned")),
        (["60,cancelled", "40,cancelled"], (100, "cancelled")),
        (["60,cancelled", "40,completed"], (40, "completed")),
        (["40,returned", "-5,"], (40, "returned")),
        (["-40,", "-5,"], (-45, "completed")),
        (["0,", "40,returned"], (40, "returned")),
    ],
)
def test_an_order_is_what_its_lines_make_it(tmp_path: Path, rows: list[str], expected: tuple[int, str]) -> None:
    lines = "".join(f"1,K1,2026-01-05,{row}\n" for row in rows)

    folder = load(tmp_path, BY_LINE, orders=f"{HEAD}{lines}2,K2,2026-01-06,7,\n")

    assert _orders(folder) == {"1": expected, "2": (7, "completed")}


def test_a_returned_line_was_bought_and_is_no_revenue(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=(
            "order_id,customer_id,ordered_on,amount,cost,status,product_id\n"
            "1,K1,2026-01-05,60,30,,A\n1,K1,2026-01-05,40,20,returned,B\n2,K2,2026-01-06,7,,,A\n"
        ),
    )

    lines = Dataset.at(folder, Quarter.parse("2026-Q1", 1)).product_lines
    assert lines is not None
    assert lines.bought.tolist() == [True, True, True]
    assert lines.billed.tolist() == [True, False, True]
    assert folder.tables["orders"]["cost"].fillna(0).tolist() == [300_000, 0]


def test_statuses_of_lines_in_their_own_file_count_as_those_in_the_orders_file(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        orders="order_id,customer_id,ordered_on\n1,K1,2026-01-05\n2,K2,2026-01-06\n3,K2,2026-01-07\n",
        order_lines=(
            "order_id,product_id,amount,status\n1,A,60,\n1,B,40,returned\n2,A,10,cancelled\n2,B,5,\n3,A,8,cancelled\n"
        ),
    )

    assert _orders(folder) == {"1": (60, "completed"), "2": (5, "completed"), "3": (8, "cancelled")}
    assert folder.tables["order_lines"]["status"].tolist() == ["completed", "returned", "completed", "cancelled"]


def test_a_row_that_continues_an_order_has_its_status(tmp_path: Path) -> None:
    """Shops write what belongs to the order into its first row."""
    folder = load(
        tmp_path,
        BY_LINE + '[files.orders.columns]\namount = "Subtotal"\nunit_price = "Price"\n',
        orders=(
            "order_id,customer_id,ordered_on,Subtotal,status,product_id,quantity,Price\n"
            "1,K1,2026-01-05,30,returned,A,2,10\n1,K1,2026-01-05,,,B,1,10\n2,K2,2026-01-06,5,completed,A,1,5\n"
        ),
    )

    assert _orders(folder) == {"1": (30, "returned"), "2": (5, "completed")}
    assert folder.tables["order_lines"]["status"].tolist() == ["returned", "returned", "completed"]


def test_a_status_that_every_order_tells_once_is_asked_about_and_either_answer_works(tmp_path: Path) -> None:
    rows = HEAD + "1,K1,2026-01-05,60,returned\n1,K1,2026-01-05,40,\n2,K2,2026-01-06,7,completed\n"

    assert problems(tmp_path, BY_LINE, orders=rows) == [
        (
            'orders.csv:2:status: every order tells its status in one row only, order "1" "returned": that may be '
            "the whole order or this line alone "
            '(write per_order = ["status"] or per_line = ["status"] under [files.orders])'
        )
    ]
    assert _orders(load(tmp_path, BY_LINE + 'per_order = ["status"]\n', orders=rows))["1"] == (100, "returned")
    assert _orders(load(tmp_path, BY_LINE + 'per_line = ["status"]\n', orders=rows))["1"] == (40, "completed")


def test_a_line_in_another_currency_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        BY_LINE,
        orders="order_id,customer_id,ordered_on,amount,currency\n1,K1,2026-01-05,60,EUR\n1,K1,2026-01-05,5000,JPY\n",
    )

    assert told == ['orders.csv:3:currency: "JPY" is not the currency of client.toml ("EUR"); only one can be reported']


def test_of_two_deliveries_the_last_counts_and_cancelled_lines_have_none(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=(
            "order_id,customer_id,ordered_on,amount,status,promised_on,delivered_on\n"
            "1,K1,2026-01-05,60,,2026-01-15,2026-03-01\n1,K1,2026-01-05,40,,2026-01-16,2026-01-14\n"
            "1,K1,2026-01-05,30,cancelled,2026-04-01,2026-04-02\n2,K2,2026-01-06,7,,,\n"
        ),
    )

    orders = folder.tables["orders"]
    assert [str(day.date()) for day in (orders["promised_on"][0], orders["delivered_on"][0])] == [
        "2026-01-16", "2026-03-01",
    ]  # fmt: skip


def test_of_two_sales_people_that_of_the_larger_amount_counts(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=(
            "order_id,customer_id,ordered_on,amount,sales_rep\n1,K1,2026-01-05,40,Amy\n1,K1,2026-01-05,35,Bob\n"
            "1,K1,2026-01-05,30,Bob\n"
        ),
    )

    assert folder.tables["orders"]["sales_rep"].tolist() == ["Bob"]
    assert [str(warning.message) for warning in folder.warnings] == [
        'order "1" names more than one sales_rep (that of the larger amount counts)'
    ]


def test_orders_with_two_days_are_told_together(tmp_path: Path) -> None:
    rows = "".join(f"{order},K1,2026-01-0{day},{day}\n" for order in range(5) for day in (5, 6, 7))

    told = problems(tmp_path, BY_LINE, orders="order_id,customer_id,ordered_on,amount\n" + rows)

    assert told == [
        (
            'orders.csv:3:ordered_on: 5 orders have more than one ordered_on, first order "0" '
            "(an order has one; where numbers are used again, write the year before them)"
        )
    ]


def test_a_returned_line_below_zero_is_told_on_the_first_page(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=HEAD + "1,K1,2026-01-05,60,completed\n1,K1,2026-01-05,-40,returned\n2,K2,2026-01-06,9,\n",
    )

    assert _orders(folder)["1"] == (60, "completed")
    page = folder.warnings[0].on_first_page
    assert page is not None
    assert page.said_in("de") == (
        "Eine zurückgegebene Position liegt unter null und wurde nicht vom Umsatz abgezogen: 40,00."
    )


PRICES = BY_LINE + '[files.orders.columns]\namount = "Total"\nunit_price = "Price"\n'
PRICES_HEAD = "order_id,customer_id,ordered_on,Total,product_id,quantity,Price\n"


def test_a_total_on_every_line_is_read_once_where_prices_prove_it(tmp_path: Path) -> None:
    rows = PRICES_HEAD + "1,K1,2026-01-05,70,A,1,15\n1,K1,2026-01-05,70,B,1,55\n2,K2,2026-01-06,24,A,3,8\n"

    folder = load(tmp_path, PRICES, orders=rows)

    assert _orders(folder) == {"1": (70, "completed"), "2": (24, "completed")}
    assert [warning.kind for warning in folder.warnings] == ["repeated total"]
    assert folder.tables["order_lines"]["amount"].tolist() == [150_000, 550_000, 240_000]
    declared = PRICES.replace("[files.orders.columns]", 'per_order = ["amount"]\n[files.orders.columns]')
    assert load(tmp_path, declared, orders=rows).warnings == ()


def test_totals_of_orders_with_postage_are_asked_about(tmp_path: Path) -> None:
    """That they are nearer to the order's lines than to one of them is likely, but proves nothing."""
    rows = PRICES_HEAD + "1,K1,2026-01-05,75,A,1,15\n1,K1,2026-01-05,75,B,1,55\n2,K2,2026-01-06,24,A,3,8\n"

    told = problems(tmp_path, PRICES, orders=rows + "3,K2,2026-01-07,45,A,1,15\n3,K2,2026-01-07,45,B,1,25\n")

    asked = [line for line in told if 'per_order = ["amount"]' in line]
    assert [line.split(":")[:3] for line in asked] == [["orders.csv", "2", "Total"]]


def test_amounts_of_equal_lines_are_not_taken_for_totals_where_prices_tell(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        PRICES,
        orders=PRICES_HEAD + "1,K1,2026-01-05,10,A,1,10\n1,K1,2026-01-05,10,B,2,5\n2,K2,2026-01-06,24,A,3,8\n",
    )

    assert _orders(folder)["1"] == (20, "completed")
    assert folder.warnings == ()


TWICE = "order_id,customer_id,ordered_on,amount\n" + "".join(
    f"{order},K1,2026-01-0{order},{10 * order}\n" * order for order in (1, 2, 3)
)


def test_a_total_that_nothing_proves_is_asked_about_and_either_answer_works(tmp_path: Path) -> None:
    repeated = [line for line in problems(tmp_path, BY_LINE, orders=TWICE) if "per_order" in line]

    assert repeated == [
        (
            'orders.csv:3:amount: 2 orders have the same amount on all of their rows, first order "2" with 20.00 on 2: '
            "that may be the whole order or each line "
            '(write per_order = ["amount"] or per_line = ["amount"] under [files.orders])'
        )
    ]
    once = load(tmp_path, BY_LINE + 'per_order = ["amount"]\n', orders=TWICE)
    assert [amount for amount, _ in _orders(once).values()] == [10, 20, 30]
    each = load(tmp_path, BY_LINE + 'per_line = ["amount"]\n', orders=TWICE)
    assert [amount for amount, _ in _orders(each).values()] == [10, 40, 90]


def test_a_declared_total_must_be_the_same_in_all_rows(tmp_path: Path) -> None:
    told = problems(
        tmp_path, BY_LINE + 'per_order = ["amount"]\n', orders=HEAD + "1,K1,2026-01-05,60,\n1,K1,2026-01-05,40,\n"
    )

    assert told == [
        (
            'orders.csv:3:amount: order "1" has another amount in an earlier row, though per_order says that it is '
            "told for the order as a whole (mend it, or take amount out of per_order)"
        )
    ]


@pytest.mark.parametrize("product", ["product_id", "Artikel"])
def test_a_single_order_of_equal_lines_is_told_on_the_first_page(tmp_path: Path, product: str) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=f"order_id,customer_id,ordered_on,amount,{product}\n1,K1,2026-01-05,60,A\n1,K1,2026-01-05,60,B\n",
    )

    assert _orders(folder)["1"] == (120, "completed")
    assert [str(warning.on_first_page) for warning in folder.warnings] == [
        (
            "One order states the same amount on each of its lines. Each was counted; if it is the amount of the whole "
            "order, revenue is 60.00 too high."
        )
    ]


@pytest.mark.parametrize(("total", "expected"), [("100", 60), ("60", 60)])
def test_a_total_with_a_cancelled_line_is_what_the_kept_lines_cost(tmp_path: Path, total: str, expected: int) -> None:
    rows = PRICES_HEAD.replace("\n", ",status\n") + (
        f"1,K1,2026-01-05,{total},A,1,60,\n1,K1,2026-01-05,{total},B,1,40,cancelled\n2,K2,2026-01-06,24,A,3,8,\n"
    )

    declared = PRICES.replace("[files.orders.columns]", 'per_order = ["amount"]\n[files.orders.columns]')
    assert _orders(load(tmp_path, declared, orders=rows))["1"] == (expected, "completed")


def test_what_is_left_of_a_total_is_asked_where_nothing_tells(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        BY_LINE + 'per_order = ["amount"]\n',
        orders=HEAD + "1,K1,2026-01-05,60,\n1,K1,2026-01-05,60,returned\n2,K2,2026-01-06,9,\n",
    )

    assert len(told) == 1
    assert "nothing tells what is left of it" in told[0]
