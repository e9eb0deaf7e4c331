"""What git can prove about the files read: the newest commit that touches a client's folder, and what differs from it.

Changed files are found by hashing them here: `status` and `diff` would run filters that the repository names.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from retention_reports.reading.git_objects import TREE, objects_of
from retention_reports.reading.git_process import NoAnswerError, repository_root, run
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from retention_reports.reading.git_objects import Objects
    from retention_reports.reading.git_process import Reason

_SHA1_DIGITS = 40


class ReadFile(Protocol):
    """A file as it was read: its path inside the client's folder, with `/`, and the SHA-256 of its bytes."""

    @property
    def path(self) -> str:
        """The path inside the client's folder."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes read, in hexadecimal digits."""


@record
class GitFacts:
    """What git knows about a client's folder.

    `commit` is the newest one that touches the folder; `committed_at` is the committer's date in the committer's own
    offset. Where they are None, `reason` says why. `changed` names, sorted, the files read that HEAD does not hold
    with these bytes (line ends apart) and the files of HEAD that are gone; it is empty without a repository. `held`
    names the files that are to lie outside git, and that HEAD holds all the same.
    """

    commit: str | None = None
    committed_at: datetime | None = None
    changed: tuple[str, ...] = ()
    reason: Reason = ""
    held: tuple[str, ...] = ()


@record
class Version:
    """A folder as of a revision: the newest commit that touches it and its date, and the folder's own object.

    `tree` is "" where the revision has no such folder; together with the bytes in the folder it decides which files
    count as changed. Where `commit` is None, `reason` says why.
    """

    commit: str | None = None
    committed_at: datetime | None = None
    tree: str = ""
    reason: Reason = ""


@record
class Revision:
    """A commit, and the commits whose parents this copy of the repository lacks."""

    commit: str
    boundary: frozenset[str]


def read_git_facts(client_folder: Path, files: Sequence[ReadFile], outside: Sequence[ReadFile] = ()) -> GitFacts:
    """Ask git, in two processes, for the version of the files read from the folder.

    Never raises for want of git, of a repository, of commits or of history: `GitFacts.reason` tells. A file counts as
    changed also where its bytes are no longer those that were read. Files that git keeps in another form than the
    folder (large file storage, clean filters) or reaches through a link count as changed.
    """
    folder = client_folder.resolve()
    root = repository_root(folder)
    if root is None:
        return GitFacts(reason="not_a_repository")
    try:
        revision = resolve(root)
        if revision is None:
            return GitFacts(reason="no_commits")
        with objects_of(root) as objects:
            version = versions(objects, revision, [_inside(root, folder)])[0]
            listed = {path: entry.name for path, entry in objects.files(version.tree).items()} if version.tree else {}
    except NoAnswerError as error:
        return GitFacts(reason=error.reason)
    if version.reason == "untracked":
        return GitFacts(reason=version.reason)
    held = tuple(file.path for file in outside if _in_git(file.path, listed) in listed)
    named = {path: name for path, name in listed.items() if path not in {_in_git(path, listed) for path in held}}
    changed = _changed_files(folder, files, named, "sha1" if len(revision.commit) == _SHA1_DIGITS else "sha256")
    return GitFacts(version.commit, version.committed_at, changed, version.reason, held)


def read_versions(folders: Iterable[Path]) -> dict[Path, Version]:
    """Ask git, in two processes a repository, for the version of many folders at once, as of HEAD."""
    groups: defaultdict[Path | None, list[Path]] = defaultdict(list)
    for folder in folders:
        groups[repository_root(folder.resolve())].append(folder)
    found: dict[Path, Version] = {}
    for root, members in groups.items():
        found |= zip(members, _versions_in(root, members), strict=True)
    return found


def _versions_in(root: Path | None, folders: Sequence[Path]) -> list[Version]:
    if root is None:
        return [Version(reason="not_a_repository")] * len(folders)
    try:
        revision = resolve(root)
        if revision is None:
            return [Version(reason="no_commits")] * len(folders)
        with objects_of(root) as objects:
            return versions(objects, revision, [_inside(root, folder.resolve()) for folder in folders])
    except NoAnswerError as error:
        return [Version(reason=error.reason)] * len(folders)


def resolve(root: Path, name: str = "HEAD") -> Revision | None:
    """Return the commit that a name such as `HEAD~2`, a branch or a tag stands for; None where there is none.

    Raises:
        NoAnswerError: git is missing, or the repository is broken.
    """
    if not name:
        return None  # git would take nothing for HEAD
    wanted = name if name == "HEAD" else f"{name}^{{commit}}"  # HEAD without its object is a broken repository
    done = run(
        root, "rev-parse", "--is-shallow-repository", "--git-path", "shallow", "--verify", "--end-of-options", wanted
    )
    lines = done.stdout.removesuffix(b"\n").split(b"\n")
    if done.returncode or lines[0] not in (b"false", b"true"):
        if lines[0] in (b"false", b"true"):
            return None
        raise NoAnswerError
    commit = lines[-1].decode("ascii")
    if lines[0] == b"false":
        return Revision(commit, frozenset())
    path = os.fsdecode(b"\n".join(lines[1:-1]))
    try:
        return Revision(commit, frozenset((root / path).read_text("ascii").split()))
    except (OSError, UnicodeDecodeError) as error:
        raise NoAnswerError from error


def versions(objects: Objects, revision: Revision, places: Sequence[tuple[str, ...]]) -> list[Version]:
    """Return the version of each place (a path in parts) as of the revision.

    Raises:
        NoAnswerError: objects are missing, or a date cannot be read.
    """
    newest = _newest_commits(objects, revision, frozenset(places))
    found = []
    for place in places:
        entry = objects.at(revision.commit, place)
        tree = entry.name if entry is not None and entry.mode == TREE else ""
        commit = newest.get(place)
        if commit is None:
            found.append(Version(tree=tree, reason="untracked"))
        elif commit in revision.boundary:
            found.append(Version(tree=tree, reason="shallow"))
        else:
            found.append(Version(commit, objects.commit(commit).committed_at, tree))
    return found


def _newest_commits(
    objects: Objects, revision: Revision, places: frozenset[tuple[str, ...]]
) -> dict[tuple[str, ...], str]:
    """Return the commit that `git log -1 -- <place>` names, for all places in one walk.

    As git does: from a commit on to its first parent that has the same there; where no parent has, it is this commit.
    Places that no commit ever had are left out.
    """
    found: dict[tuple[str, ...], str] = {}
    waiting = {revision.commit: places}
    while waiting:
        commit, here = waiting.popitem()
        parents = () if commit in revision.boundary else objects.commit(commit).parents
        for parent in parents:
            same = _unchanged(objects, commit, parent, here)
            if same:
                waiting[parent] = waiting.get(parent, frozenset()) | same
            here -= same
        found |= {place: commit for place in here if parents or objects.at(commit, place) is not None}
    return found


def _unchanged(
    objects: Objects, commit: str, parent: str, places: frozenset[tuple[str, ...]]
) -> frozenset[tuple[str, ...]]:
    """Return the places that are the same in both; those in a folder that is the same are not looked at singly."""
    above = {place[:-1] for place in places}
    same = {path for path in above if objects.at(commit, path) == objects.at(parent, path)}
    return frozenset(
        place for place in places if place[:-1] in same or objects.at(commit, place) == objects.at(parent, place)
    )


def _inside(root: Path, folder: Path) -> tuple[str, ...]:
    return folder.relative_to(root).parts


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
