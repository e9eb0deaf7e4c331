"""Which clients lie in a data folder. Loads nothing that takes time: every command begins here."""

from __future__ import annotations

import os
import re
import tomllib
from itertools import islice
from typing import TYPE_CHECKING

from retention_reports.errors import UnknownNameError
from retention_reports.messages import ENGLISH, LANGUAGES, say
from retention_reports.reading.problems import nearest, shown

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.messages import Message

CLIENT_FILE = "client.toml"
PSEUDONYMISED = "-pseudonymised"
"""Added to a client's folder name for the reports with codes instead of names; no client's own name may end so."""

USUAL_LANGUAGE = "de"
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LANGUAGE_LINE = re.compile(r"""^\s*language\s*=\s*["'](de|en)["']""", re.MULTILINE)
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")
_MOST_FILES_LOOKED_AT = 200
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
    return _KEY.fullmatch(name) is not None and name not in _RESERVED and not name.endswith(PSEUDONYMISED)


def folders_without_settings(data: Path) -> tuple[str, ...]:
    """Return the folders that hold exports and no settings, so that no client is found there, sorted."""
    if not data.is_dir():
        return ()
    return tuple(
        sorted(
            entry.name
            for entry in data.iterdir()
            if entry.is_dir() and not entry.name.startswith(".") and not _has_client(entry) and _holds_tables(entry)
        )
    )


def missing_settings(folder: Path) -> Message:
    """Return what is said of a folder of exports that has no settings: what to write into them."""
    path = (folder / CLIENT_FILE).as_posix()
    return say("clients.without_settings", path=path, example=say("clients.example"))


def client_path(data: Path, key: str) -> Path:
    """Return the folder of a client.

    Raises:
        UnknownNameError: there is no such client; the message names the known ones.
    """
    known = list_clients(data)
    if key in known:
        return data / key
    if is_client_key(key) and (data / key).is_dir():
        raise UnknownNameError(missing_settings(data / key))
    raise unknown_client(data.as_posix(), key, known)


def unknown_client(place: str | Message, key: str, known: tuple[str, ...]) -> UnknownNameError:
    """Return the error of a client that a place does not have; the message names the known ones."""
    near = nearest(key, known)
    if not known:
        return UnknownNameError(say("clients.unknown_of_none", client=shown(key), place=place))
    names = ", ".join(known)
    if near:
        return UnknownNameError(say("clients.unknown_near", client=shown(key), place=place, near=near, known=names))
    return UnknownNameError(say("clients.unknown", client=shown(key), place=place, known=names))


def language_of(folder: Path) -> str:
    """Return the language that a client's settings name, whatever else is wrong in them.

    It is the reports' usual one where they name none, and English where there is nothing to be read.
    """
    try:
        text = (folder / CLIENT_FILE).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ENGLISH
    try:
        named = tomllib.loads(text).get("language", USUAL_LANGUAGE)
    except (ValueError, RecursionError):
        line = _LANGUAGE_LINE.search(text)
        named = line[1] if line else ENGLISH
    return named if named in LANGUAGES else ENGLISH


def common_language(data: Path) -> str:
    """Return the language of all clients in a data folder; English where they differ or there is none."""
    languages = {language_of(data / name) for name in list_clients(data)}
    return languages.pop() if len(languages) == 1 else ENGLISH


def _has_client(entry: Path) -> bool:
    return (entry / CLIENT_FILE).is_file()


def _holds_tables(entry: Path) -> bool:
    names = (name for _, _, files in os.walk(entry) for name in files)
    return any(name.lower().endswith(_TABLES) for name in islice(names, _MOST_FILES_LOOKED_AT))
