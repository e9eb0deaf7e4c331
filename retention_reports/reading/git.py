"""What git can prove about the files read, asked in a way that lets a repository run nothing.

A repository's own configuration can name programs (file system monitor, filters, signature checkers, transports).
So only `rev-parse`, `log` and `ls-tree` are asked, the dangerous settings are overridden, and changed files are found
by hashing them here: `status` and `diff` would run filters.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Reason = Literal["", "not_a_repository", "no_commits", "untracked", "shallow", "git_missing", "git_failed"]

_SECONDS = 60
_SHA1_DIGITS = 40
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


class ReadFile(Protocol):
    """A file as it was read: its path inside the client's folder, with `/`, and the SHA-256 of its bytes."""

    @property
    def path(self) -> str:
        """The path inside the client's folder."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes read, in hexadecimal digits."""


@dataclass(frozen=True)
class GitFacts:
    """What git knows about a client's folder.

    `commit` is the newest one that touches the folder; `committed_at` is the committer's date in the committer's own
    offset. Where they are None, `reason` says why. `changed` names, sorted, the files read that HEAD does not hold
    with these bytes (line ends apart) and the files of HEAD that are gone; it is empty without a repository.
    """

    commit: str | None = None
    committed_at: datetime | None = None
    changed: tuple[str, ...] = ()
    reason: Reason = ""


class _NoAnswerError(Exception):
    """git is missing, or gave no usable answer."""

    def __init__(self, reason: Reason = "git_failed") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class _Head:
    commit: str
    boundary: frozenset[str]


def read_git_facts(client_folder: Path, files: Sequence[ReadFile]) -> GitFacts:
    """Ask git, in at most three processes, for the version of the files read from the folder.

    Never raises for want of git, of a repository, of commits or of history: `GitFacts.reason` tells. A file counts as
    changed also where its bytes are no longer those that were read. Files that git keeps in another form than the
    folder (large file storage, clean filters) or reaches through a link count as changed.
    """
    folder = client_folder.resolve()
    root = _repository_root(folder)
    if root is None:
        return GitFacts(reason="not_a_repository")
    try:
        return _facts(root, folder, files)
    except _NoAnswerError as error:
        return GitFacts(reason=error.reason)


def _repository_root(folder: Path) -> Path | None:
    """Return the nearest folder with a `.git`, a file in worktrees and submodules.

    git's own search also takes a folder that merely looks like a repository, as one sent by a client may.
    """
    for candidate in (folder, *folder.parents):
        marker = candidate / ".git"
        if os.path.isfile(marker) or os.path.lexists(marker / "HEAD"):  # noqa: PTH113 (Path raises where it may not look)
            return candidate
    return None


def _facts(root: Path, folder: Path, files: Sequence[ReadFile]) -> GitFacts:
    head = _head(root)
    if head is None:
        return GitFacts(reason="no_commits")
    inside = folder.relative_to(root).as_posix()
    where = [] if folder == root else ["--", f"{inside}/"]
    newest = _newest_commit(root, head.commit, where)
    if newest is None:
        return GitFacts(reason="untracked")
    listed = _listed_blobs(root, head.commit, where)
    changed = _changed_files(folder, files, listed, "sha1" if len(head.commit) == _SHA1_DIGITS else "sha256")
    commit, committed_at = newest
    if commit in head.boundary:
        return GitFacts(changed=changed, reason="shallow")
    return GitFacts(commit, committed_at, changed)


def _head(root: Path) -> _Head | None:
    """Return HEAD and the commits whose parents this copy lacks; None where there is no commit yet."""
    done = _run(root, "rev-parse", "--is-shallow-repository", "HEAD", "--git-path", "shallow")
    if done.returncode:
        if done.stdout.splitlines()[:1] in ([b"false"], [b"true"]):
            return None
        raise _NoAnswerError
    shallow, commit, boundary_path = done.stdout.removesuffix(b"\n").split(b"\n", 2)
    if shallow == b"false":
        return _Head(commit.decode("ascii"), frozenset())
    try:
        boundary = (root / os.fsdecode(boundary_path)).read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise _NoAnswerError from error
    return _Head(commit.decode("ascii"), frozenset(boundary.split()))


def _newest_commit(root: Path, head: str, where: Sequence[str]) -> tuple[str, datetime] | None:
    line = _ask(
        root, "log", "-1", "--no-show-signature", "--no-follow", "--date=raw", "--format=%H %cd", head, *where
    ).decode("ascii", "replace")
    if not line.strip():
        return None
    try:
        commit, seconds, offset = line.split()
        return commit, datetime.fromtimestamp(int(seconds), _time_zone(offset))
    except (ValueError, OverflowError, OSError) as error:
        raise _NoAnswerError from error


def _time_zone(offset: str) -> timezone:
    """Read `+0530`; an offset of a day or more is nobody's, so the date is told in UTC."""
    sign = -1 if offset.startswith("-") else 1
    hours, minutes = divmod(int(offset.lstrip("+-")), 100)
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(sign * distance) if distance < timedelta(days=1) else UTC


def _listed_blobs(root: Path, head: str, where: Sequence[str]) -> dict[str, str]:
    """Return the blob of every file that HEAD holds in the folder, by its path inside the folder."""
    records = _ask(root, "ls-tree", "-r", "-z", "--full-tree", head, *where).split(b"\0")
    prefix = os.fsencode(where[-1]) if where else b""
    blobs = {}
    for record in filter(None, records):
        description, _, path = record.partition(b"\t")
        blobs[path.removeprefix(prefix).decode("utf-8", "surrogateescape")] = description.split()[2].decode("ascii")
    return blobs


def _changed_files(
    folder: Path, files: Sequence[ReadFile], listed: Mapping[str, str], algorithm: str
) -> tuple[str, ...]:
    read = {_in_git(file.path, listed) for file in files}
    gone = {path for path in listed.keys() - read if not os.path.lexists(folder / path)}
    different = {
        file.path for file in files if listed.get(_in_git(file.path, listed)) not in _blobs(folder, file, algorithm)
    }
    return tuple(sorted(gone | different))


def _in_git(path: str, listed: Mapping[str, str]) -> str:
    """Return the path as git lists it: macOS may spell ü with two characters where git has one."""
    return path if path in listed else unicodedata.normalize("NFC", path)


def _blobs(folder: Path, file: ReadFile, algorithm: str) -> frozenset[str]:
    """Return the blobs under which git may hold the file: as it is, and with the line ends git may have replaced.

    Empty where the file is gone or its bytes are no longer those that were read.
    """
    path = folder / file.path
    try:
        content = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return frozenset()
    if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
        return frozenset()
    return frozenset({_blob(content, algorithm), _blob(content.replace(b"\r\n", b"\n"), algorithm)})


def _blob(content: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _ask(root: Path, *words: str) -> bytes:
    done = _run(root, *words)
    if done.returncode:
        raise _NoAnswerError
    return done.stdout


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    settings = [f"safe.directory={root.as_posix()}", *_OVERRIDES]
    options = [word for setting in settings for word in ("-c", setting)]
    place = ["-C", str(root), "--git-dir=.git", "--work-tree=."]
    try:
        return subprocess.run(
            ["git", *place, *options, "--no-pager", "--literal-pathspecs", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=_environment(os.environ),
        )
    except FileNotFoundError as error:
        missing: Reason = "git_missing"
        raise _NoAnswerError(missing) from error
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise _NoAnswerError from error


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Leave out every GIT_ variable: each can point git at another repository, configuration or program."""
    return {name: value for name, value in inherited.items() if not name.upper().startswith("GIT_")} | _ENVIRONMENT
