from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

BY_LINE = CLIENT + '[files.orders]\nrows = "order_line"\n'


def _amounts(folder: ClientFolder) -> list[int]:
    return [int(amount) for amount in folder.tables["orders"]["amount"]]


def test_tables_are_typed_and_complete(tmp_path: Path) -> None:
    folder = load(
        tmp_path, orders="order_id,customer_id,ordered_on,amount\n007,K1,2026-01-05,100\nNA,,2026-01-06,-5.5\n"
    )

    orders = folder.tables["orders"]
    assert orders["order_id"].tolist() == ["007", "NA"]
    assert orders["customer"].tolist() == [0, -1]
    assert orders["amount"].tolist() == [1_000_000, -55_000]
    assert orders["status"].tolist() == ["completed"] * 2
    assert {str(name): str(kind) for name, kind in orders.dtypes.items()} == {
        "order_id": "str", "customer_id": "str", "ordered_on": "datetime64[s]", "amount": "int64", "cost": "Int64",
        "status": "str", "currency": "str", "channel": "str", "sales_rep": "str", "promised_on": "datetime64[s]",
        "delivered_on": "datetime64[s]", "customer": "int64",
    }  # fmt: skip
    assert folder.given_columns["orders"] == {"order_id", "customer_id", "ordered_on", "amount"}


def test_a_german_export_is_read_as_it_is(tmp_path: Path) -> None:
    client = (
        CLIENT
        + '[files.orders]\npath = "exports/A*.csv"\ndecimal = ","\ndate_format = "%d.%m.%Y"\n'
        + '[files.orders.columns]\norder_id = "Belegnr."\ncustomer_id = "Kundennr."\nordered_on = "Datum"\n'
        + 'amount = "Netto"\nstatus = "Stand"\n[files.orders.values.status]\nStorno = "cancelled"\n'
        + '[files.orders.constants]\nchannel = "shop"\n'
    )
    header = "Belegnr.;Kundennr.;Datum;Netto;Stand;Größe\n"
    folder = load(
        tmp_path,
        client,
        orders=None,
        exports__A1___csv=(header + "1;K1;05.01.2026;1.234,50;;x\n").encode("cp1252"),
        exports__A2___csv=(header + "2;K2;06.01.2026;5,00-;Storno;x\n").encode("utf-16"),
    )

    orders = folder.tables["orders"]
    assert _amounts(folder) == [12_345_000, -50_000]
    assert orders["status"].tolist() == ["completed", "cancelled"]
    assert orders["channel"].tolist() == ["shop", "shop"]
    assert "channel" in folder.given_columns["orders"]
    assert [file.path for file in folder.files] == ["client.toml", "customers.csv", "exports/A1.csv", "exports/A2.csv"]


def test_a_problem_in_the_second_file_names_that_file(tmp_path: Path) -> None:
    header = "order_id,customer_id,ordered_on,amount\n"
    told = problems(
        tmp_path,
        CLIENT + '[files.orders]\npath = "o-*.csv"\n',
        orders=None,
        **{"o-1": header + "1,K1,2026-01-05,1\n", "o-2": header + "2,K1,2026-01-05,1\n3,K1,x,1\n1,K1,2026-01-05,1\n"},
    )

    assert [line.split(": ")[0] for line in told] == ["o-2.csv:3:ordered_on", "o-2.csv:4:order_id"]


def test_several_rows_an_order_are_added_up_and_fill_the_lines(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        BY_LINE,
        orders=(
            "order_id,customer_id,ordered_on,amount,cost,product_id\n"
            "1,K1,2026-01-05,10,1,P1\n2,K2,2026-01-06,5,,P1\n1,,,2.5,2,P2\n"
        ),
    )

    orders = folder.tables["orders"]
    assert orders["order_id"].tolist() == ["1", "2"]
    assert _amounts(folder) == [125_000, 50_000]
    assert orders["cost"].fillna(-1).tolist() == [30_000, -1]
    assert folder.tables["order_lines"]["amount"].tolist() == [100_000, 50_000, 25_000]
    assert [(account.table, account.rows_in, account.rows_used) for account in folder.accounts] == [
        ("customers", 2, 2),
        ("orders", 3, 3),
        ("order_lines", 3, 3),
    ]


