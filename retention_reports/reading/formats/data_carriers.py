"""Data carriers for tax audits: a folder or archive of files and the `index.xml` that describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.archives import is_archive, members_of
from retention_reports.reading.formats.gdpdu_index import read_index
from retention_reports.reading.formats.gdpdu_rows import read_rows
from retention_reports.reading.formats.gdpdu_tables import Carrier
from retention_reports.reading.problems import UnreadableFileError, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.formats.gdpdu_rows import Rows

_INDEX = "index.xml"
_LONGEST_LIST = 300


def read_carrier(
    inside: Mapping[str, bytes], wanted: Collection[str] = ()
) -> tuple[Carrier, list[str], list[tuple[str, UnreadableFileError]]]:
    """Return what files hold, which of them are missing, and which cannot be read and why.

    `inside` are all files by name; of those that `index.xml` describes only `wanted` are read, where any are named (in
    small letters, without folders).

    Raises:
        UnreadableFileError: there is no `index.xml`, or it cannot be read.
    """
    names = {_plain(name): name for name in inside}
    if _INDEX not in names:
        raise UnreadableFileError("no index.xml", say("gdpdu.missing_index"))
    tables = [table for table in read_index(inside[names[_INDEX]]) if not wanted or _plain(table.path) in wanted]
    rows: dict[str, Rows] = {}
    paths: dict[str, str] = {}
    absent: list[str] = []
    broken: list[tuple[str, UnreadableFileError]] = []
    for table in tables:
        name = names.get(_plain(table.path))
        if name is None:
            absent.append(table.path)
            continue
        paths[table.name] = name
        try:
            rows[table.name] = read_rows(table, inside[name])
        except UnreadableFileError as problem:
            broken.append((name, problem))
    return Carrier(tuple(table for table in tables if table.name in rows), rows, paths), absent, broken


def _plain(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()


class DataCarriers:
    """A client's data carriers by path, each read once; what is wrong with one is noted in the log."""

    def __init__(self, files: FolderFiles, wanted: Collection[str] = ()) -> None:
        """Begin with nothing read; see `read_carrier` for what is `wanted`."""
        self._files = files
        self._wanted = wanted
        self._read: dict[str, Carrier | None] = {}

    def at(self, path: str) -> Carrier | None:
        """Return the carrier at a path; None where it cannot be read."""
        if path not in self._read:
            try:
                self._read[path] = self._opened(path)
            except UnreadableFileError as problem:
                self._files.log.error(self._files.location(path, problem.line), problem.kind, problem.message)
                self._read[path] = None
        return self._read[path]

    def _opened(self, path: str) -> Carrier | None:
        inside = self._members(path)
        if inside is None:
            return None
        carrier, absent, broken = read_carrier(inside, self._wanted)
        for name, problem in broken:
            location = self._files.location(self._told(path, name), problem.line)
            self._files.log.error(location, problem.kind, problem.message)
        if absent and carrier.tables:
            message = say("gdpdu.absent_files", n=len(absent), files=", ".join(map(shown, absent))[:_LONGEST_LIST])
            self._files.log.warning(self._files.location(path), "files missing", message, on_first_page=message)
        paths = {table: self._told(path, name) for table, name in carrier.paths.items()}
        return Carrier(carrier.tables, carrier.rows, paths)

    def _told(self, path: str, name: str) -> str:
        return f"{path} [{name}]" if self._is_archive(path) else name

    def _is_archive(self, path: str) -> bool:
        return not (self._files.folder / path).is_dir() and not path.lower().endswith(_INDEX)

    def _members(self, path: str) -> dict[str, bytes] | None:
        """Return the files of a carrier by name; None if one cannot be read, which is told."""
        if self._is_archive(path):
            content = self._files.read(path)
            if content is None:
                return None
            if not is_archive(content.data):
                raise UnreadableFileError("no index.xml", say("gdpdu.missing_index"))
            return dict(members_of(content.data))
        folder = path.rpartition("/")[0] if path.lower().endswith(_INDEX) else path
        names = self._files.matching(f"{folder}/*" if folder else "*")
        contents = [self._files.read(name) for name in names if (self._files.folder / name).is_file()]
        return {content.path: content.data for content in contents if content is not None}
