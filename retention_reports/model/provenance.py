"""Which data a report rests on: the commit where git can prove one, and always a fingerprint of the files."""

from __future__ import annotations

import hashlib
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports import __version__
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from retention_reports.model.folder import FileRead

_SHORT_COMMIT = 12
_NOT_VERSIONED = frozenset({"not_a_repository", "no_commits", "untracked"})


class DataState(StrEnum):
    """How the files read relate to the commit.

    UNVERSIONED: git holds no version of this folder. UNKNOWN: it may hold one, but this copy cannot prove which.
    """

    CLEAN = "clean"
    DIRTY = "dirty"
    UNVERSIONED = "unversioned"
    UNKNOWN = "unknown"


@record
class Provenance:
    """Where the figures come from.

    `commit` is the newest one that touches the client's folder and `committed_at` its committer date with the
    committer's own offset; both are None unless the state is CLEAN or DIRTY. `reason` is "" where they are known, else
    `not_a_repository`, `no_commits`, `untracked`, `shallow`, `git_missing` or `git_failed`. `changed` names the files
    (paths inside the folder, sorted) that differ from the newest version under git.
    """

    state: DataState
    fingerprint: str
    commit: str | None = None
    committed_at: datetime | None = None
    changed: tuple[str, ...] = ()
    reason: str = ""
    tool_version: str = __version__

    @property
    def commit_short(self) -> str | None:
        """The first twelve digits of the commit."""
        return None if self.commit is None else self.commit[:_SHORT_COMMIT]

    @property
    def committed_on(self) -> date | None:
        """The day of the commit where the committer was."""
        return None if self.committed_at is None else self.committed_at.date()


def provenance_of(
    files: Iterable[FileRead],
    *,
    commit: str | None = None,
    committed_at: datetime | None = None,
    changed: Sequence[str] = (),
    reason: str = "",
) -> Provenance:
    """Join what git could prove (the arguments are the fields of its facts) with the fingerprint of the files."""
    return Provenance(
        state=_state(commit, changed, reason),
        fingerprint=fingerprint(files),
        commit=commit,
        committed_at=committed_at,
        changed=tuple(changed),
        reason=reason,
    )


def fingerprint(files: Iterable[FileRead]) -> str:
    """Return one SHA-256 for all files: over `path NUL sha256 LF`, in the order of the paths.

    Paths are those inside the client's folder, with composed letters, so that the same files have the same
    fingerprint wherever the folder lies and whatever system it lies on.
    """
    listed = sorted((unicodedata.normalize("NFC", file.path), file.sha256) for file in files)
    digest = hashlib.sha256()
    for path, sha256 in listed:
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + sha256.encode("ascii") + b"\n")
    return digest.hexdigest()


def _state(commit: str | None, changed: Sequence[str], reason: str) -> DataState:
    if reason in _NOT_VERSIONED:
        return DataState.UNVERSIONED
    if commit is None:
        return DataState.UNKNOWN
    return DataState.DIRTY if changed else DataState.CLEAN