def test_an_export_that_tells_the_order_in_its_first_row_only_is_understood(tmp_path: Path) -> None:
    client = BY_LINE + '[files.orders.columns]\namount = "Total"\nunit_price = "Price"\n'
    folder = load(
        tmp_path,
        client,
        orders=(
            "order_id,customer_id,ordered_on,Total,status,product_id,quantity,Price\n"
            "1,K1,2026-01-05,30,returned,P1,2,10\n1,,,,,P2,1,10\n"
        ),
    )

    assert _amounts(folder) == [300_000]
    assert folder.tables["orders"]["status"].tolist() == ["returned"]
    assert folder.tables["order_lines"]["amount"].tolist() == [200_000, 100_000]
    assert folder.warnings == ()


def test_orders_without_ids_are_numbered(tmp_path: Path) -> None:
    client = CLIENT + "[files.orders]\nnumber_rows = true\n"
    row = "K1,2026-01-05,1\n"
    folder = load(tmp_path, client, orders="customer_id,ordered_on,amount\n" + row + row)

    assert folder.tables["orders"]["order_id"].tolist() == ["1", "2"]


def test_amounts_come_from_price_quantity_and_discount(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        orders="order_id,customer_id,ordered_on\n1,K1,2026-01-05\n",
        order_lines="order_id,product_id,unit_price,quantity,discount\n1,P1,14.99,3,0.15\n1,P2,0.0001,0.5,\n",
    )

    assert folder.tables["order_lines"]["amount"].tolist() == [382_245, 1]
    assert _amounts(folder) == [382_246]
    assert "amount" in folder.given_columns["orders"]


def test_an_amount_of_the_order_wins_over_its_lines(tmp_path: Path) -> None:
    lines = "order_id,product_id,amount\n1,P1,99.99\n2,P1,50.48\n"
    folder = load(tmp_path, order_lines=lines)

    assert _amounts(folder) == [1_000_000, 505_000]
    told = 'order "2" differs from the sum of its lines: 50.50 against 50.48'
    assert [told in str(warning.message) for warning in folder.warnings] == [True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.tuples(st.decimals(-1000, 1000, places=4), st.decimals(-1000, 1000, places=4), st.decimals(0, 1, places=4)))
def test_line_amounts_are_exact(tmp_path_factory: object, line: tuple[Decimal, Decimal, Decimal]) -> None:
    price, quantity, discount = line
    place = tmp_path_factory.mktemp("line")  # type: ignore[attr-defined]
    folder = load(
        place,
        orders="order_id,customer_id,ordered_on\n1,K1,2026-01-05\n",
        order_lines=f"order_id,product_id,unit_price,quantity,discount\n1,P1,{price:f},{quantity:f},{discount:f}\n",
    )

    exact = (price * quantity * (1 - discount) * 10_000).to_integral_value(ROUND_HALF_UP)
    assert folder.tables["order_lines"]["amount"].tolist() == [int(exact)]


def test_a_list_of_returns_marks_orders(tmp_path: Path) -> None:
    client = CLIENT + '[[files.orders.marks]]\npath = "back.csv"\ncolumn = "Nr"\nstatus = "returned"\n'
    folder = load(tmp_path, client, back="Nr,why\n2,late\n")

    assert folder.tables["orders"]["status"].tolist() == ["completed", "returned"]
    assert "status" in folder.given_columns["orders"]
    assert "back.csv" in [file.path for file in folder.files]


def test_amounts_too_large_to_be_added_up_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{number},K1,2026-01-05,999999999999\n" for number in range(1000))

    told = problems(tmp_path, orders="order_id,customer_id,ordered_on,amount\n" + rows)

    assert told == ["orders.csv:amount: the amounts add up to more than can be counted (mend the largest)"]
