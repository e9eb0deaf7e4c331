"""The same build on a cluster: workers fetch the data by its commit and give the same bytes."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retention_reports.engine.build_key import Options, program_digest
from retention_reports.engine.remote_job import RemoteJob, build_remote
from tests.support.builds import AFTER_THE_QUARTER, ORDERS, build, report, repository_with_clients
from tests.support.repositories import commit, run_git

PROJECT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")]
needs_cluster = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="the extra `distributed` is not installed"
)

CLUSTER = """
import sys
from distributed import LocalCluster
from retention_reports.cli import main
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        main([*sys.argv[1:], "--dask", cluster.scheduler_address])
"""


def build_on_two_workers(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    script = root.parent / "cluster.py"
    script.write_text(CLUSTER)
    place = ["--data", str(root / "data"), "--output", str(root / "by-cluster"), "--format", "json,html"]
    return subprocess.run(
        [sys.executable, str(script), "build", *place, *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@needs_cluster
@pytest.mark.slow
def test_two_workers_give_the_bytes_that_this_machine_gives(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a", "b", "c")
    assert build(root, formats="json,html").exit_code == 0
    (root / "data/b/orders.csv").write_text(ORDERS + "3,K9,31.02.2026,1\n")
    commit(root, date=AFTER_THE_QUARTER)
    (root / "data/a/orders.csv").write_text("being written at this moment")

    done = build_on_two_workers(root)

    assert done.returncode == 1, done.stderr
    assert "b: no report, 2 errors" in done.stderr
    assert not report(root, "b", output="by-cluster").exists()
    for name in "ac":
        for file in ("figures.json", f"{name}-2026-Q1.html"):
            expected = (report(root, name) / file).read_bytes()
            assert (report(root, name, output="by-cluster") / file).read_bytes() == expected


@needs_cluster
def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")

    done = subprocess.run(
        [sys.executable, "-m", "retention_reports", "build", "--data", str(root / "data"), "--dask", "nonsense://x"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 1
    assert "there is no Dask scheduler at nonsense://x" in done.stderr


@pytest.mark.skipif(importlib.util.find_spec("distributed") is not None, reason="the extra is installed")
def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    done = build(repository_with_clients(tmp_path, "a"), "--dask", "tcp://127.0.0.1:1")

    assert done.exit_code == 1
    assert "retention-reports[distributed]" in done.stderr


def job(root: Path, **changes: str) -> RemoteJob:
    """Return a job whose worker is this process."""

    facts = {
        "client": "a",
        "url": str(root),
        "commit": run_git(root, "rev-parse", "HEAD"),
        "program": program_digest(),
    } | changes
    return RemoteJob(
        facts["client"], facts["url"], facts["commit"], ("data",), Options(None, ("json",)), facts["program"]
    )


def message(root: Path, **changes: str) -> str:
    failure = build_remote(job(root, **changes)).failure
    assert failure is not None
    return str(failure.message)


def test_a_worker_fetches_the_data_by_its_commit_and_knows_its_history(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")
    head = run_git(root, "rev-parse", "HEAD")
    (root / "README").write_text("x")
    commit(root)

    outcome = build_remote(job(root))

    assert outcome.failure is None
    assert json.loads(outcome.reports[0].files["figures.json"])["data"]["commit"] == head


def test_a_worker_with_another_program_refuses(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")

    assert "another version" in message(root, program="x")


def test_a_commit_or_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")

    assert "cannot be fetched" in message(root, commit="1" * 40)
    assert "cannot be fetched" in message(root, url=str(tmp_path / "nowhere"))
    assert "there is no client" in message(root, client="b")


@pytest.mark.parametrize("url", ["ext::sh -c touch% executed", "--upload-pack=touch executed"])
def test_an_address_cannot_become_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    root = repository_with_clients(tmp_path, "a")
    monkeypatch.chdir(tmp_path)

    assert "cannot be fetched" in message(root, url=url)
    assert not (tmp_path / "executed").exists()
