"""Repositories and environments that want to run a program or to mislead."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repositories import (
    ORDERS,
    client_in,
    commit,
    facts,
    new_repository,
    program,
    rewrite_head,
    run_git,
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "repository")


def test_the_environment_cannot_point_git_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = client_in(repository)
    head = commit(repository)
    trap, marker = trap_program(tmp_path)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(trap))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "broken")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_PAGER", str(trap))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))

    assert (facts(folder).commit, facts(folder).changed) == (head, ())
    assert not marker.exists()
    assert not (tmp_path / "trace").exists()


def trap_program(folder: Path) -> tuple[Path, Path]:
    marker = folder / "executed"
    return program(folder / "trap", f"touch '{marker}'"), marker


def sign(repository: Path) -> None:
    """Give HEAD a signature, so that showing it calls the program that checks signatures."""
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\nData"
    rewrite_head(repository, lambda text: text.replace("\nData", signature))


def forget_trees(repository: Path) -> None:
    """Lose the trees, as in a partial clone, so that git wants to fetch them."""
    for line in run_git(repository, "rev-list", "--objects", "--all").splitlines():
        name = line.split()[0]
        if run_git(repository, "cat-file", "-t", name) == "tree":
            (repository / ".git/objects" / name[:2] / name[2:]).unlink()


def nothing(_: Path) -> None:
    """Leave the repository as it is."""


HOSTILE = {
    "fsmonitor": ({"core.fsmonitor": "TRAP"}, "status", nothing),
    "signature": ({"gpg.program": "TRAP", "log.showSignature": "true"}, "log", sign),
    "external diff": ({"diff.external": "TRAP"}, "diff", nothing),
    "text conversion": ({"diff.trap.textconv": "TRAP"}, "diff", nothing),
    "clean filter": ({"filter.trap.clean": "TRAP"}, "status", nothing),
    "process filter": ({"filter.trap.process": "TRAP"}, "status", nothing),
    "lazy fetch": (
        {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": "ext::TRAP",
            "protocol.ext.allow": "always",
        },
        "log --stat",
        forget_trees,
    ),
    "lazy fetch over ssh": (
        {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": "ssh://example.invalid/x",
            "core.sshCommand": "TRAP",
            "ssh.variant": "simple",
        },
        "log --stat",
        forget_trees,
    ),
    "lazy fetch from a folder": (
        {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": ".",
            "remote.origin.uploadpack": "TRAP",
        },
        "log --stat",
        forget_trees,
    ),
    "alias": ({"alias.trap": "!TRAP"}, "trap", nothing),
    "hook": ({"core.hooksPath": "HOOKS"}, "commit --allow-empty -m x", nothing),
    "include": ({"include.path": "INCLUDED"}, "status", nothing),
}


@pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_configuration_executes_nothing(repository: Path, tmp_path: Path, name: str) -> None:
    settings, careless, prepare = HOSTILE[name]
    trap, marker = trap_program(tmp_path)
    folder = client_in(repository)
    (repository / ".gitattributes").write_bytes(b"*.csv diff=trap filter=trap\n")
    commit(repository)
    prepare(repository)
    (folder / "orders.csv").write_bytes(ORDERS[::-1])
    set_hostile(repository, settings, trap, tmp_path)

    found = facts(folder)

    assert not marker.exists()
    assert (found.reason, found.changed) == (("git_failed", ()) if prepare is forget_trees else ("", ("orders.csv",)))
    provoke(repository, careless)
    assert marker.exists(), "the trap would never have closed"


def set_hostile(repository: Path, settings: dict[str, str], trap: Path, folder: Path) -> None:
    hooks = folder / "hooks"
    hooks.mkdir()
    for hook in ("pre-commit", "post-index-change", "reference-transaction"):
        shutil.copy(trap, hooks / hook)
    included = folder / "included"
    included.write_text(f"[core]\n\tfsmonitor = {trap}\n", encoding="utf-8")
    for key, value in settings.items():
        real = value.replace("TRAP", str(trap)).replace("HOOKS", str(hooks)).replace("INCLUDED", str(included))
        run_git(repository, "config", key, real)


def provoke(repository: Path, careless: str) -> None:
    """Run what a careless program would run, whatever comes of it."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0"}
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(
        ["git", *author, "-C", str(repository), *careless.split()],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=30,
    )


def test_a_folder_that_poses_as_a_bare_repository_is_not_taken_for_one(repository: Path) -> None:
    folder = client_in(repository)
    run_git(repository, "init", "--quiet", "--bare", "data/client")
    head = commit(repository)

    assert facts(folder).commit == head


def test_settings_that_move_or_rewrite_history_do_not_mislead(repository: Path, tmp_path: Path) -> None:
    folder = client_in(repository)
    first = commit(repository)
    (folder / "orders.csv").write_bytes(b"later")
    second = commit(repository)
    run_git(repository, "replace", second, first)
    run_git(repository, "config", "core.worktree", str(tmp_path))
    run_git(repository, "config", "core.bare", "false")
    run_git(repository, "config", "log.follow", "true")
    run_git(repository, "config", "core.quotePath", "true")
    run_git(repository, "config", "format.pretty", "fuller")
    run_git(repository, "config", "color.ui", "always")
    run_git(repository, "config", "log.date", "relative")

    assert (facts(folder).commit, facts(folder).changed) == (second, ())
