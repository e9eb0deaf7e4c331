"""What each key of `figures.json` means, in which unit it is, and what it needs: the data dictionary, read."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retention_reports.model.needs_table import NEEDS
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEAD = "_head"
"""The file of what stands above the sections."""

_LIKE = "like "


@record
class KeyEntry:
    """One key of a section, its steps parted by dots; `may_be_absent` where not every object has it.

    `needs` and `uses` are files and columns as in the table of needs.
    """

    key: str
    unit: str
    definition: str
    may_be_absent: bool
    in_lists: tuple[str, ...]
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last step."""
        return self.key.rpartition(".")[2]

    @property
    def path(self) -> str:
        """The key with `[]` behind each step that is a list of objects."""
        steps = self.key.split(".")
        wholes = [".".join(steps[:length]) for length in range(1, len(steps) + 1)]
        shown = [step + "[]" * (whole in self.in_lists) for step, whole in zip(steps, wholes, strict=True)]
        return ".".join([*shown[:-1], steps[-1]])


@record
class SectionEntries:
    """A section of `figures.json`: what it is about, and its keys in their order there; `is_list` where it is one."""

    name: str
    about: str
    entries: tuple[KeyEntry, ...]
    is_list: bool = False


@cache
def section_entries(name: str) -> SectionEntries:
    """Return what the dictionary says of a section.

    Raises:
        ValueError: a line is not `unit: definition`, or is like a key that does not stand above it.
        FileNotFoundError: the dictionary has no such section.
    """
    text = files("retention_reports.dictionary").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    said: dict[str, KeyEntry] = {}
    for key, line in told["keys"].items():
        for entry in _entries(key, line, said):
            said[entry.key] = entry
    lists = tuple(key for key, entry in said.items() if entry.unit == "list")
    entries = (_with_needs(name, replace(entry, in_lists=lists)) for entry in said.values())
    return SectionEntries(name, told["about"], tuple(entries), told.get("list", False))


def _entries(key: str, line: str, said: Mapping[str, KeyEntry]) -> Iterator[KeyEntry]:
    """Yield the entry of a line, and all below it where it is like another one."""
    before, _, definition = line.partition(": ")
    unit, _, like = before.partition(_LIKE)
    if not (unit or like) or (like and like not in said) or not (like or definition):
        message = f"{key}: {line}"
        raise ValueError(message)
    unit = unit.strip()
    if not like:
        yield KeyEntry(key, unit.removesuffix("?"), definition, unit.endswith("?"), ())
        return
    model = said[like]
    yield replace(model, key=key, unit=unit or model.unit, definition=definition or model.definition)
    for entry in list(said.values()):
        if entry.key.startswith(f"{like}."):
            yield replace(entry, key=key + entry.key.removeprefix(like))


def _with_needs(section: str, entry: KeyEntry) -> KeyEntry:
    """Add what the table of needs names for the key and for all that it is part of."""
    steps = entry.key.split(".")
    ways = {".".join(steps[:length]) for length in range(1, len(steps) + 1)}
    found = [need for need in NEEDS.get(section, ()) if not ways.isdisjoint(need.keys)]
    needs = dict.fromkeys(name for need in found for name in need.needs)
    uses = dict.fromkeys(name for need in found for name in need.uses)
    return replace(entry, needs=tuple(needs), uses=tuple(uses))
