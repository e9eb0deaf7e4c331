"""The files that came: named one by one, in folders or in zips, within bounds."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.files import LARGEST_FILE, MEGABYTE
from retention_reports.recognising.refusals import RefusedError
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

INDEX = "index.xml"
MOST_FILES = 20_000
"""Electronic invoices come one a file; of tables, `MOST_TABLES` are read."""
MOST_TABLES = 200
MOST_BYTES = 2 * LARGEST_FILE
_HIGHEST_RATIO = 200
_ENCRYPTED = 0x1
_NOT_MEANT = ("__MACOSX/", "~$", ".")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".ods")
_ZIP = b"PK\x03\x04"
_SPREADSHEET_PARTS = ("[Content_Types].xml", "content.xml")


@record
class Incoming:
    """A file as it came, under a name that no other file has.

    `folder` is where it lay, in which zip it may be, and `own_name` what it was called there.
    """

    name: str
    data: bytes
    folder: str = ""
    own_name: str = ""


def incoming(paths: Sequence[Path]) -> tuple[Incoming, ...]:
    """Return the files that paths name; the same content counts once.

    Raises:
        RefusedError: a file cannot be read, a zip is locked, broken or unpacks to too much, or there is nothing.
    """
    came: list[tuple[str, str, bytes]] = []
    size = 0
    for folder, name, data in _all_of(paths):
        size += len(data)
        if len(came) >= MOST_FILES or size > MOST_BYTES:
            raise RefusedError(say("new.too_much", files=MOST_FILES, megabytes=MOST_BYTES // MEGABYTE))
        came.append((folder, name, data))
    if not came:
        raise RefusedError(say("new.no_files"))
    carriers = {folder for folder, name, _ in came if name.lower() == INDEX}
    found: list[Incoming] = []
    known: set[tuple[str, str]] = set()
    taken: set[str] = set()
    for folder, name, data in came:
        # What an index describes has to stay together, though another holds the same.
        carrier = carrier_of(folder, carriers)
        digest = (carrier, hashlib.sha256(data).hexdigest())
        if digest not in known:
            known.add(digest)
            found.append(Incoming(_free_name(name, taken), data, carrier or folder, _free_name(name, set())))
    return tuple(found)


def carrier_of(folder: str, carriers: Collection[str]) -> str:
    """Return the folder with an index to which a folder belongs: itself or one above it; "" where there is none."""
    while folder and folder not in carriers:
        folder = folder.rpartition("/")[0]
    return folder


def _all_of(paths: Iterable[Path]) -> Iterator[tuple[str, str, bytes]]:
    """Yield each file's folder, name and content.

    Raises:
        RefusedError: as `incoming` does.
    """
    for path in paths:
        files = sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]
        for file in files:
            if path.is_dir() and any(part.startswith((".", "~$")) for part in file.relative_to(path).parts):
                continue
            try:
                if file.stat().st_size > LARGEST_FILE:
                    message = say("files.too_large", bytes=file.stat().st_size, limit=LARGEST_FILE)
                    raise RefusedError(message, str(file))
                data = file.read_bytes()
            except OSError as problem:
                raise RefusedError(say("files.refused", reason=str(problem.strerror)), str(file)) from problem
            for inside, name, content in _unpacked(file.name, data):
                yield (f"{file.as_posix()}/{inside}".rstrip("/") if inside else file.parent.as_posix()), name, content


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield where in a zip a file lies (nothing of a file that came alone), its name and content.

    Raises:
        RefusedError: as `incoming` does.
    """
    if not data.startswith(_ZIP) and not name.lower().endswith(".zip"):
        yield "", name, data
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        if name.lower().endswith(_SPREADSHEETS):
            # Whoever reads spreadsheets says it in their words.
            yield "", name, data
            return
        raise RefusedError(say("new.broken_zip"), name) from problem
    if {entry.filename for entry in entries} & set(_SPREADSHEET_PARTS):
        yield "", name, data
        return
    meant = [entry for entry in entries if _is_meant(entry)]
    _check(name, meant)
    for entry in meant:
        try:
            content = archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, EOFError) as problem:
            raise RefusedError(say("new.broken_zip"), name) from problem
        if content.startswith(_ZIP) and entry.filename.lower().endswith(".zip"):
            raise RefusedError(say("new.zip_in_zip"), f"{name}/{entry.filename}")
        path = PurePosixPath("zip", entry.filename.replace("\\", "/"))
        yield path.parent.as_posix(), path.name, content


def _is_meant(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and not any(f"{part}/".startswith(_NOT_MEANT) for part in parts)


def _check(name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise RefusedError(say("new.locked_zip"), name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if unpacked > MOST_BYTES or (unpacked > MEGABYTE and unpacked / packed > _HIGHEST_RATIO):
        raise RefusedError(say("files.unpacks_to_too_much", bytes=unpacked), name)
    if len(entries) > MOST_FILES:
        raise RefusedError(say("new.too_much", files=MOST_FILES, megabytes=MOST_BYTES // MEGABYTE), name)


def _free_name(name: str, taken: set[str]) -> str:
    plain = "".join(sign if sign.isprintable() and sign not in '<>:"/\\|?*[]' else "_" for sign in name).strip(". ")
    plain = plain[-120:] or "export"
    path = PurePosixPath(plain)
    candidates = (f"{path.stem}-{number}{path.suffix}" for number in range(2, MOST_FILES + 2))
    free = plain if plain.casefold() not in taken else next(n for n in candidates if n.casefold() not in taken)
    taken.add(free.casefold())
    return free
