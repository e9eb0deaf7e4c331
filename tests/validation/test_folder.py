from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError, Severity
from retention_reports.validation.folder import load_client_folder
from tests.support.folders import CLIENT, CUSTOMERS, ORDERS, load, problems, write_client

if TYPE_CHECKING:
    from pathlib import Path


def test_the_smallest_folder_needs_a_name_customers_and_orders(tmp_path: Path) -> None:
    folder = load(tmp_path)

    assert folder.client.key == "client"
    assert folder.newest_order == date(2026, 2, 6)
    assert [file.path for file in folder.files] == ["client.toml", "customers.csv", "orders.csv"]
    assert folder.questionnaire.question("core_database") is not None
    assert folder.warnings == ()


def test_every_problem_is_told_in_the_order_of_the_files(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        CLIENT + "colour = 1\n",
        customers="customer_id,fit\nK1,9\nK1,\n",
        orders="order_id,customer_id,ordered_on,amount\n1,K9,2026-02-31,x\n,K1,2026-01-05,1\n",
        costs="quarter,kind\n2026-Q5,ads\n",
    )

    assert [line.split(": ")[0] for line in told] == [
        "client.toml:2",
        "costs.csv:amount",
        "costs.csv:2:kind",
        "costs.csv:2:quarter",
        "customers.csv:2:fit",
        "customers.csv:3:customer_id",
        "orders.csv:2:amount",
        "orders.csv:2:customer_id",
        "orders.csv:2:ordered_on",
        "orders.csv:3:order_id",
    ]


def test_an_error_carries_the_warnings_too(tmp_path: Path) -> None:
    folder = write_client(tmp_path, customers="customer_id,notice_on\nK1,soon\n", orders="order_id\n1\n")

    with pytest.raises(DataError) as caught:
        load_client_folder(folder)

    assert {problem.severity for problem in caught.value.problems} == {Severity.ERROR, Severity.WARNING}


def test_optional_files_with_a_header_only_are_empty_tables(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        visits="customer_id,visited_on\n",
        order_lines="order_id,product_id,amount\n",
        contacts="customer_id,name\n",
    )

    assert [len(folder.tables[name]) for name in ("visits", "order_lines", "contacts")] == [0, 0, 0]
    assert folder.tables["visits"]["customer"].dtype == "int64"


def test_quarters_follow_the_fiscal_year(tmp_path: Path) -> None:
    folder = load(
        tmp_path, "fiscal_year_start_month = 4\n" + CLIENT, costs="quarter,kind,amount\n2026-Q3,retention,5\n"
    )

    assert folder.tables["costs"]["quarter"].tolist() == [2026 * 4 + 2]
    assert folder.tables["costs"]["amount"].tolist() == [50_000]


def test_unreadable_optional_values_become_gaps(tmp_path: Path) -> None:
    folder = load(
        tmp_path, customers="customer_id,fit,potential,notice_on\nK1,6,much,2026-02-30\nK2,5,1000,2026-03-01\n"
    )

    customers = folder.tables["customers"]
    assert customers[["fit", "potential", "notice_on"]].isna().sum(axis=1).tolist() == [3, 0]
    assert len(folder.warnings) == 3


def test_settings_reach_the_client(tmp_path: Path) -> None:
    client = load(
        tmp_path,
        'language = "en"\nfiscal_year_start_month = 4\nexclude_customers = ["b", "a"]\n'
        + CLIENT
        + "[rules]\nlapse_months = 9\n[rules.segments.wholesale]\nlapse_months = 6\n[targets]\nrevenue = 5\n"
        + '[contact_cadence_days]\nB = 90\n[loss_reasons]\nUmzug = "moved"\n[branding]\ncolour = "#0B5D7A"\n',
        customers="customer_id,segment\nK1,wholesale\nK2,\n",
    ).client

    assert (client.language, client.lapse_months, client.lapse_months_of("wholesale")) == ("en", 9, 6)
    assert client.targets == {"revenue": 5}
    assert client.contact_cadence_days == {"B": 90}
    assert client.loss_reasons == {"Umzug": "moved"}
    assert client.excluded_customers == ("a", "b")
    assert client.branding.colour == "#0b5d7a"


def test_the_order_of_customers_changes_no_order(tmp_path: Path) -> None:
    rows = [f"K{number},Customer {number}x\n" for number in range(20)]
    shuffled = random.Random(1).sample(rows, len(rows))
    one = load(tmp_path / "a", customers="customer_id,name\n" + "".join(rows), orders=ORDERS)
    other = load(tmp_path / "b", customers="customer_id,name\n" + "".join(shuffled), orders=ORDERS)

    assert one.tables["orders"].drop(columns="customer").equals(other.tables["orders"].drop(columns="customer"))


def test_names_that_are_missing_are_the_ids(tmp_path: Path) -> None:
    assert load(tmp_path, customers="customer_id,name\nK1,\nK2,Bernd\n").tables["customers"]["name"].tolist() == [
        "K1",
        "Bernd",
    ]


def test_a_spreadsheet_can_stand_for_a_table(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    folder = write_client(tmp_path, CLIENT + '[files.customers]\npath = "kunden.xlsx"\nsheet = "K"\n', customers=None)
    book = xlsxwriter.Workbook(folder / "kunden.xlsx")
    page = book.add_worksheet("K")
    for number, line in enumerate(CUSTOMERS.splitlines()):
        page.write_row(number, 0, line.split(","))
    book.close()

    assert load_client_folder(folder).tables["customers"]["name"].tolist() == ["Anna", "Bernd"]
