"""Takes bytes out of a client's folder, and out of nowhere else."""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.messages import Message
    from retention_reports.reading.problems import ProblemLog

MEGABYTE = 1_000_000
LARGEST_FILE = 200 * MEGABYTE
MOST_FILES = 1_000
_LONGEST_PATH = 300
_MOST_NAMES = 20
_LOCK = "~$"
"""Begins the name of what Excel lays beside a file that it has open; no data is in it."""


@record
class FileBytes:
    """A file as it was read: its path inside the client's folder, its bytes and their SHA-256."""

    path: str
    data: bytes
    sha256: str


class FolderFiles:
    """The files of one client; remembers each one it has read."""

    def __init__(self, folder: Path, log: ProblemLog) -> None:
        """Bind the folder. Problems name files the way the user named the folder."""
        self.folder = folder
        self.log = log
        self._root = folder.resolve()
        self._read: dict[str, FileBytes] = {}

    def location(self, name: str, line: int = 0, column: str = "") -> Location:
        """Return a place in one of the folder's files."""
        return Location((self.folder / name).as_posix(), line, column)

    def exists(self, name: str) -> bool:
        """Tell whether there is anything under that name, if only a dangling link."""
        path = self._place(name)
        return path.is_symlink() or path.exists()

    def read(self, name: str, largest: int = LARGEST_FILE) -> FileBytes | None:
        """Return the file, or note why it cannot be read and return None."""
        if name not in self._read:
            try:
                self._read[name] = self._checked(name, largest)
            except UnreadableFileError as problem:
                self.log.error(self.location(name), problem.kind, problem.message)
                return None
            except OSError as problem:
                self.log.error(
                    self.location(name), "unreadable file", say("files.refused", reason=str(problem.strerror))
                )
                return None
        return self._read[name]

    @property
    def files_read(self) -> tuple[FileBytes, ...]:
        """Every file read so far, by path."""
        return tuple(self._read[name] for name in sorted(self._read))

    def matching(self, pattern: str, most: int = MOST_FILES) -> list[str]:
        """Return the files that a pattern such as `exports/lines-*.csv` names, in name order.

        The pattern's folders are literal; signs stand for something in the last part only.

        Raises:
            UnreadableFileError: the pattern leads out of the folder, or names too many files.
        """
        check_path(pattern)
        parent, _, last = pattern.rpartition("/")
        place = self.folder / parent
        if not self._is_inside(place) or not place.is_dir():
            return []
        names = (entry.name for entry in place.iterdir() if not entry.name.startswith(_LOCK))
        found = sorted(name for name in names if fnmatchcase(_composed(name), _composed(last)))
        if len(found) > most:
            message = say("files.too_many", pattern=pattern, count=len(found), limit=most)
            raise UnreadableFileError("too many files", message)
        return [f"{parent}/{name}" if parent else name for name in found]

    def _checked(self, name: str, largest: int) -> FileBytes:
        check_path(name)
        path = self._place(name)
        if not path.exists() and not path.is_symlink():
            raise UnreadableFileError("missing file", self._missing(name, path))
        if not self._is_inside(path):
            raise UnreadableFileError("file outside the folder", say("files.leads_out"))
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFileError("not a file", say("files.not_regular"))
        if facts.st_size > largest:
            message = say("files.too_large", bytes=facts.st_size, limit=largest)
            raise UnreadableFileError("file too large", message)
        data = path.read_bytes()
        return FileBytes(path.relative_to(self.folder).as_posix(), data, hashlib.sha256(data).hexdigest())

    def _place(self, name: str) -> Path:
        """Return where a name stands: macOS and archives may write `ü` as two signs, settings as one."""
        path = self.folder / name
        if path.is_symlink() or path.exists():
            return path
        place = self.folder
        for part in PurePosixPath(name).parts:
            there = place.iterdir() if place.is_dir() else ()
            place /= next((entry.name for entry in there if _composed(entry.name) == _composed(part)), part)
        return place

    def _missing(self, name: str, path: Path) -> Message:
        if name == CLIENT_FILE:
            return say("clients.no_settings", example=say("clients.example"))
        return say("files.missing", there=self._beside(path))

    def _beside(self, path: Path) -> Message:
        place = path.parent if path.parent.is_dir() and self._is_inside(path.parent) else self.folder
        names = sorted(entry.name for entry in place.iterdir() if entry.is_file()) if place.is_dir() else []
        if len(names) > _MOST_NAMES:
            names = [*names[:_MOST_NAMES], "…"]
        return say("files.there_are", names=", ".join(names)) if names else say("files.empty_folder")

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._root)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def check_path(name: str) -> None:
    """Refuse every path that is not plainly relative to the client's folder.

    Raises:
        UnreadableFileError: the path is empty, absolute, climbs, or holds signs that no path should.
    """
    plain = PurePosixPath(name)
    climbs = ".." in plain.parts or plain.is_absolute() or bool(PureWindowsPath(name).drive)
    if (
        not name
        or climbs
        or "\\" in name
        or name.startswith("~")
        or not name.isprintable()
        or len(name) > _LONGEST_PATH
    ):
        raise UnreadableFileError("path outside the folder", say("files.path_outside"))
