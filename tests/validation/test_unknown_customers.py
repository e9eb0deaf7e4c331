from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "order_id,customer_id,ordered_on,amount,status\n"
CUSTOMERS = "customer_id,name,email\nK1,Anna Mai,anna@example.org\nK2,Bernd Au,bernd@example.org\n"
UNASSIGNED = 'unknown_customers = "unassigned"\n'


def orders(known: int, unknown: int, amount: str = "10.00", status: str = "") -> str:
    rows = ["K1,2026-01-05,10.00,"] * known + [f"K9,2026-01-06,{amount},{status}"] * unknown
    return HEADER + "".join(f"{number},{row}\n" for number, row in enumerate(rows))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (orders(18, 2), "10 % of all and 10 % of the revenue"),
        (orders(99, 1, "100.00"), "1 % of all and 10 % of the revenue"),
        (orders(90, 10, "0.01"), "10 % of all and 1 % of the revenue"),
    ],
)
def test_past_five_per_cent_of_orders_or_revenue_the_share_must_be_allowed(
    text: str, share: str, tmp_path: Path
) -> None:
    refused = problems(tmp_path, UNASSIGNED + CLIENT, orders=text)
    folder = load(tmp_path / "allowed", "unassigned_up_to = 0.15\n" + UNASSIGNED + CLIENT, orders=text)
    too_little = problems(tmp_path / "little", "unassigned_up_to = 0.09\n" + UNASSIGNED + CLIENT, orders=text)

    assert share in refused[0]
    assert len(refused) == len(too_little) == 1
    assert [warning.on_first_page is not None for warning in folder.warnings if warning.kind == "unknown customer"] == [
        True
    ]


def test_the_share_to_allow_is_enough_when_it_is_written(tmp_path: Path) -> None:
    told = problems(tmp_path, UNASSIGNED + CLIENT, orders=orders(7, 3))[0]

    assert told.endswith("(add the customers, or allow the share: unassigned_up_to = 0.3)")
    assert load(tmp_path / "allowed", "unassigned_up_to = 0.3\n" + UNASSIGNED + CLIENT, orders=orders(7, 3)).tables


def test_a_few_unknown_customers_are_a_matter_of_the_appendix(tmp_path: Path) -> None:
    folder = load(tmp_path, UNASSIGNED + CLIENT, orders=orders(19, 1))

    assert [(warning.kind, warning.on_first_page) for warning in folder.warnings] == [("unknown customer", None)]


def test_cancelled_orders_of_unknown_customers_have_no_revenue(tmp_path: Path) -> None:
    assert load(tmp_path, UNASSIGNED + CLIENT, orders=orders(99, 1, "1000.00", "cancelled")).tables


def test_one_file_may_have_unknown_customers_while_the_others_may_not(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        CLIENT + '[files.visits]\nunknown_customers = "unassigned"\n',
        orders=HEADER + "1,K9,2026-01-05,10.00,\n",
        visits="customer_id,visited_on\nK8,2026-01-05\nK2,2026-01-05\n",
    )

    assert [line.split(":")[0] for line in told] == ["orders.csv", "visits.csv"]
    assert "is left out" in told[1]


@pytest.mark.parametrize("settings", ["", UNASSIGNED])
def test_a_cause_that_can_be_mended_is_told_before_rows_may_count_as_nobodys(settings: str, tmp_path: Path) -> None:
    for ids, cure in (
        ("Anna Mai", 'lookup = "name"'),
        ("BERND@example.org", 'lookup = "email"'),
        ("k1", "spell the id as customers does"),
    ):
        told = problems(
            tmp_path / cure[:4] / ids[:2],
            settings + CLIENT,
            customers=CUSTOMERS,
            orders=HEADER + f"1,{ids},2026-01-05,10.00,\n",
        )

        assert len(told) == 1
        assert cure in told[0]
        assert "unknown_customers" not in told[0]


def test_contacts_that_name_customers_by_name_are_told_so(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        CLIENT + '[files.contacts.columns]\ncustomer_id = "Firma"\n',
        customers=CUSTOMERS,
        contacts="Firma,name\nAnna Mai,A. Mai\nBernd Au,B. Au\nBernd Au,C. Au\n",
        orders=HEADER + "1,K1,2026-01-05,10.00,\n",
    )

    assert len(told) == 1
    assert told[0].startswith("contacts.csv:2:Firma: 3 rows have the customer's name")
    assert '(customer_id = { from = "Firma", lookup = "name" })' in told[0]


def test_a_collective_account_with_much_revenue_is_told_on_the_first_page(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        customers="customer_id,name\nK1,Anna\nK9,Barverkauf\nK8,Laufkundschaft\n",
        orders=orders(9, 1),
    )

    pages = [warning.on_first_page for warning in folder.warnings if warning.kind == "collective account"]
    assert [page and page.said_in("de").split(": ")[1] for page in pages] == [
        "10 % der Bestellungen, 10 % des Umsatzes."
    ]


def test_accounts_of_many_and_of_tests_are_known_by_words_in_their_names(tmp_path: Path) -> None:
    names = {
        "K1": "Anna Bartest",
        "K2": "Sammelkonto Barverkauf",
        "K3": "Conto pro Diverse Inland",
        "K4": "Testkunde GmbH",
        "K5": "Stiftung Warentest",
        "K6": "Max Mustermann",
        "K7": "Testa AG",
    }
    customers = "customer_id,name\n" + "".join(f"{key},{name}\n" for key, name in names.items())
    folder = load(tmp_path, customers=customers, orders="order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,5\n")

    found = {warning.kind: str(warning).partition("exclude_customers = ")[2] for warning in folder.warnings}
    assert found == {"collective account": '["K2", "K3"])', "test account": '["K4", "K6"])'}


@pytest.mark.parametrize("with_prefix", ["orders", "customers"])
def test_letters_before_numbers_in_one_file_are_told_with_the_key_that_drops_them(
    tmp_path: Path, with_prefix: str
) -> None:
    customers, orders = "customer_id,name\n@10001,Anna\n@10002,Bernd\n", "order_id,customer_id,ordered_on,amount\n"
    orders += "1,#10001,2026-01-05,5\n2,#10002,2026-01-06,6\n3,#10003,2026-01-07,7\n"
    written = {"orders": ("", "D"), "customers": ("D", "")}[with_prefix]
    files = {"customers": customers.replace("@", written[0]), "orders": orders.replace("#", written[1])}
    client = f'name = "Client"\nunknown_customers = "unassigned"\nunassigned_up_to = 1\n[files.{with_prefix}]\n'

    (told,) = [line for line in problems(tmp_path, client, **files) if "id_prefix" in line]

    assert told.startswith("orders.csv:2:customer_id: 2 rows name customers such as")
    assert f'id_prefix = "D" in [files.{with_prefix}]' in told
    folder = load(tmp_path, f'{client}id_prefix = "D"\n', **files)
    assert folder.tables["orders"]["customer"].tolist() == [0, 1, -1]
