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

    `lists` looks into lists, too, by place (`[0]`). `only_shared` leaves out what one of the two does not have: a newer
    version of the program knows more figures.
    """
    before, after = dict(_values(then, "", lists=lists)), dict(_values(now, "", lists=lists))
    gone = [key for key in before if key not in after]
    keys = [key for key in after if key in before] if only_shared else [*after, *gone]
    return tuple(
        FigureChange(key, before.get(key), after.get(key))
        for key in keys
        if (key in before) != (key in after) or not _same(before[key], after[key])
    )


def _same(then: Value, now: Value) -> bool:
    return then == now and isinstance(then, bool) == isinstance(now, bool)


def _values(content: object, key: str, *, lists: bool) -> Iterator[tuple[str, Value]]:
    if isinstance(content, dict):
        for name, below in content.items():
            if key or name not in NOT_FIGURES:
                yield from _values(below, f"{key}.{name}" if key else str(name), lists=lists)
    elif isinstance(content, list):
        yield from _listed(content, key) if lists else ()
    elif content is None or isinstance(content, (int, float, str)):
        yield key, content


def _listed(content: Sequence[object], key: str) -> Iterator[tuple[str, Value]]:
    for number, below in enumerate(content):
        yield from _values(below, f"{key}[{number}]", lists=True)
