"""Next quarter's exports beside those of a client's folder: which they replace, which they join, what has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.formats.known_formats import recognise_bytes
from retention_reports.recognising.guessing import Guess
from retention_reports.recognising.incoming import Incoming
from retention_reports.recognising.presets import present, preset_of
from retention_reports.recognising.sheets import sheets_of
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from retention_reports.messages import Message
    from retention_reports.recognising.presets import Preset

_ALIKE = 0.6
_SIMILAR = 0.3
_REPLACED = 0.8
"""From this share of an old file's documents on, a new one is its next version."""
_ANSWER = re.compile(r"^# --answer (?P<key>[^=\n]+)=(?P<value>.*)$", re.MULTILINE)
_SHOWN = 5
EXPORTS = "exports"
_KEYS = ("order_id", "offer_id", "customer_id", "product_id")


@record
class Described:
    """A file: its path below the client's folder, what its columns are called, and its documents by their number."""

    path: str
    columns: frozenset[str]
    ids: frozenset[str]


@record
class Update:
    """What becomes of the client's files: contents by path, which old paths are read as patterns, and what to tell.

    `vanished` holds documents that an old file had and its next version lacks; `added` are files of another layout than
    all that was there.
    """

    written: Mapping[str, bytes]
    patterns: Mapping[str, str]
    told: tuple[Message, ...]
    vanished: tuple[str, ...]
    added: tuple[str, ...]


def kept_answers(client_toml: str) -> dict[str, str]:
    """Return the answers that were kept in `client.toml` for the next export."""
    return {match["key"].strip(): match["value"].strip() for match in _ANSWER.finditer(client_toml)}


def exports_in(folder: Path) -> list[Incoming]:
    """Return the files among a client's exports, each named by its path below the client's folder."""
    files = sorted(path for path in (folder / EXPORTS).rglob("*") if path.is_file() and not path.name.startswith("~$"))
    return [Incoming(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]


def update_of(old: Sequence[Incoming], new: Sequence[Incoming], presets: Sequence[Preset]) -> Update:
    """Return what new exports do to those of the folder.

    Raises:
        RefusedError: a new file cannot be read.
    """
    there = [_described(file, presets) for file in old]
    written: dict[str, bytes] = {}
    patterns: dict[str, str] = {}
    told: list[Message] = []
    vanished: list[str] = []
    added: list[str] = []
    for file in new:
        came = _described(file, presets)
        alike = [one for one in there if _is_alike(one, came)]
        replaced = [one for one in alike if one.ids and len(one.ids & came.ids) >= _REPLACED * len(one.ids)]
        # Where documents have no numbers that are known here, the same name is the next version.
        replaced = replaced or [one for one in alike if not one.ids and one.path.endswith(f"/{file.name}")]
        if replaced:
            target = max(replaced, key=lambda one: len(one.ids & came.ids))
            written[target.path] = file.data
            told.append(say("update.replaces", new=file.name, old=target.path, n=len(came.ids - target.ids)))
            vanished += sorted(target.ids - came.ids)
        elif alike:
            beside = max(alike, key=lambda one: _likeness(one.columns, came.columns))
            written[_path_beside(beside.path, file.name, written, patterns)] = file.data
            told.append(say("update.joins", new=file.name, old=beside.path, n=len(came.ids)))
            common = frozenset.union(*(one.ids for one in alike)) & came.ids
            told += [say("update.overlaps", new=file.name, n=len(common), ids=_some(common))] if common else []
        else:
            written[f"{EXPORTS}/{file.name}"] = file.data
            added.append(file.name)
            told.append(say("update.added", new=file.name))
        told += _changed_columns(alike, came, file.name)
    return Update(written, patterns, tuple(told), tuple(vanished), tuple(added))


def _path_beside(old: str, name: str, written: Mapping[str, bytes], patterns: dict[str, str]) -> str:
    """Return where a file goes that is read together with an old one; notes which path becomes a pattern."""
    folder, _, old_name = old.rpartition("/")
    if folder == EXPORTS:
        folder = f"{EXPORTS}/{old_name.rpartition('.')[0] or old_name}"
        patterns[old] = f"{folder}/*"
    path = f"{folder}/{name}"
    stem, point, ending = name.rpartition(".")
    number = 2
    while path in written or path in {old, f"{folder}/{old_name}"}:
        path = f"{folder}/{stem or ending}-{number}{point if stem else ''}{ending if stem else ''}"
        number += 1
    return path


def _described(file: Incoming, presets: Sequence[Preset]) -> Described:
    known = recognise_bytes(file.data)
    if known is not None:
        return Described(file.name, frozenset([f"format {known.format}"]), frozenset())
    columns: set[str] = set()
    ids: set[str] = set()
    for sheet in sheets_of(file):
        columns |= {heading for heading in sheet.header if heading}
        preset = preset_of(sheet, presets)
        sources = [settings.get("columns", {}) for settings in preset.tables.values()] if preset else []
        sources = sources or [Guess(sheet).columns]
        found = [present(source[key], sheet.header) for source in sources for key in _KEYS if key in source]
        heading = next((name for name in found if isinstance(name, str) and name in sheet.header), None)
        if heading is not None:
            ids |= {text.strip() for text in sheet.cells(heading).words.tolist() if text.strip()}
    return Described(file.name, frozenset(columns), frozenset(ids))


def _is_alike(old: Described, new: Described) -> bool:
    """Tell whether two files are of one layout, or, with other names of columns, of the same documents."""
    is_same = bool(old.ids) and len(old.ids & new.ids) >= _REPLACED * len(old.ids)
    return _likeness(old.columns, new.columns) >= (_SIMILAR if is_same else _ALIKE)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _changed_columns(alike: Iterable[Described], came: Described, name: str) -> list[Message]:
    before = max(alike, key=lambda one: _likeness(one.columns, came.columns), default=None)
    if before is None:
        return []
    further, gone = sorted(came.columns - before.columns), sorted(before.columns - came.columns)
    told = [say("update.columns_new", file=name, columns=", ".join(further))] if further else []
    return [*told, say("update.columns_gone", file=name, columns=", ".join(gone))] if gone else told


def _some(ids: Iterable[str]) -> str:
    first = sorted(ids)
    return ", ".join(first[:_SHOWN]) + (", …" if len(first) > _SHOWN else "")


def told_vanished(vanished: Sequence[str]) -> Message:
    """Return what is told of documents that the old exports have and the new ones lack."""
    return say("update.vanished", n=len(vanished), ids=_some(vanished))


def renumbered(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return customers (old number, new number, name) whose number is gone and whose name has another one now.

    `before` and `after` are names by number; names of several customers tell nothing.
    """
    by_name: dict[str, list[str]] = {}
    for number, name in after.items():
        by_name.setdefault(name.casefold(), []).append(number)
    return [
        (number, found[0], name)
        for number, name in before.items()
        if name
        and number not in after
        and len(found := by_name.get(name.casefold(), [])) == 1
        and found[0] not in before
    ]
