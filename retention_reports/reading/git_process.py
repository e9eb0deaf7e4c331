"""Runs git in a way that lets a repository run nothing.

A repository's own configuration can name programs (file system monitor, filters, signature checkers, transports).
So only a few commands that need none of them are ever run, and the dangerous settings are overridden.
"""

from __future__ import annotations

import os
import stat
import subprocess
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Reason = Literal["", "not_a_repository", "no_commits", "untracked", "shallow", "git_missing", "git_failed"]

SECONDS = 60
_OVERRIDES = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # a missing object must not be fetched: the transport is a program
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class NoAnswerError(Exception):
    """git is missing, or gave no usable answer."""

    def __init__(self, reason: Reason = "git_failed") -> None:
        """Keep the reason as provenance tells it."""
        super().__init__(reason)
        self.reason = reason


def repository_root(folder: Path) -> Path | None:
    """Return the nearest folder at or above `folder` (resolved) with a `.git`, a file in worktrees and submodules.

    git's own search also takes a folder that merely looks like a repository, as one sent by a client may.
    """
    for candidate in (folder, *folder.parents):
        marker = candidate / ".git"
        if os.path.isfile(marker) or _is_head(marker / "HEAD"):  # noqa: PTH113 (Path raises where it may not look)
            return candidate
    return None


def _is_head(path: Path) -> bool:
    """Tell whether there is a file or a link: at a pipe git would wait for ever."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def run(root: Path, *words: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git to its end, `content` on its standard input.

    Raises:
        NoAnswerError: git is missing or does not end.
    """
    with _as_no_answer():
        return subprocess.run(
            _command(root, words),
            input=content,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env=_environment(os.environ),
        )


def ask(root: Path, *words: str, content: bytes = b"") -> bytes:
    """Return what git prints.

    Raises:
        NoAnswerError: git is missing, does not end, or fails.
    """
    done = run(root, *words, content=content)
    if done.returncode:
        raise NoAnswerError
    return done.stdout


def committer(root: Path) -> str:
    """Return name, address and time as git would write them into a commit; "" where git does not know the user.

    Who the user is stands in the user's own settings and environment: they are asked for here alone.

    Raises:
        NoAnswerError: git is missing or does not end.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name.upper().startswith(("GIT_COMMITTER_", "GIT_CONFIG_"))
    }
    with _as_no_answer():
        done = subprocess.run(
            ["git", "-C", str(root), "-c", f"safe.directory={root.as_posix()}", "var", "GIT_COMMITTER_IDENT"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env=kept | {"GIT_TERMINAL_PROMPT": "0"},
        )
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()


@contextmanager
def conversation(root: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run git as long as the block lasts, for questions through its pipes; a git that hangs is killed.

    Raises:
        NoAnswerError: git is missing, or a pipe broke.
    """
    with (
        _as_no_answer(),
        subprocess.Popen(
            _command(root, words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(os.environ),
        ) as process,
    ):
        watchdog = Timer(SECONDS, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()  # every answer is read: nothing is lost


@contextmanager
def _as_no_answer() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        missing: Reason = "git_missing"
        raise NoAnswerError(missing) from error
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise NoAnswerError from error


def _command(root: Path, words: tuple[str, ...]) -> list[str]:
    settings = [f"safe.directory={root.as_posix()}", *_OVERRIDES]
    options = [word for setting in settings for word in ("-c", setting)]
    place = ["-C", str(root), "--git-dir=.git", "--work-tree=."]
    return ["git", *place, *options, "--no-pager", "--literal-pathspecs", *words]


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Leave out every GIT_ variable: each can point git at another repository, configuration or program."""
    return {name: value for name, value in inherited.items() if not name.upper().startswith("GIT_")} | _ENVIRONMENT
