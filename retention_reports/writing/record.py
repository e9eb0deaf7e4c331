"""What a report's folder remembers of its build: enough to tell, later and quickly, that nothing has to be done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.writing.kept import RECORD, written_files

if TYPE_CHECKING:
    from pathlib import Path


@record
class BuildRecord:
    """The key of everything the report was made from, and what that made of the client's quarters.

    `newest_quarter` is the one reported where none is asked for; `quarters` are those of `all`.
    """

    key: str
    newest_quarter: str
    quarters: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return the record as a file's content."""
        return (json.dumps(asdict(self), indent=1) + "\n").encode("utf-8")


def read_record(folder: Path) -> BuildRecord | None:
    """Return what a report's folder remembers; None where that is nothing, or nothing that can be read."""
    try:
        content = json.loads((folder / RECORD).read_text("utf-8"))
        return BuildRecord(str(content["key"]), str(content["newest_quarter"]), tuple(map(str, content["quarters"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def differing_files(folder: Path) -> tuple[str, ...]:
    """Return which of the files that the last build wrote are gone, or no longer what it wrote."""
    return tuple(name for name, digest in sorted(written_files(folder).items()) if _digest(folder / name) != digest)


def is_whole(folder: Path) -> bool:
    """Tell whether a build wrote this folder and every file is still what it wrote.

    Lists to work with are there to be worked with: remarks in one are no damage, only its absence is.
    """
    spoilt = [name for name in differing_files(folder) if not (_is_list(name) and (folder / name).is_file())]
    return bool(written_files(folder)) and not spoilt


def _is_list(name: str) -> bool:
    return PurePosixPath(name).stem == "actions"


def _digest(path: Path) -> str:
    try:
        return "" if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
