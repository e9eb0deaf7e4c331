"""The files inside a zip archive, unpacked in memory and within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.files import LARGEST_FILE, MEGABYTE
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MEMBERS = 20_000
_HIGHEST_RATIO = 200
_IS_ENCRYPTED = 1
_OF_MACOS = "__MACOSX/"


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a zip archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file in an archive, in name order.

    Raises:
        UnreadableFileError: it is broken, locked by a password, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise UnreadableFileError("broken archive", say("formats.broken_archive")) from problem
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not entry.filename.startswith(_OF_MACOS)]
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise UnreadableFileError("locked file", say("formats.locked_archive"))
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    is_bomb = unpacked > MEGABYTE and unpacked / packed > _HIGHEST_RATIO
    if is_bomb or unpacked > LARGEST_FILE or len(entries) > _MOST_MEMBERS:
        message = say("formats.large_archive", bytes=unpacked, count=len(entries))
        raise UnreadableFileError("file too large", message)
    for entry in sorted(entries, key=lambda entry: entry.filename):
        try:
            with archive.open(entry) as member:
                yield entry.filename, member.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as problem:
            raise UnreadableFileError("broken archive", say("formats.broken_archive")) from problem
