"""One key for everything that a client's reports are made from; the same key means the same report.

The key covers every file in the client's folder (read or not), the version under git that the report names, the
publications that it compares itself with, the options, and the program: its code, templates, wording and fonts, and
the packages installed. Nothing here loads pandas, so that many unchanged clients cost little.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import platform
import stat
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_reports.reading.git import Version

_PACKAGE_FACTS = frozenset({".dist-info", ".egg-info"})
_READ_AT_ONCE = 1 << 20
"""Bytes up to which a file is hashed in one piece: setting up for several costs more than reading it."""


@record
class Options:
    """What the user asked for: the quarter (None: the newest complete one) and the files' formats.

    With a `secret` there are codes under that key instead of names.
    """

    quarter: str | None
    formats: tuple[str, ...]
    secret: bytes = b""

    def __repr__(self) -> str:
        """Tell nothing of the key: traces and logs show it."""
        return f"Options({self.quarter!r}, {self.formats!r}, {'pseudonymised' if self.secret else 'with names'})"


@record
class Inputs:
    """What a client's reports are made from: the SHA-256 of each file by its path in the folder, and the key of all."""

    files: Mapping[str, str]
    key: str


def read_inputs(folder: Path, version: Version, publications: Mapping[str, str], options: Options) -> Inputs:
    """Hash a client's folder as it is now. `publications` are the client's tag objects by name."""
    place = folder.resolve()
    files = dict(_entries(place, passed_over=()))
    lines = [
        f"program {program_digest()}",
        f"client {place.name}",
        f"formats {' '.join(sorted(options.formats))} {_fingerprint(options.secret)}",
        f"version {version.commit} {version.committed_at} {version.tree} {version.reason}",
        *(f"publication {name} {tag}" for name, tag in sorted(publications.items())),
        *(f"file {digest} {path!r}" for path, digest in sorted(files.items())),
    ]
    return Inputs(files, hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest())


def _fingerprint(secret: bytes) -> str:
    """Return what tells two keys apart and nothing of them."""
    return f"pseudonymised {hmac.digest(secret, b'build key', 'sha256').hex()}" if secret else ""


@cache
def program_digest() -> str:
    """Return one SHA-256 for the package, the templates, the interpreter and every installed distribution."""
    package = Path(__file__).resolve().parents[1]
    lines = [f"python {sys.version} {sys.platform} {platform.machine()}"]
    for folder in (package, templates_folder()):
        lines += [f"{path!r} {digest}" for path, digest in sorted(_entries(folder, passed_over=("__pycache__",)))]
    lines += sorted(_installed())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _installed() -> set[str]:
    """Return name and version of every package that Python finds, as their folders tell; reading them takes long."""
    folders = [Path(place) for place in sys.path if Path(place).is_dir()]
    return {entry.name for folder in folders for entry in folder.iterdir() if entry.suffix in _PACKAGE_FACTS}


def _entries(folder: Path, passed_over: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield every file below a folder with the SHA-256 of its bytes; of what is no file, what it is instead."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        inside = "".join(f"{part}/" for part in here.relative_to(folder).parts)
        folders[:] = [name for name in folders if name not in passed_over]
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            yield f"{inside}{name}", _digest(here / name)


def _digest(path: Path) -> str:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return f"link {path.readlink().as_posix()!r}"
        if not stat.S_ISREG(status.st_mode):
            return f"mode {stat.S_IFMT(status.st_mode)}"
        if status.st_size <= _READ_AT_ONCE:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable {error.errno}"
