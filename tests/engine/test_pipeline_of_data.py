"""A project that holds data alone: the pipeline written for it installs a release by pip, and its steps run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retention_reports import __version__
from retention_reports.cli import main
from tests.support.builds import AFTER_THE_QUARTER, ORDERS, report, repository_with_clients
from tests.support.pipelines import PROJECT, github_steps, gitlab_preparation, gitlab_script, run_step
from tests.support.repositories import commit, program, run_git

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="the steps are shell scripts"),
]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the release, where pip looks instead of an index."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_with_clients(tmp_path, "a", "b")


def _environment(wheels: Path, tmp_path: Path) -> dict[str, str]:
    """Return variables with which pip finds the release, and what it needs where the tests have it.

    Nobody is asked for the machine's packages: what would fetch them only notes that it was called.
    """
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("sudo", "apt-get"):
        program(tools / name, f"echo {name} \"$@\" >> '{tmp_path}/packages'")
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
    }


def _written(root: Path, host: str, target: str, *options: str) -> str:
    done = CliRunner().invoke(main, ["ci", host, "--project", str(root), *options])
    assert done.exit_code == 0, done.output
    return (root / target).read_text("utf-8")


def _edit(root: Path) -> str:
    before = run_git(root, "rev-parse", "HEAD")
    (root / "data/b/orders.csv").write_text(ORDERS + "3,K1,2026-03-03,10.00\n")
    commit(root, date=AFTER_THE_QUARTER)
    return before


def test_the_steps_for_github_run_without_our_makefile(root: Path, wheels: Path, tmp_path: Path) -> None:
    workflow = _written(root, "github", ".github/workflows/retention-reports.yml")
    given = _environment(wheels, tmp_path)
    before = _edit(root)
    values = {"github.event.before": before, "matrix.client": "b"}

    for job in ("check", "changed", "build"):
        shutil.rmtree(root / ".venv", ignore_errors=True)
        for script, environment in github_steps(workflow, job, values):
            done = run_step(root, script, given | environment)
            assert done.returncode == 0, done.stderr

    assert (root.parent / "output").read_text() == 'clients=["b"]\n'
    assert [path.name for path in (root / "reports").iterdir() if path.is_dir()] == ["b"]
    assert report(root, "b").is_dir()
    assert "libpango-1.0-0" in (tmp_path / "packages").read_text()
    assert (root / ".venv/bin/retention-reports").is_file()


def test_the_steps_for_gitlab_run_without_our_makefile(root: Path, wheels: Path, tmp_path: Path) -> None:
    text = _written(root, "gitlab", ".gitlab-ci.yml")
    given = _environment(wheels, tmp_path) | {"CI_COMMIT_BEFORE_SHA": _edit(root)}

    for job in ("check", "build"):
        shutil.rmtree(root / ".venv", ignore_errors=True)
        done = run_step(root, "\n".join([*gitlab_preparation(text), *gitlab_script(text, job)]), given)
        assert done.returncode == 0, done.stderr

    told = json.loads((root / "code-quality.json").read_text())
    assert [entry["severity"] for entry in told] == ["minor"]  # a closed quarter has changed
    assert [path.name for path in (root / "reports").iterdir() if path.is_dir()] == ["b"]
    assert "git libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in (tmp_path / "packages").read_text()


@pytest.mark.parametrize(
    ("host", "target"), [("github", ".github/workflows/retention-reports.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_the_release_is_pinned_and_may_come_from_elsewhere(root: Path, host: str, target: str) -> None:
    text = _written(root, host, target)
    assert f"retention-reports=={__version__}" in text
    assert ".ci/environment" not in text

    other = _written(root, host, target, "--force", "--install", "retention-reports @ git+ssh://git@host/it's@v1; id")
    script = github_steps(other, "check", {})[0][0] if host == "github" else "\n".join(gitlab_preparation(other))
    pip = next(line for line in script.splitlines() if "pip install" in line)
    said = subprocess.run(
        ["bash", "-c", pip.replace(".venv/bin/python -m pip install --quiet", "printf '%s|'")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "retention-reports @ git+ssh://git@host/it's@v1; id|"


def test_what_is_no_requirement_is_refused(root: Path) -> None:
    done = CliRunner().invoke(main, ["ci", "github", "--project", str(root), "--install", "a\n- run: b"])

    assert done.exit_code == 2
    assert not (root / ".github").exists()
