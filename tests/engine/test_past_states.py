"""Reports from any commit of the data, and whether a report still comes out as it did."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from retention_reports.reading.past import GitError, data_at, data_place
from tests.support.builds import (
    AFTER_THE_QUARTER,
    ORDERS,
    build,
    figures,
    moments,
    report,
    repository_with_clients,
    run,
    write_named_client,
)
from tests.support.repositories import commit, new_repository, run_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
CORRECTED = ORDERS.replace("100.00", "120.00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_with_clients(tmp_path, "a")


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of every file of the working tree, of the index and of the references."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_relative_to(folder / ".git/objects"):
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def test_a_past_state_gives_the_bytes_that_it_gave_then_and_touches_nothing(root: Path, tmp_path: Path) -> None:
    then = run_git(root, "rev-parse", "HEAD")
    build(root, formats="html,json", output="../then")
    (root / "data/a/orders.csv").write_text(CORRECTED)
    commit(root, date=AFTER_THE_QUARTER)
    (root / "data/a/orders.csv").write_text("being written at this moment")
    before = tree(root)

    done = build(root, "--at", then, formats="html,json", output=str(tmp_path / "again"))

    assert done.exit_code == 0, done.output
    for name in ("figures.json", "a-2026-Q1.html", ".sha256sums"):
        assert (tmp_path / "again/a/2026-Q1" / name).read_bytes() == (tmp_path / "then/a/2026-Q1" / name).read_bytes()
    assert tree(root) == before


@pytest.mark.parametrize("name", ["HEAD~1", "v1", "other"])
def test_a_revision_may_be_relative_a_tag_or_a_branch(root: Path, name: str) -> None:
    run_git(root, "tag", "v1")
    run_git(root, "branch", "other")
    (root / "data/a/orders.csv").write_text(CORRECTED)
    commit(root, date=AFTER_THE_QUARTER)

    assert build(root, "--at", name).exit_code == 0
    assert figures(report(root, "a"))["pillars"]["revenue"]["total"] == 150.5


@pytest.mark.parametrize("name", ["nowhere", "--all", "HEAD:data", "", "a\nb"])
def test_what_is_no_revision_is_wrong_use(root: Path, name: str) -> None:
    done = build(root, f"--at={name}")

    assert done.exit_code == 2
    assert "there is no revision" in done.stderr


def test_a_client_that_was_deleted_since_can_be_built(root: Path) -> None:
    write_named_client(root / "data", "b")
    shutil.rmtree(root / "data/a")
    commit(root, date=AFTER_THE_QUARTER)

    assert build(root, "a").exit_code == 2
    assert build(root, "a", "--at", "HEAD~1").exit_code == 0
    unknown = build(root, "b", "--at", "HEAD~1")
    assert unknown.exit_code == 2
    assert "known: a" in unknown.stderr


def test_errors_in_a_past_state_are_told_with_commit_and_place(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K9,31.02.2026,1\n")
    head = commit(root, date=AFTER_THE_QUARTER)
    (root / "data/a/orders.csv").write_text(ORDERS)

    done = build(root, "--at", "HEAD")

    assert done.exit_code == 1
    assert f"{head[:12]}:data/a/orders.csv:4:ordered_on" in done.stderr


def test_an_unchanged_past_state_is_not_built_again(root: Path) -> None:
    build(root, "--at", "HEAD")
    before = moments(report(root, "a"))

    build(root, "--at", "HEAD")
    build(root)

    assert moments(report(root, "a")) == before


def test_outside_git_there_is_no_past(tmp_path: Path) -> None:
    write_named_client(tmp_path / "data", "a")

    done = build(tmp_path, "--at", "HEAD")

    assert done.exit_code == 1
    assert "lies in no git repository" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_git_are_not_followed(root: Path) -> None:
    (root / "secret.csv").write_text(ORDERS)
    (root / "data/a/orders.csv").unlink()
    (root / "data/a/orders.csv").symlink_to("../../secret.csv")
    commit(root)

    done = build(root, "--at", "HEAD")

    assert done.exit_code == 1
    assert "there is no such file" in done.stderr


@pytest.mark.parametrize("name", ["..", ".git", "a\\..\\..\\x", "."])
def test_paths_that_lead_out_of_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    root = new_repository(tmp_path / "hostile")
    write_named_client(root / "data", "a")
    commit(root)
    blob = run_git(root, "hash-object", "-w", "--stdin", content=b"x")
    entries = run_git(root, "ls-tree", "HEAD:data/a") + "\n"
    inner = run_git(root, "mktree", content=f"100644 blob {blob}\tx\n".encode())
    raw = b"40000 " + name.encode() + b"\0" + bytes.fromhex(inner)
    odd = run_git(root, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", content=raw)
    client = run_git(root, "mktree", content=(entries + f"040000 tree {odd}\tnotes\n").encode())
    data = run_git(root, "mktree", content=f"040000 tree {client}\ta\n".encode())
    top = run_git(root, "mktree", content=f"040000 tree {data}\tdata\n".encode())
    head = run_git(root, "commit-tree", top, "-m", "x")

    with pytest.raises(GitError, match="no path"), data_at(data_place(root / "data", head)):
        pass


def test_nothing_is_left_behind(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    with data_at(data_place(root / "data", "HEAD")) as past:
        assert (past.folder / "a/orders.csv").read_text() == ORDERS

    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_report_is_verified_against_its_commit(root: Path) -> None:
    build(root, formats="html,json")
    (root / "data/a/orders.csv").write_text(CORRECTED)
    commit(root, date=AFTER_THE_QUARTER)

    done = run(root, "verify", str(report(root, "a")))

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("same: ")


def test_a_figure_that_somebody_changed_is_found(root: Path) -> None:
    build(root)
    file = report(root, "a") / "figures.json"
    file.write_text(file.read_text().replace('"total": 150.5', '"total": 1150.5', 1))

    done = run(root, "verify", str(report(root, "a")))

    assert done.exit_code == 1
    assert "figures.json: changed since it was written" in done.stdout
    assert "pillars.revenue.total: 1150.5 in the report, 150.5 today" in done.stdout


def test_a_page_that_somebody_changed_is_found_though_its_list_was_changed_too(root: Path) -> None:
    build(root, formats="html,json")
    file = report(root, "a") / "a-2026-Q1.html"
    old = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_text(file.read_text().replace("Firm a", "Firm b"))
    sums = report(root, "a") / ".sha256sums"
    sums.write_text(sums.read_text().replace(old, hashlib.sha256(file.read_bytes()).hexdigest()))

    done = run(root, "verify", str(report(root, "a")))

    assert done.exit_code == 1
    assert "a-2026-Q1.html: comes out otherwise" in done.stdout


def test_a_report_of_uncommitted_data_cannot_be_verified(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(CORRECTED)
    build(root)

    done = run(root, "verify", str(report(root, "a")))

    assert done.exit_code == 1
    assert "no commit holds (state: dirty)" in done.stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"data": 1}', "[" * 100_000])
def test_what_is_no_report_is_told(root: Path, content: str) -> None:
    (root / "other").mkdir()
    (root / "other/figures.json").write_text(content)

    done = run(root, "verify", str(root / "other"))

    assert done.exit_code == 1
    assert "is not what a build writes" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="shell")
def test_in_a_shallow_clone_a_report_says_so_and_the_past_is_not_there(root: Path, tmp_path: Path) -> None:
    first = run_git(root, "rev-parse", "HEAD")
    (root / "data/a/orders.csv").write_text(CORRECTED)
    commit(root, date=AFTER_THE_QUARTER)
    run_git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")

    assert build(tmp_path / "shallow").exit_code == 0
    assert figures(report(tmp_path / "shallow", "a"))["data"]["reason"] == "shallow"
    assert build(tmp_path / "shallow", "--at", first).exit_code == 2
