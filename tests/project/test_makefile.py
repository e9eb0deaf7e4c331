"""What `make` offers, and that nothing it is given runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARGUMENT_PRINTER = '#!/bin/sh\nprintf "%s\\n" "$@" > arguments\nexit "${ENDS_WITH:-0}"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and an environment whose Python only writes down what it is called with."""
    folder = tmp_path / "a folder with spaces"
    (folder / "tests").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for lock in ("requirements.lock", "tests/requirements.lock"):
        (folder / lock).touch()
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(ARGUMENT_PRINTER, encoding="utf-8")
    (programs / "python").chmod(0o755)
    for stamp in (".installed", ".tests-installed"):
        (folder / ".venv" / stamp).touch()
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def arguments_of(folder: Path) -> list[str]:
    return (folder / "arguments").read_text(encoding="utf-8").splitlines()


def test_help_is_the_default_and_lists_every_target() -> None:
    targets = re.findall(r"^\.PHONY: ([a-z-]+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    listed = [line.split()[0] for line in make(ROOT).stdout.splitlines() if line.startswith("  ")]

    assert {"report", "test", "check", "clean"} < set(targets)
    assert listed == targets


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("client=a", "there is no variable client; did you mean CLIENT?"),
        ("KUNDE=a", "there is no variable KUNDE; did you mean CLIENT?"),
        ("QUARTAL=2026-Q1", "did you mean QUARTER?"),
        ("REGION=west", "there is no variable REGION; known are CLIENT QUARTER FORMAT DATA OUTPUT PYTHON ALL"),
    ],
)
def test_a_variable_of_another_name_is_refused(checkout: Path, given: str, told: str) -> None:
    done = make(checkout, "report", given)

    assert done.returncode == 2
    assert told in done.stderr
    assert not (checkout / "arguments").exists()


def test_report_alone_builds_every_client(checkout: Path) -> None:
    assert make(checkout, "report").returncode == 0
    assert arguments_of(checkout) == ["-m", "retention_reports", "build", "--"]


def test_report_hands_over_what_it_is_given(checkout: Path) -> None:
    given = ["CLIENT=musterhandel beispiel", "QUARTER=2026-Q3", "FORMAT=html,json", "DATA=my data", "OUTPUT=out put"]

    assert make(checkout, "report", *given).returncode == 0

    options = ["--data=my data", "--quarter=2026-Q3", "--format=html,json", "--output=out put"]
    assert arguments_of(checkout) == ["-m", "retention_reports", "build", *options, "--", "musterhandel", "beispiel"]


def test_variables_may_come_from_the_environment(checkout: Path) -> None:
    assert make(checkout, "check-data", CLIENT="musterhandel", DATA="elsewhere").returncode == 0
    assert arguments_of(checkout) == ["-m", "retention_reports", "check", "--data=elsewhere", "--", "musterhandel"]


@pytest.mark.parametrize("way", ["argument", "environment"])
@pytest.mark.parametrize(
    "value", ["$(shell touch ran)", "$(touch ran)", "`touch ran`", "; touch ran", '"; touch ran; "', "'; touch ran; '"]
)
def test_nothing_that_is_given_runs(checkout: Path, value: str, way: str) -> None:
    given = dict.fromkeys(("CLIENT", "QUARTER", "FORMAT", "DATA", "OUTPUT", "PYTHON"), value)
    if way == "argument":
        make(checkout, "report", *(f"{variable}={value}" for variable in given))
    else:
        make(checkout, "report", **given)

    assert arguments_of(checkout)[3] == f"--data={value}"
    assert not (checkout / "ran").exists()


def test_a_client_named_like_an_option_or_a_pattern_stays_a_name(checkout: Path) -> None:
    make(checkout, "report", "CLIENT=--data=/ *")

    assert arguments_of(checkout)[-3:] == ["--", "--data=/", "*"]


def test_a_failed_report_fails_make(checkout: Path) -> None:
    assert make(checkout, "report", ENDS_WITH="3").returncode != 0


def test_clean_leaves_what_is_under_version_control(checkout: Path) -> None:
    (checkout / ".gitignore").write_text("/.venv/\n/reports/*\n!/reports/README.md\n__pycache__/\n", encoding="utf-8")
    kept = [checkout / "reports" / "README.md", checkout / "data" / "musterhandel" / "orders.csv"]
    removed = [checkout / "reports" / "musterhandel" / "report.html", checkout / "tests" / "__pycache__" / "a.pyc"]
    for path in kept + removed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    subprocess.run(["git", "init", "--quiet"], cwd=checkout, check=True)

    assert make(checkout, "clean").returncode == 0

    assert [path for path in kept if not path.exists()] == []
    assert [path for path in [*removed, checkout / ".venv"] if path.exists()] == []
