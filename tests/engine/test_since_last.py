"""What has vanished or changed since the last report is told before a new one is built."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.builds import build, report, repository_with_clients, run
from tests.support.repositories import commit, run_git

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
HEADER = "order_id,customer_id,ordered_on,amount\n"
LATER = "2026-07-10T12:00:00+02:00"
SINCE = "2026-04-10 ("


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Frieda Muster")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "frieda@example.org")
    return repository_with_clients(tmp_path, "a")


def write(root: Path, name: str, text: str) -> None:
    (root / "data/a" / name).write_text(text)


def told(root: Path) -> str:
    return run(root, "check").output


def test_nothing_is_told_of_data_that_is_as_it_was(root: Path) -> None:
    (root / "data/a/notes").mkdir()
    write(root, "notes/2026-Q1.md", "A note.")
    assert SINCE not in told(root)

    commit(root, date=LATER)

    assert SINCE not in told(root)


def test_orders_that_vanished_and_the_quarter_they_were_of_are_told(root: Path) -> None:
    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n3,K2,2026-05-30,70.00\n")

    output = told(root)

    assert f'a:orders: the order "1" of {SINCE}' in output
    assert "is gone, of 2026-01-05, with 100 EUR" in output
    assert "the revenue of 2026-Q1, which was over on 2026-04-10" in output
    assert "has changed from 150 to 50 EUR" in output


def test_orders_that_came_after_the_quarter_change_nothing_that_was_over(root: Path) -> None:
    write(root, "orders.csv", (root / "data/a/orders.csv").read_text() + "3,K2,2026-04-02,70.00\n")

    assert SINCE not in told(root)


def test_columns_and_rows_that_vanished_are_told(root: Path) -> None:
    write(root, "visits.csv", "customer_id,visited_on,sales_rep\nK1,2026-01-05,Eva\nK2,2026-01-06,Eva\n")
    commit(root, date="2026-04-11T12:00:00+02:00")
    write(root, "visits.csv", "customer_id,visited_on,Vertreter\nK1,2026-01-05,Eva\n")

    output = told(root)

    assert "a:visits: the column sales_rep was there on 2026-04-11" in output
    assert "a:visits: the table has one row fewer than on 2026-04-11" in output

    (root / "data/a/visits.csv").unlink()

    assert "a:visits: visits was there on 2026-04-11" in told(root)


def test_a_larger_share_of_orders_without_a_customer_is_told(root: Path) -> None:
    write(root, "orders.csv", (root / "data/a/orders.csv").read_text() + "3,,2026-04-02,70.00\n")

    assert "a:orders: 33 % of the orders have no known customer, 0 % on 2026-04-10" in told(root)


@pytest.mark.parametrize("orders_follow", [True, False])
def test_customers_with_new_ids_are_told_also_where_the_orders_still_name_the_old_ones(
    root: Path, *, orders_follow: bool
) -> None:
    write(root, "customers.csv", "customer_id,name\n1001,Anna\n1002,Bernd\n")
    if orders_follow:
        text = (root / "data/a/orders.csv").read_text()
        write(root, "orders.csv", text.replace("K1", "1001").replace("K2", "1002"))

    output = told(root)

    assert "2 customers have another id than on 2026-04-10" in output
    assert '"K1" is now "1001", and so on' in output
    assert ("name customers who are not in customers" in output) is not orders_follow


def test_after_a_commit_the_data_is_compared_with_that_before(root: Path) -> None:
    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n")
    commit(root, date=LATER)

    assert f'the order "1" of {SINCE}' in told(root)


def test_what_was_published_is_compared_with_until_more_is_published(root: Path) -> None:
    assert build(root, formats="html,json").exit_code == 0
    assert run(root, "publish", "a", "2026-Q1", "--output", str(root / "reports")).exit_code == 0
    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n")
    commit(root, date=LATER)
    write(root, "customers.csv", "customer_id,name\nK1,Anna\nK2,Bernd\nK3,Carl\n")
    commit(root, date=LATER)

    assert f'the order "1" of {SINCE}' in told(root)


def test_a_build_tells_it_and_the_report_does_not_hold_it(root: Path) -> None:
    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n")
    commit(root, date=LATER)
    done = build(root, "--quarter", "2026-Q1", formats="html,json")

    assert f'the order "1" of {SINCE}' in done.output
    assert all(
        "is gone" not in path.read_text("utf-8") for path in report(root, "a").iterdir() if path.suffix == ".html"
    )

    again = build(root, "--quarter", "2026-Q1", formats="html,json")

    assert SINCE not in again.output


def test_where_git_does_not_know_the_history_nothing_is_told(root: Path, tmp_path: Path) -> None:
    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n")
    commit(root, date=LATER)
    shallow = tmp_path / "shallow"
    run_git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", str(shallow))
    plain = tmp_path / "plain"
    shutil.copytree(root / "data", plain / "data")

    assert SINCE in told(root)
    assert SINCE not in told(shallow)
    assert SINCE not in told(plain)


def test_a_state_with_errors_had_no_report_and_is_passed_over(root: Path) -> None:
    good = (root / "data/a/orders.csv").read_text()
    write(root, "orders.csv", good + "3,K9,2026-04-02,70.00\n")
    commit(root, date=LATER)
    write(root, "orders.csv", good)

    assert "is gone" not in told(root)

    write(root, "orders.csv", HEADER + "2,K2,2026-03-30,50.50\n")
    commit(root, date=LATER)

    assert f'the order "1" of {SINCE}' in told(root)
