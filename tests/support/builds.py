"""Builds reports of small clients in real repositories, by the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from retention_reports.cli import main
from tests.support.folders import write_client
from tests.support.repositories import commit, new_repository

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

QUARTER = "2026-Q1"
ORDERS = "order_id,customer_id,ordered_on,amount\n1,K1,2026-01-05,100.00\n2,K2,2026-03-30,50.50\n"
AFTER_THE_QUARTER = "2026-04-10T12:00:00+02:00"


def write_named_client(data: Path, name: str, orders: str = ORDERS) -> Path:
    """Write a small client whose files name it, so that they can be told from those of others."""
    folder = data / name
    data.mkdir(exist_ok=True)
    write_client(data, client=f'name = "Firm {name}"\nhistory_complete = true\n', orders=orders).rename(folder)
    return folder


def repository_with_clients(place: Path, *names: str) -> Path:
    """Return a repository with these clients, committed after the quarter's end."""
    root = new_repository(place / "repository")
    for name in names:
        write_named_client(root / "data", name)
    commit(root, date=AFTER_THE_QUARTER)
    return root


def run(root: Path, *words: str) -> Result:
    """Run a command on a repository's data and reports."""
    return CliRunner().invoke(main, [*words, "--data", str(root / "data")])


def build(root: Path, *words: str, formats: str = "json", output: str = "reports") -> Result:
    """Build, and return what was said."""
    return run(root, "build", *words, "--format", formats, "--output", str(root / output))


def report(root: Path, name: str, quarter: str = QUARTER, output: str = "reports") -> Path:
    """Return where a report lies."""
    return root / output / name / quarter


def figures(folder: Path) -> dict[str, Any]:
    """Return what a report's `figures.json` says."""
    content: dict[str, Any] = json.loads((folder / "figures.json").read_text("utf-8"))
    return content


def moments(folder: Path) -> dict[str, int]:
    """Return when each file was written, to see whether it was written again."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
