"""Which figures differ between two versions of `figures.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Value: TypeAlias = "int | float | str | bool | None"
NOT_FIGURES = frozenset({"data", "restated"})
"""What stands beside the figures: where they come from, and what earlier reports said."""


@record
class FigureChange:
    """One figure: its place, such as `pillars.revenue.total`, and what it was and is (None: unknown, or not there)."""

    key: str
    then: Value
    now: Value


def changed_figures(
    then: Mapping[str, object], now: Mapping[str, object], *, lists: bool = True, only_shared: bool = False
) -> tuple[FigureChange, ...]:
    """Return every figure that differs, in the order of the newer file, what is gone at the end.

    `lists` looks into lists, too, by what an entry begins with (`[Hotels]`) or its place (`[0]`). `only_shared` leaves
    out what one of the two does not have: a newer version of the program knows more figures.
    """
    before = dict(_values(then, now, "", lists=lists))
    after = dict(_values(now, then, "", lists=lists))
    gone = [key for key in before if key not in after]
    keys = [key for key in after if key in before] if only_shared else [*after, *gone]
    return tuple(
        FigureChange(key, before.get(key), after.get(key))
        for key in keys
        if (key in before) != (key in after) or not _same(before[key], after[key])
    )


def _same(then: Value, now: Value) -> bool:
    return then == now and isinstance(then, bool) == isinstance(now, bool)


def _values(content: object, other: object, key: str, *, lists: bool) -> Iterator[tuple[str, Value]]:
    """Return the figures of one version by their places; what the other has there decides how entries are named."""
    if isinstance(content, dict):
        others = other if isinstance(other, dict) else {}
        for name, below in content.items():
            if key or name not in NOT_FIGURES:
                yield from _values(below, others.get(name), f"{key}.{name}" if key else str(name), lists=lists)
    elif isinstance(content, list):
        yield from _listed(content, other if isinstance(other, list) else [], key) if lists else ()
    elif content is None or isinstance(content, (int, float, str)):
        yield key, content


def _listed(content: Sequence[object], other: Sequence[object], key: str) -> Iterator[tuple[str, Value]]:
    names, other_names = _entry_names(content, other)
    others = dict(zip(other_names, other, strict=True))
    for name, below in zip(names, content, strict=True):
        yield from _values(below, others.get(name), f"{key}[{name}]", lists=True)


def _entry_names(*lists: Sequence[object]) -> list[list[str]]:
    """Name entries by what they begin with, such as a segment, where that tells them apart, else by their places.

    Lists are ranked: another place is no other figure.
    """
    for leading in (1, 2):
        names = [[_entry_name(entry, leading) for entry in content] for content in lists]
        if all(all(found) and len(set(found)) == len(found) for found in names):
            return names
    return [[str(place) for place in range(len(content))] for content in lists]


def _entry_name(entry: object, leading: int) -> str:
    values = list(entry.values())[:leading] if isinstance(entry, dict) else []
    return " ".join(values) if values and all(isinstance(value, str) for value in values) else ""
