"""Commits, folders and files as git keeps them, asked one after another through a single process."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import IO, TYPE_CHECKING, cast

from retention_reports.reading.git_process import NoAnswerError, conversation
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TREE = "40000"
_MOST_ENTRIES = 100_000
_LARGEST = 50_000_000
REGULAR_FILES = frozenset({"100644", "100755"})


@record
class Entry:
    """What a folder holds under a name: its mode as git writes it, and its object."""

    mode: str
    name: str


@record
class Commit:
    """A commit: its root folder, its parents, and the raw line of its committer."""

    tree: str
    parents: tuple[str, ...]
    committer: str

    @property
    def committed_at(self) -> datetime:
        """The committer's date in the committer's own offset.

        Raises:
            NoAnswerError: the date lies beyond all calendars, or cannot be read.
        """
        try:
            seconds, offset = self.committer.rsplit(" ", 2)[1:]
            return datetime.fromtimestamp(int(seconds), _time_zone(offset))
        except (ValueError, OverflowError, OSError) as error:
            raise NoAnswerError from error


class Objects:
    """The objects of one repository, by their full names; remembers commits and folders."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        """Take the two pipes of `git cat-file --batch`."""
        self._questions = questions
        self._answers = answers
        self._commits: dict[str, Commit] = {}
        self._folders: dict[str, dict[str, Entry]] = {}

    def content(self, name: str, kind: str, largest: int = _LARGEST) -> bytes:
        """Return an object's bytes.

        Raises:
            NoAnswerError: there is no such object of that kind here, or it has more than `largest` bytes.
        """
        self._questions.write(name.encode("ascii") + b"\n")
        self._questions.flush()
        head = self._answers.readline().split()
        if len(head) != 3:  # noqa: PLR2004 -- name, kind, size; "<name> missing" otherwise
            raise NoAnswerError
        size = int(head[2])
        if size > largest:
            raise NoAnswerError
        content = self._answers.read(size + 1)[:size]
        if head[1] != kind.encode("ascii") or len(content) != size:
            raise NoAnswerError
        return content

    def commit(self, name: str) -> Commit:
        """Return a commit.

        Raises:
            NoAnswerError: there is no such commit here.
        """
        if name not in self._commits:
            self._commits[name] = _commit(self.content(name, "commit"))
        return self._commits[name]

    def folder(self, name: str) -> dict[str, Entry]:
        """Return what lies in a folder, by name.

        Raises:
            NoAnswerError: there is no such folder here.
        """
        if name not in self._folders:
            self._folders[name] = _entries(self.content(name, "tree"), len(name) // 2)
        return self._folders[name]

    def at(self, commit: str, path: tuple[str, ...]) -> Entry | None:
        """Return what a commit has under a path; None where it has nothing."""
        entry: Entry | None = Entry(TREE, self.commit(commit).tree)
        for part in path:
            if entry is None or entry.mode != TREE:
                return None
            entry = self.folder(entry.name).get(part)
        return entry

    def files(self, folder: str) -> dict[str, Entry]:
        """Return everything below a folder but folders, by path with `/`.

        Raises:
            NoAnswerError: there is more than any client has; a small object can stand for endless folders.
        """
        found: dict[str, Entry] = {}
        waiting, seen = [("", folder)], 0
        while waiting:
            path, name = waiting.pop()
            for part, entry in self.folder(name).items():
                seen += 1
                if entry.mode == TREE:
                    waiting.append((f"{path}{part}/", entry.name))
                else:
                    found[f"{path}{part}"] = entry
            if seen > _MOST_ENTRIES:
                raise NoAnswerError
        return found


@contextmanager
def objects_of(root: Path) -> Iterator[Objects]:
    """Open a repository's objects.

    Raises:
        NoAnswerError: git is missing, or hangs.
    """
    with conversation(root, "cat-file", "--batch") as process:
        yield Objects(cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout))


def _commit(content: bytes) -> Commit:
    tree, committer, parents = "", "", []
    for line in content.split(b"\n\n", 1)[0].decode("utf-8", "replace").split("\n"):
        key, _, value = line.partition(" ")
        if key == "tree":
            tree = value
        elif key == "parent":
            parents.append(value)
        elif key == "committer":
            committer = value
    return Commit(tree, tuple(parents), committer)


def _entries(content: bytes, name_size: int) -> dict[str, Entry]:
    """Take a folder's object apart: `<mode> <name> NUL <object>`, again and again."""
    found, at = {}, 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + name_size
        found[name.decode("utf-8", "surrogateescape")] = Entry(mode.decode("ascii"), content[end + 1 : at].hex())
    return found


def _time_zone(offset: str) -> timezone:
    """Read `+0530`; an offset of a day or more is nobody's, so the date is told in UTC."""
    sign = -1 if offset.startswith("-") else 1
    hours, minutes = divmod(int(offset.lstrip("+-")), 100)
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(sign * distance) if distance < timedelta(days=1) else UTC
