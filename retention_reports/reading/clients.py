"""Which clients lie in a data folder. Loads nothing that takes time: every command begins here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.errors import UnknownNameError
from retention_reports.reading.problems import shown, suggestion

if TYPE_CHECKING:
    from pathlib import Path

CLIENT_FILE = "client.toml"
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def list_clients(data: Path) -> tuple[str, ...]:
    """Return the names of the clients in a data folder, sorted."""
    if not data.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in data.iterdir() if is_client_key(entry.name) and _has_client(entry)))


def misnamed_clients(data: Path) -> tuple[str, ...]:
    """Return the folders that have settings of a client and a name that no client can have, sorted."""
    if not data.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in data.iterdir() if not is_client_key(entry.name) and _has_client(entry)))


def is_client_key(name: str) -> bool:
    """Tell whether a folder of that name can be a client: small letters, digits, `-` and `_`, on every system."""
    return _KEY.fullmatch(name) is not None and name not in _RESERVED


def client_path(data: Path, key: str) -> Path:
    """Return the folder of a client.

    Raises:
        UnknownNameError: there is no such client; the message names the known ones.
    """
    known = list_clients(data)
    if key not in known:
        raise unknown_client(data.as_posix(), key, known)
    return data / key


def unknown_client(place: str, key: str, known: tuple[str, ...]) -> UnknownNameError:
    """Return the error of a client that a place does not have; the message names the known ones."""
    names = ", ".join(known) or "none"
    near = suggestion(key, known) if known else ""
    hint = f"{near} " if near.startswith("did you mean") else ""
    message = f"there is no client {shown(key)} in {place} ({hint}known: {names})".replace("? known", "? Known")
    return UnknownNameError(message)


def _has_client(entry: Path) -> bool:
    return (entry / CLIENT_FILE).is_file()
