"""Replaces reports on the disk: whoever looks finds the old report or the new one, each with all its files.

What is guaranteed:
- A report's folder is written beside its place and flushed to the disk before the two change places. On Linux and
  macOS (ext4, XFS, Btrfs, tmpfs, APFS) that is one step. Elsewhere, as on Windows, a build killed within the few
  microseconds between two renames leaves no folder at this place until the next build puts the old one back.
- A single file is never half. Who opens files one after another by their full path while the folder is being replaced
  may get the first from the old and the second from the new report; who opens the folder once does not.
- Two builds of one client wait for each other; the later leaves its report.
- Files of the user in a report's folder are kept (see `kept`).

Not guarded against: another user with the right to write into the output folder who swaps links in while this runs.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.writing.exchange import exchange
from retention_reports.writing.kept import CHECKSUMS, RECORD, checksums, keep_users_files
from retention_reports.writing.leftovers import clear_leftovers, discard, has_leftovers, parking, working_copy
from retention_reports.writing.lock import locked
from retention_reports.writing.names import check_name, check_names
from retention_reports.writing.output_error import OutputError, as_output_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


def replace_files(output: Path, folder: str, files: Mapping[str, bytes], record: bytes = b"") -> Path:
    """Let `output/folder` (say `client/2026-Q3`) hold exactly these files, their list, and what the user put there.

    File names may have folders (`actions/win-back.csv`). Missing folders are made. `record` is what the folder is to
    remember of the build (nothing where empty). Returns the folder's path.

    Raises:
        OutputError: nothing was replaced; the old report is whole.
    """
    check_name(folder)
    check_names(files)
    with as_output_error(output / folder):
        target = _place(output, folder)
        with locked(target.parent):
            clear_leftovers(target.parent)
            _refuse_unless_folder(target)
            _replace_folder(target, files, record)
    return target


def replace_file(output: Path, name: str, content: bytes) -> Path:
    """Let the file `output/name` have this content, at once. Returns its path.

    Raises:
        OutputError: nothing was replaced.
    """
    check_name(name)
    with as_output_error(output / name):
        target = _place(output, name)
        with locked(target.parent):
            clear_leftovers(target.parent)
            _replace_file(target, content)
    return target


def edit_file(folder: Path, name: str, edit: Callable[[bytes | None], bytes]) -> Path:
    """Replace the file `folder/name`, at once, by what `edit` makes of its content (None where there is no file).

    Nobody who edits in this way comes in between. The name is the caller's to check.

    Raises:
        OutputError: nothing was replaced; also where a link stands. What `edit` raises comes through.
    """
    with as_output_error(folder / name):
        target = _place(folder, name)
        with locked(target.parent):
            clear_leftovers(target.parent)
            if target.is_symlink():
                raise OutputError(target, say("writing.link_edited"))
            _replace_file(target, edit(target.read_bytes() if target.exists() else None))
    return target


def sweep(output: Path, names: Iterable[str]) -> None:
    """Clear what killed builds left in the folders of these reports (`client`), and beside them; as far as possible.

    A folder that cannot be written to, or that another build holds, is left as it is.
    """
    for folder in (output, *(output / name for name in names)):
        if folder.is_dir() and not folder.is_symlink() and has_leftovers(folder):
            with suppress(OutputError, OSError), locked(folder, patience=0):
                clear_leftovers(folder)


def _place(output: Path, name: str) -> Path:
    """Make the folders above and return the absolute path; only the output folder itself may be a link."""
    output.mkdir(parents=True, exist_ok=True)
    place = output.resolve()
    for part in PurePosixPath(name).parent.parts:
        place /= part
        place.mkdir(exist_ok=True)
        _refuse_unless_folder(place)
    return place / PurePosixPath(name).name


def _refuse_unless_folder(path: Path) -> None:
    if path.is_symlink():
        raise OutputError(path, say("writing.link"))
    if path.exists() and not path.is_dir():
        raise OutputError(path, say("writing.file_for_folder"))


def _replace_file(target: Path, content: bytes) -> None:
    copy = working_copy(target)
    try:
        _write(copy, content)
        if target.is_file() and not target.is_symlink():
            shutil.copymode(target, copy)
        copy.replace(target)
        _flush_folder(target.parent)
    finally:
        discard(copy)


def _replace_folder(target: Path, files: Mapping[str, bytes], record: bytes) -> None:
    copy = working_copy(target)
    hidden = {CHECKSUMS: checksums(files)} | ({RECORD: record} if record else {})
    try:
        _write_folder(copy, {**files, **hidden})
        if target.exists():
            keep_users_files(target, copy, files)
            exchange(copy, target, parking(copy))
        else:
            copy.rename(target)
        _flush_folder(target.parent)
    finally:
        discard(copy)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name in sorted(files):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, files[name])
    for place, _, _ in os.walk(folder, topdown=False):
        _flush_folder(folder / place)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the names in the folder as lasting as the files; Windows cannot, and some network folders will not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
