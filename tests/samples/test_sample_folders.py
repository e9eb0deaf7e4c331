from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retention_reports.model.quarters import months_before
from retention_reports.model.schema import TABLES
from retention_reports.samples import SAMPLE_KINDS, SampleKind, write_sample
from tests.samples.client_files import Row, read_client

REPOSITORY = Path(__file__).parents[2]
UNTIL = date(2025, 11, 14)
NOT_YET_HAPPENED = {"due_on", "decision_due_on", "promised_on", "price_fixed_until"}
"""Columns of plans: they may lie after the last day."""


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def days_of(row: Row) -> list[date]:
    return [cell for name, cell in row.items() if isinstance(cell, date) and name not in NOT_YET_HAPPENED]


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(kind: SampleKind, tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        write_sample(kind, tmp_path / name, seed=seed, customers=25)

    assert written(tmp_path / "one") == written(tmp_path / "two")
    assert written(tmp_path / "one") != written(tmp_path / "other")


@pytest.mark.parametrize("kind", ["musterhandel", "example_ltd"])
def test_the_folders_under_data_are_what_the_generator_writes(kind: SampleKind, tmp_path: Path) -> None:
    write_sample(kind, tmp_path)

    assert written(tmp_path) == written(REPOSITORY / "data" / kind)


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
def test_nothing_happens_after_the_last_day_and_orders_begin_at_most_42_months_before(
    kind: SampleKind, tmp_path: Path
) -> None:
    write_sample(kind, tmp_path, customers=60, until=UNTIL)

    tables = read_client(tmp_path)
    ordered = [row["ordered_on"] for row in tables["orders"]]
    assert months_before(UNTIL, 42) < min(ordered) < max(ordered) <= UNTIL
    for name, rows in tables.items():
        happened = [row for row in rows if row.get("state") != "planned"]
        late = [row for row in happened if any(day > UNTIL for day in days_of(row))]
        assert late == [], name


def test_notes_answers_and_costs_end_with_the_newest_complete_fiscal_quarter(tmp_path: Path) -> None:
    write_sample("example_ltd", tmp_path, customers=12, until=UNTIL)

    tables = read_client(tmp_path)
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["2025-Q2.md"]
    assert max(row["quarter"] for row in tables["answers"]) == "2025-Q2"
    assert max(row["quarter"] for row in tables["costs"]) == "2025-Q2"


@pytest.mark.parametrize("customers", [1, 2, 9, 40, 400])
def test_any_size_has_so_many_customers_who_bought(customers: int, tmp_path: Path) -> None:
    write_sample("bench", tmp_path, customers=customers)

    assert len({row["customer_id"] for row in read_client(tmp_path)["orders"]}) == customers


@pytest.mark.parametrize("customers", [1, 2, 9, 40])
def test_complete_folders_of_any_size_hold_every_file(customers: int, tmp_path: Path) -> None:
    write_sample("musterhandel", tmp_path, customers=customers)

    assert set(read_client(tmp_path)) == {table.name for table in TABLES}


def test_the_bench_has_customers_and_orders_alone(tmp_path: Path) -> None:
    write_sample("bench", tmp_path, customers=5)

    assert set(written(tmp_path)) == {"client.toml", "customers.csv", "orders.csv"}


def test_all_samples_together_stay_small_enough_for_a_repository() -> None:
    sizes = [len(content) for content in written(REPOSITORY / "data").values()]

    assert sum(sizes) < 3_000_000
