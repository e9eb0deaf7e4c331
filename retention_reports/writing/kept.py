"""What in a report's folder is not ours, and stays when the report is replaced.

Each report lists its files with their SHA-256 in `.sha256sums`. Whatever is not byte for byte what the last build
wrote belongs to the user: a document laid beside the report, or an action list with remarks in it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.writing.output_error import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHECKSUMS = ".sha256sums"
RECORD = ".build.json"
_OURS = frozenset({CHECKSUMS, RECORD})
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the list of the files as `sha256sum` writes and checks it."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode("ascii")


def keep_users_files(old: Path, new: Path, files: Mapping[str, bytes]) -> None:
    """Bring the user's files from the old folder into the new one, in which `files` have been written.

    A file keeps its name; where the report needs that name, `table.csv` becomes `table.edited.csv`. Links are
    carried over as links, empty folders are not.

    Raises:
        OutputError: a user's file stands where the report needs a folder, or the other way round.
    """
    written = written_files(old)
    for path in _entries(old):
        name = path.relative_to(old).as_posix()
        digest = _digest(path) if name in written or name in files else None
        if name in _OURS or (digest is not None and digest in (written.get(name), _digest(new / name))):
            continue
        _refuse_in_the_way(path, name, new)
        _carry(path, new / _free_name(name, old, new))


def written_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that the last build wrote; empty where no build did."""
    path = folder / CHECKSUMS
    if path.is_symlink() or not path.is_file():
        return {}
    lines = path.read_text("utf-8", "replace").splitlines()
    return {match[2]: match[1] for match in map(_LINE.fullmatch, lines) if match}


def _entries(folder: Path) -> Iterator[Path]:
    """Yield everything but folders, and links to folders, in the order of their names."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from (Path(place) / name for name in sorted([*names, *links]))


def _raise(error: OSError) -> None:
    raise error


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a plain file; None for links, pipes and what is not there."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
    except (FileNotFoundError, NotADirectoryError):
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_in_the_way(path: Path, name: str, new: Path) -> None:
    if any((new / parent).is_file() for parent in PurePosixPath(name).parents) or (new / name).is_dir():
        raise OutputError(path, say("writing.in_the_way"))


def _free_name(name: str, old: Path, new: Path) -> str:
    """Return the name, else one that neither the report nor another file of the user has."""
    free, count = name, 1
    while os.path.lexists(new / free) or (free != name and os.path.lexists(old / free)):
        path = PurePosixPath(name)
        mark = "edited" if count == 1 else f"edited-{count}"
        free = path.with_name(f"{path.stem}.{mark}{path.suffix}").as_posix()
        count += 1
    return free


def _carry(path: Path, new: Path) -> None:
    """Give the file a second name rather than a copy: what is saved into it meanwhile is not lost."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, new, follow_symlinks=False)
