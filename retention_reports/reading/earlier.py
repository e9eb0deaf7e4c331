"""The state of a client's folder that the data at hand is compared with: that of the last report."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from retention_reports.reading.git import Revision, resolve, versions
from retention_reports.reading.git_objects import TREE, objects_of
from retention_reports.reading.git_process import NoAnswerError, repository_root
from retention_reports.reading.published import read_publications

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_reports.reading.git_objects import Objects

_NO_DATA = "notes/"
_MOST = 3


def earlier_commits(folder: Path, changed: Sequence[str]) -> tuple[str, ...]:
    """Return the commit of the client's last published report, else those of the few states before this one.

    They begin with HEAD where files in the folder have `changed` since, else with the commit before the newest one that
    touches the folder; the newest comes first. Empty where git cannot tell, where its history is cut off, and where the
    client's data is the same.
    """
    place = folder.resolve()
    root = repository_root(place)
    try:
        return (
            () if root is None else _earlier(root, place, [path for path in changed if not path.startswith(_NO_DATA)])
        )
    except NoAnswerError:
        return ()


def _earlier(root: Path, folder: Path, changed: Sequence[str]) -> tuple[str, ...]:
    head = resolve(root)
    if head is None or head.boundary:
        return ()
    published = {entry.commit for entry in read_publications(root, folder.name, head.commit)}
    inside = folder.relative_to(root).parts
    with objects_of(root) as objects:
        if published:
            found = [max(published, key=lambda commit: objects.commit(commit).committed_at.timestamp())]
        else:
            found = _states_before(objects, head, inside, with_head=bool(changed))
        data = None if changed else _data(objects, head.commit, inside)
        return tuple(takewhile(lambda commit: _data(objects, commit, inside) not in ({}, data), found))


def _states_before(objects: Objects, head: Revision, inside: tuple[str, ...], *, with_head: bool) -> list[str]:
    found: list[str] = []
    revision = head
    while len(found) < _MOST + 1:
        newest = versions(objects, revision, [inside])[0].commit
        if newest is None:
            break
        found.append(newest)
        parents = objects.commit(newest).parents
        if not parents:
            break
        revision = Revision(parents[0], head.boundary)
    return found[:_MOST] if with_head else found[1:]


def _data(objects: Objects, commit: str, inside: tuple[str, ...]) -> dict[str, str]:
    entry = objects.at(commit, inside)
    listed = objects.files(entry.name) if entry is not None and entry.mode == TREE else {}
    return {path: file.name for path, file in listed.items() if not path.startswith(_NO_DATA)}
