"""Writes a sample as a client's folder."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from retention_reports.samples.contact_work import touchpoints_table, visits_table
from retention_reports.samples.exports import Dialect, write_table
from retention_reports.samples.leaving import losses_table, measures_table
from retention_reports.samples.ledger import order_lines_table, orders_table
from retention_reports.samples.master_data import contacts_table, customers_table, products_table
from retention_reports.samples.offers import enquiries_table, offers_table
from retention_reports.samples.opinions import feedback_table
from retention_reports.samples.profile import load_profile, profile_folder
from retention_reports.samples.sales_check import answers_table, newest_complete_quarter
from retention_reports.samples.spending import costs_table, price_changes_table
from retention_reports.samples.world import build_ledger, build_world

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.samples.profile import Profile
    from retention_reports.samples.tables import Table
    from retention_reports.samples.world import World

SampleKind: TypeAlias = Literal["musterhandel", "example_ltd", "bench"]
SAMPLE_KINDS: tuple[SampleKind, ...] = get_args(SampleKind)
DEFAULT_SEED = 7
DEFAULT_UNTIL = date(2026, 9, 30)
_BENCH_PROFILE = "musterhandel"


def write_sample(
    kind: SampleKind,
    folder: Path,
    *,
    seed: int = DEFAULT_SEED,
    customers: int | None = None,
    until: date = DEFAULT_UNTIL,
) -> None:
    """Write an invented client's folder; the same arguments give the same bytes.

    Nothing that has happened is dated later than `until`; plans may be. `customers` counts those who ever bought
    (prospects and blemished entries come on top); None takes the kind's own size. The kind "bench" has the customers
    and habits of "musterhandel" but only the files customers and orders, in standard form. Files that are already in
    the folder are overwritten, others stay.
    """
    if kind == "bench":
        profile = load_profile(_BENCH_PROFILE)
        world = build_ledger(profile, until, customers or profile.customers, seed)
        tables = [customers_table(world), orders_table(world)]
    else:
        profile = load_profile(kind)
        world = build_world(profile, until, customers or profile.customers, seed)
        tables = _all_tables(kind, world)
    settings = _copy_texts(kind, folder, until)
    for table in tables:
        write_table(folder, table, _dialect(table, settings.get("files", {}), profile, kind))


def _all_tables(kind: str, world: World) -> list[Table]:
    start_month = _start_month(kind)
    return [
        customers_table(world),
        orders_table(world),
        order_lines_table(world),
        products_table(world),
        contacts_table(world),
        touchpoints_table(world),
        visits_table(world),
        offers_table(world),
        enquiries_table(world),
        losses_table(world),
        measures_table(world),
        feedback_table(world),
        costs_table(world, start_month),
        price_changes_table(world),
        answers_table(kind, world.period.last, start_month),
    ]


def _settings(kind: str) -> dict[str, Any]:
    return tomllib.loads(profile_folder(kind).joinpath("client.toml").read_text(encoding="utf-8"))


def _start_month(kind: str) -> int:
    return int(_settings(kind).get("fiscal_year_start_month", 1))


def _copy_texts(kind: str, folder: Path, until: date) -> dict[str, Any]:
    """Copy the ready-made files and return what `client.toml` says; notes are named after the newest quarter."""
    quarter = newest_complete_quarter(until, _start_month(kind))
    targets = {
        "client.toml": "client.toml",
        "logo.svg": "logo.svg",
        "questions.toml": "sales_check/questions.toml",
        "notes.md": f"notes/{quarter}.md",
    }
    for name, target in targets.items():
        source = profile_folder(kind).joinpath(name)
        if source.is_file():
            path = folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read_bytes())
    return _settings(kind)


def _dialect(table: Table, files: dict[str, Any], profile: Profile, kind: SampleKind) -> Dialect:
    """Turn what a reader is told about a file into how it is written: standard names and values to the file's own."""
    name = "sales_check/answers" if table.name == "answers" else table.name
    own = files.get(table.name, {})
    values = {
        column: {standard: word for word, standard in words.items()} for column, words in own.get("values", {}).items()
    }
    return Dialect(
        path=own.get("path", f"{name}.csv"),
        encoding=own.get("encoding", "utf-8"),
        separator=own.get("separator", ","),
        decimal=own.get("decimal", "."),
        date_format=own.get("date_format", "%Y-%m-%d"),
        columns=own.get("columns", {}),
        values=values,
        grouped=kind != "bench" and table.name in profile.grouped,
        byte_order_mark=kind != "bench" and table.name in profile.byte_order_mark,
    )
