"""Which commits and tags of a repository hold a person, and how many commits a history without it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.reading.files import LARGEST_FILE
from retention_reports.reading.git_objects import REGULAR_FILES, TREE, objects_of
from retention_reports.reading.git_process import ask
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from retention_reports.reading.git_objects import Objects
    from retention_reports.reading.traces import Search

_AT_A_TIME = 20
"""So many commits are asked of one process: a process that answers for a minute is taken to hang."""


@record
class CommitTrace:
    """A commit that holds a person: in which files (paths from the repository's root), and whether in its message."""

    commit: str
    day: date
    files: tuple[str, ...]
    in_message: bool


@record
class HistoryTraces:
    """What a repository holds of a person.

    `tags` hold the person in what they say themselves. `rewritten` is the number of commits that would get another
    hash, each with all commits after it; `moved` names the branches and tags that would have to point elsewhere.
    """

    commits: tuple[CommitTrace, ...]
    tags: tuple[str, ...]
    rewritten: int
    moved: tuple[str, ...]


def traces_in_history(root: Path, search: Search) -> HistoryTraces:
    """Look through every file of every commit that a branch, a tag or the stash leads to.

    Raises:
        NoAnswerError: git is missing, or the repository is broken.
    """
    order = ask(root, "rev-list", "--all", "--topo-order", "--reverse").decode("ascii").split()
    looked = _Looked(search)
    found: dict[str, CommitTrace] = {}
    changed: set[str] = set()
    for start in range(0, len(order), _AT_A_TIME):
        with objects_of(root) as objects:
            for name in order[start : start + _AT_A_TIME]:
                trace = looked.at(objects, name)
                if trace is not None:
                    found[name] = trace
                if trace is not None or changed.intersection(objects.commit(name).parents):
                    changed.add(name)
    tags, moved = _references(root, search, changed)
    return HistoryTraces(tuple(found.values()), tags, len(changed), moved)


class _Looked:
    """Remembers folders and files: a history holds most of them many times."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._folders: dict[str, tuple[str, ...]] = {}
        self._files: dict[str, bool] = {}

    def at(self, objects: Objects, name: str) -> CommitTrace | None:
        commit = objects.commit(name)
        message = objects.content(name, "commit").partition(b"\n\n")[2].decode("utf-8", "replace")
        files, in_message = self._in_folder(objects, commit.tree), bool(self._search.in_text(message))
        if not files and not in_message:
            return None
        return CommitTrace(name, commit.committed_at.date(), files, in_message)

    def _in_folder(self, objects: Objects, tree: str) -> tuple[str, ...]:
        """Return the paths below a folder that hold the person; folders before those above them."""
        waiting = [tree]
        while waiting:
            name = waiting[-1]
            entries = objects.folder(name)
            missing = [e.name for e in entries.values() if e.mode == TREE and e.name not in self._folders]
            if name in self._folders or not missing:
                waiting.pop()
                self._folders.setdefault(name, self._paths(objects, name))
            else:
                waiting += missing
        return self._folders[tree]

    def _paths(self, objects: Objects, tree: str) -> tuple[str, ...]:
        found: list[str] = []
        for part, entry in sorted(objects.folder(tree).items()):
            if entry.mode == TREE:
                found += [f"{part}/{path}" for path in self._folders[entry.name]]
            elif entry.mode in REGULAR_FILES and self._holds(objects, part, entry.name):
                found.append(part)
        return tuple(found)

    def _holds(self, objects: Objects, part: str, name: str) -> bool:
        if name not in self._files:
            try:
                self._files[name] = bool(self._search.in_file(part, objects.content(name, "blob", LARGEST_FILE)))
            except UnreadableFileError:
                self._files[name] = False  # what lies in the folder and cannot be read is told there
        return self._files[name]


def _references(root: Path, search: Search, changed: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines = ask(root, "for-each-ref", "--format=%(objecttype) %(objectname) %(*objectname) %(refname)")
    tags, moved = [], []
    with objects_of(root) as objects:
        for line in lines.decode("utf-8", "surrogateescape").splitlines():
            kind, name, target, reference = line.split(" ", 3)
            short = reference.removeprefix("refs/").removeprefix("heads/").removeprefix("tags/")
            message = objects.content(name, "tag").decode("utf-8", "replace") if kind == "tag" else ""
            if search.in_text(message):
                tags.append(short)
            if (target or name) in changed:
                moved.append(short)
    return tuple(tags), tuple(moved)
