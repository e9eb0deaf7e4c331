"""What git can prove about a client's folder, in real repositories."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.reading import git_process
from retention_reports.reading.git import GitFacts, read_git_facts, read_versions
from tests.support.repositories import (
    CUSTOMERS,
    LATE_EVENING,
    ORDERS,
    client_in,
    commit,
    facts,
    new_repository,
    program,
    read,
    rewrite_head,
    run_git,
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "repository")


def test_committed_files_are_clean_and_the_date_keeps_the_committers_offset(repository: Path) -> None:
    folder = client_in(repository)
    head = commit(repository)

    assert facts(folder) == GitFacts(head, datetime.fromisoformat(LATE_EVENING))
    found = facts(folder).committed_at
    assert found is not None
    assert found.isoformat() == LATE_EVENING


def test_the_commit_is_the_newest_that_touches_this_client(repository: Path) -> None:
    folder = client_in(repository)
    own = commit(repository)
    client_in(repository, "data/client-two")
    commit(repository, date="2026-12-01T00:00:00+01:00")

    assert facts(folder).commit == own


def test_the_client_may_be_the_repository_itself(repository: Path) -> None:
    (repository / "orders.csv").write_bytes(ORDERS)
    (repository / "customers.csv").write_bytes(CUSTOMERS)
    head = commit(repository)

    assert facts(repository) == GitFacts(head, datetime.fromisoformat(LATE_EVENING))


def test_changed_new_and_deleted_files_are_named(repository: Path) -> None:
    folder = client_in(repository)
    (folder / "losses.csv").write_bytes(b"customer_id\n")
    head = commit(repository)
    (folder / "orders.csv").write_bytes(ORDERS + b"2,20.00\n")
    (folder / "offers.csv").write_bytes(b"offer_id\n")
    (folder / "losses.csv").unlink()

    found = read_git_facts(folder, read(folder, "orders.csv", "customers.csv", "offers.csv"))

    assert found.commit == head
    assert found.changed == ("losses.csv", "offers.csv", "orders.csv")


def test_what_is_only_staged_counts_as_changed(repository: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    (folder / "orders.csv").write_bytes(ORDERS + b"2,20.00\n")
    run_git(repository, "add", "--all")

    assert facts(folder).changed == ("orders.csv",)


def test_a_file_that_changes_after_it_was_read_counts_as_changed(repository: Path) -> None:
    folder = client_in(repository)
    (folder / "orders.csv").write_bytes(b"not yet saved")
    files = read(folder, "orders.csv", "customers.csv")
    (folder / "orders.csv").write_bytes(ORDERS)
    commit(repository)

    assert read_git_facts(folder, files).changed == ("orders.csv",)


def test_a_file_that_is_not_read_may_differ(repository: Path) -> None:
    folder = client_in(repository)
    (folder / "remarks.txt").write_bytes(b"old")
    commit(repository)
    (folder / "remarks.txt").write_bytes(b"new")

    assert facts(folder).changed == ()


def test_line_ends_that_git_replaces_are_no_change(repository: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    (folder / "orders.csv").write_bytes(ORDERS.replace(b"\n", b"\r\n"))

    assert facts(folder).changed == ()


def test_a_copy_with_new_times_is_no_change(repository: Path, tmp_path: Path) -> None:
    folder = client_in(repository)
    head = commit(repository)
    shutil.copytree(repository, tmp_path / "copy", copy_function=shutil.copyfile)
    os.utime(tmp_path / "copy/data/client/orders.csv", (1, 1))

    assert facts(tmp_path / "copy" / folder.relative_to(repository)) == GitFacts(
        head, datetime.fromisoformat(LATE_EVENING)
    )


@pytest.mark.parametrize("name", ["data/Müller & Söhne", "data/a  b", "-rf", "data/*", ":(top)x", 'quo"te', "tab\tend"])
def test_any_folder_name_works(repository: Path, name: str) -> None:
    folder = client_in(repository, name)
    (folder / "Aufträge 2026.csv").write_bytes(b"x")
    head = commit(repository)
    client_in(repository, "data/other")
    commit(repository)

    found = read_git_facts(folder, read(folder, "orders.csv", "Aufträge 2026.csv"))

    assert (found.commit, found.changed) == (head, ())


@pytest.mark.skipif(sys.platform == "win32", reason="no line breaks in names there")
def test_line_breaks_in_names_of_repository_folder_and_file_work(tmp_path: Path) -> None:
    root = tmp_path / "two\nlines"
    root.mkdir()
    run_git(root, "init", "--quiet")
    folder = client_in(root, "data/cli\nent")
    (folder / "or\nders.csv").write_bytes(b"x")
    head = commit(root)

    found = read_git_facts(folder, read(folder, "or\nders.csv", "customers.csv"))

    assert (found.commit, found.changed) == (head, ())


def test_a_decomposed_umlaut_finds_the_composed_one(repository: Path) -> None:
    folder = client_in(repository)
    composed, decomposed = folder / "\u00fc.csv", folder / "u\u0308.csv"
    composed.write_bytes(b"x")
    commit(repository)
    decomposed.write_bytes(b"x")  # as if the file system gave this name for the other

    assert read_git_facts(folder, read(folder, "u\u0308.csv")).changed == ()


def test_a_repository_with_sha256_objects_works(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet", "--object-format=sha256")
    folder = client_in(tmp_path)
    head = commit(tmp_path)

    assert len(head) == 64
    assert (facts(folder).commit, facts(folder).changed) == (head, ())


def test_outside_git_the_reason_is_told_and_no_process_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = client_in(tmp_path)
    monkeypatch.setattr(git_process, "_command", None)

    assert facts(folder) == GitFacts(reason="not_a_repository")


def test_a_folder_named_git_that_is_none_is_passed_over(repository: Path) -> None:
    folder = client_in(repository)
    head = commit(repository)
    (folder / ".git").mkdir()

    assert facts(folder).commit == head


def test_a_repository_without_commits_says_so(repository: Path) -> None:
    assert facts(client_in(repository)) == GitFacts(reason="no_commits")


def test_a_folder_that_was_never_committed_is_untracked(repository: Path) -> None:
    (repository / "README").write_bytes(b"x")
    commit(repository)

    assert facts(client_in(repository)) == GitFacts(reason="untracked")


def test_without_git_the_reason_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert facts(folder) == GitFacts(reason="git_missing")


def test_a_broken_repository_is_a_failure_of_git_and_not_a_state_of_the_data(repository: Path) -> None:
    folder = client_in(repository)
    head = commit(repository)
    for loose in (repository / ".git/objects").glob(f"{head[:2]}/*"):
        loose.unlink()

    assert facts(folder) == GitFacts(reason="git_failed")


def test_a_git_that_hangs_is_given_up(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    program(tmp_path / "git", "exec sleep 30")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "SECONDS", 0.2)

    assert facts(folder) == GitFacts(reason="git_failed")


@pytest.mark.parametrize(
    ("raw", "expected"), [("+9959", "2023-11-14T22:13:20+00:00"), ("-0330", "2023-11-14T18:43:20-03:30")]
)
def test_an_impossible_offset_is_told_in_utc(repository: Path, raw: str, expected: str) -> None:
    folder = client_in(repository)
    commit(repository)
    rewrite_head(repository, lambda text: text.replace("1790836200 -0700", f"1700000000 {raw}"))

    found = facts(folder).committed_at

    assert found is not None
    assert found.isoformat() == expected


def test_a_date_beyond_all_calendars_is_a_failure(repository: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    rewrite_head(repository, lambda text: text.replace("1790836200 -0700", "999999999999999 +0000"))

    assert facts(folder) == GitFacts(reason="git_failed")


def test_at_the_boundary_of_a_shallow_clone_the_commit_is_unknown(repository: Path, tmp_path: Path) -> None:
    folder = client_in(repository)
    commit(repository)
    (repository / "README").write_bytes(b"x")
    commit(repository)
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    copy = tmp_path / "shallow" / folder.relative_to(repository)

    assert facts(copy) == GitFacts(reason="shallow")
    (copy / "orders.csv").write_bytes(b"changed")
    assert facts(copy) == GitFacts(reason="shallow", changed=("orders.csv",))


def test_within_a_shallow_clone_the_commit_is_known(repository: Path, tmp_path: Path) -> None:
    (repository / "README").write_bytes(b"x")
    commit(repository)
    folder = client_in(repository)
    head = commit(repository)
    run_git(tmp_path, "clone", "--quiet", "--depth=2", repository.as_uri(), "shallow")

    assert facts(tmp_path / "shallow" / folder.relative_to(repository)).commit == head


def test_a_detached_head_and_a_worktree_are_ordinary(repository: Path, tmp_path: Path) -> None:
    folder = client_in(repository)
    first = commit(repository)
    (folder / "orders.csv").write_bytes(b"later")
    second = commit(repository)
    run_git(repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "worktree"), first)
    run_git(repository, "checkout", "--quiet", "--detach")

    assert (facts(folder).commit, facts(folder).changed) == (second, ())
    elsewhere = facts(tmp_path / "worktree" / folder.relative_to(repository))
    assert (elsewhere.commit, elsewhere.changed) == (first, ())


def test_a_client_in_a_submodule_has_the_submodules_commit(repository: Path, tmp_path: Path) -> None:
    client_in(repository, "client")
    head = commit(repository)
    outer = tmp_path / "outer"
    outer.mkdir()
    run_git(outer, "init", "--quiet")
    run_git(outer, "submodule", "--quiet", "add", str(repository), "data")
    commit(outer)

    found = facts(outer / "data/client")

    assert (found.commit, found.changed) == (head, ())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user_works(repository: Path) -> None:
    folder = client_in(repository)
    head = commit(repository)
    for path in [repository, *repository.rglob("*")]:
        os.chown(path, 12345, 12345)

    assert (facts(folder).commit, facts(folder).changed) == (head, ())


def test_it_does_not_matter_where_the_program_was_started(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = client_in(repository)
    head = commit(repository)
    for place in (tmp_path, repository, folder, repository / ".git"):
        monkeypatch.chdir(place)
        assert facts(Path(os.path.relpath(folder))).commit == head


def test_two_processes_are_enough_for_any_number_of_clients(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [client_in(repository, f"data/client-{number}") for number in range(3)]
    head = commit(repository)
    asked = []
    command = git_process._command

    def counted(root: Path, words: tuple[str, ...]) -> list[str]:
        asked.append(words[0])
        return command(root, words)

    monkeypatch.setattr(git_process, "_command", counted)

    assert {version.commit for version in read_versions(folders).values()} == {head}
    assert asked == ["rev-parse", "cat-file"]


@settings(max_examples=15)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 2), st.sampled_from(["", "branch", "merge"])),
        max_size=12,
    )
)
def test_the_commit_is_the_one_that_git_log_names_whatever_was_branched_and_merged(
    edits: list[tuple[str, int, str]],
) -> None:
    with TemporaryDirectory() as place:
        root = new_repository(Path(place).resolve() / "repository")
        (root / "README").write_bytes(b"x")
        commit(root)
        for number, (client, content, step) in enumerate(edits):
            if step == "branch":
                run_git(root, "checkout", "--quiet", "-B", "other")
            (root / client).mkdir(exist_ok=True)
            (root / client / "orders.csv").write_bytes(b"%d" % content)
            run_git(root, "add", "--all")
            run_git(root, "commit", "--quiet", "--allow-empty", "-m", "x", date=f"2026-01-{number + 1:02}T00:00:00Z")
            if step == "merge":
                other = run_git(root, "branch", "--show-current")
                run_git(root, "checkout", "--quiet", "main")
                run_git(root, "merge", "--quiet", "--no-ff", "--strategy-option=ours", "-m", "x", other)

        folders = [root / client for client in "abc"]
        found = [version.commit or "" for version in read_versions(folders).values()]

        assert found == [run_git(root, "log", "-1", "--format=%H", "HEAD", "--", folder.name) for folder in folders]
