"""Clients are built beside one another, in processes that may die, and do not meet."""

import os
import shutil
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path
from typing import NoReturn

import pytest

from retention_reports.engine.client_job import Outcome
from retention_reports.engine.workers import MOST_PROCESSES, Workers, local_workers, outcomes, usual_processes
from tests.support.builds import build, report, repository_with_clients, write_named_client

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@dataclass(frozen=True)
class Errand:
    client: str
    mark: Path | None = None


def done(errand: Errand) -> Outcome:
    """Do what the errand's name says."""
    if errand.client == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if errand.client == "dies once" and errand.mark is not None and not errand.mark.exists():
        errand.mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if errand.client == "has a bug":
        message = "never thought of that"
        raise ZeroDivisionError(message)
    return Outcome(errand.client)


def messages(errands: list[Errand], workers: Workers) -> list[tuple[str, str]]:
    """Return each client and the last line of its failure."""
    found = []
    for outcome in outcomes(errands, done, workers):
        lines = str(outcome.failure.message).strip().splitlines() if outcome.failure else [""]
        found.append((outcome.client, lines[-1]))
    return found


def processes(count: int) -> Workers:
    """Return processes that need no start of their own, as the tests' modules cannot be imported by name."""
    return Workers(2, lambda _: ProcessPoolExecutor(count))


def test_without_anything_to_share_locks_by_one_process_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_context: object) -> NoReturn:
        raise FileNotFoundError

    assert 1 <= usual_processes() <= MOST_PROCESSES
    monkeypatch.setattr("multiprocessing.context.BaseContext.Lock", refused)
    assert usual_processes() == 1


def test_outcomes_come_in_the_order_of_the_jobs() -> None:
    names = [str(number) for number in range(20)]

    assert messages([Errand(name) for name in names], processes(2)) == [(name, "") for name in names]


@pytest.mark.parametrize("workers", [local_workers(1), processes(2)])
def test_a_bug_fails_its_client_only_and_keeps_its_traceback(workers: Workers) -> None:
    errands = [Errand("a"), Errand("has a bug"), Errand("b")]

    assert messages(errands, workers) == [
        ("a", ""),
        ("has a bug", "ZeroDivisionError: never thought of that"),
        ("b", ""),
    ]
    shown = list(outcomes(errands, done, workers))[1].failure
    assert shown is not None
    assert "in done" in str(shown.message)


def test_a_worker_that_dies_fails_its_client_only() -> None:
    names = ["a", "b", "dies", "c", "d", "dies", "e"]

    found = messages([Errand(name) for name in names], processes(2))

    assert [name for name, _ in found] == names
    assert {name for name, message in found if message} == {"dies"}
    assert "ended without a word" in found[2][1]


def test_a_worker_that_dies_by_chance_is_given_a_second_try(tmp_path: Path) -> None:
    errands = [Errand("a"), Errand("dies once", tmp_path / "mark"), Errand("b")]

    assert messages(errands, processes(1)) == [("a", ""), ("dies once", ""), ("b", "")]


def test_processes_write_the_same_bytes_as_one_after_another(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a", "b", "c")

    one = build(root, formats="json,html", output="one")
    two = build(root, "--jobs", "2", formats="json,html", output="two")

    assert (one.exit_code, two.exit_code) == (0, 0)
    for name in "abc":
        for file in ("figures.json", f"{name}-2026-Q1.html", ".sha256sums"):
            expected = (report(root, name, output="one") / file).read_bytes()
            assert (report(root, name, output="two") / file).read_bytes() == expected


@pytest.mark.parametrize("names", ["a", "ab"])
def test_no_process_outlives_the_build_that_started_it(names: str, tmp_path: Path) -> None:
    formats = "json,pdf" if len(names) == 1 else "json"

    done = build(repository_with_clients(tmp_path, *names), "--jobs", "2", formats=formats)

    assert done.exit_code == 0
    assert active_children() == []


def test_the_reports_of_one_client_hold_nothing_of_another(tmp_path: Path) -> None:
    """Names, ids and amounts of A are looked for in everything that was written for B, and the other way round."""
    for name in ("aldermann", "brockhoff"):
        orders = f"order_id,customer_id,ordered_on,amount\n1,{name}-K,2026-01-05,{len(name)}77.77\n"
        folder = write_named_client(tmp_path / "data", name, orders)
        (folder / "customers.csv").write_text(f"customer_id,name\n{name}-K,Customer of {name}\n")
        (folder / "notes").mkdir()
        (folder / "notes/2026-Q1.md").write_text(f"A secret of {name}\n")

    done_by_two = build(tmp_path, "--jobs", "2", "--quarter", "2026-Q1", formats="json,html")

    assert done_by_two.exit_code == 0, done_by_two.output
    for own, other in (("aldermann", "brockhoff"), ("brockhoff", "aldermann")):
        written = b"".join(path.read_bytes() for path in report(tmp_path, own).iterdir())
        assert own.encode() in written
        assert other.encode() not in written
