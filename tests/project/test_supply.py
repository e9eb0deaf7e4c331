"""What is run and installed is named exactly: actions by commit, packages by hash, and all of them in a bill."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PIPELINES = [".github/workflows/retention-reports.yml", "retention_reports/ci/github.yml"]


@pytest.mark.parametrize("path", PIPELINES)
def test_actions_are_pinned_by_commit_and_named_by_version(path: str) -> None:
    uses = re.findall(r"uses: (.*)", (PROJECT / path).read_text("utf-8"))

    assert len(uses) >= 4
    assert [line for line in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_the_bill_names_every_locked_package_with_its_hashes() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, ".ci/sbom", "requirements.lock"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    bill = json.loads(done.stdout)

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    locked = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock, re.MULTILINE)
    assert [(one["name"], one["version"]) for one in bill["components"]] == locked
    assert sum(len(one["hashes"]) for one in bill["components"]) == lock.count("--hash=sha256:")
    assert all(one["hashes"] for one in bill["components"])
    assert len({one["purl"] for one in bill["components"]}) == len(locked)
