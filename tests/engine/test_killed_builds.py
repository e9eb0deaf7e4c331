"""Whole builds that are killed at any moment, and builds that meet."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retention_reports.writing.record import is_whole
from tests.support.builds import ORDERS, build, figures, report, repository_with_clients

PROJECT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills and looks into folders as Unix does"),
]


def building(root: Path, *words: str) -> subprocess.Popen[bytes]:
    place = ["--data", str(root / "data"), "--output", str(root / "reports"), "--format", "html,json"]
    return subprocess.Popen(
        [sys.executable, "-m", "retention_reports", "build", *place, *words],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def running_in(sessions: list[int]) -> list[int]:
    """Return the sessions in which a process still runs, a moment after they were killed."""
    time.sleep(2.0)
    listed = subprocess.run(["ps", "-e", "-o", "sess="], capture_output=True, text=True, check=True).stdout
    return [session for session in sessions if str(session) in listed.split()]


def test_builds_of_the_same_clients_at_once_leave_whole_reports(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a", "b")

    builds = [building(root, "--force", *words) for words in ((), ("--jobs", "2"), ())]

    assert [process.wait(timeout=120) for process in builds] == [0, 0, 0]
    for name in "ab":
        assert is_whole(report(root, name))
        assert figures(report(root, name))["client"] == name


def test_killed_at_any_moment_a_build_leaves_the_old_or_the_new_report(tmp_path: Path) -> None:
    """The processes that it started end with it, and the next build leaves nothing of it behind."""
    processes = []
    root = repository_with_clients(tmp_path, "a", "b")
    assert build(root, formats="html,json").exit_code == 0
    moment = random.Random(7)
    for amount in range(101, 109):
        (root / "data/a/orders.csv").write_text(ORDERS.replace("100.00", f"{amount}.00"))
        process = building(root, "--force", "--jobs", "2")
        time.sleep(moment.uniform(0.2, 4.0))
        processes.append(process.pid)
        process.kill()
        process.wait()
        for name in "ab":
            assert is_whole(report(root, name))
        total = figures(report(root, "a"))["pillars"]["revenue"]["total"]
        assert total == 150.5 or 151.5 <= total <= amount + 50.5

    assert build(root, "--force", formats="html,json").exit_code == 0
    assert not running_in(processes)
    left = [path.name for path in (root / "reports").rglob(".*") if path.name not in (".sha256sums", ".build.json")]
    assert left == []
