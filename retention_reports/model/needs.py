"""What a figure needs to be known: files, and columns that say something. What needs what stands in `needs_table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.needs_table import NEEDS
from retention_reports.model.sales_people import tells_people_apart
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Figure
    from retention_reports.model.needs_table import Need


@record
class Unmet:
    """Figures that cannot be known, by their keys, and why. `name` is their name among a section's `missing.names`."""

    name: str
    keys: tuple[str, ...]
    reason: Unknown
    detail: str

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The reason, key by key."""
        return tuple(Missing(key, self.reason, self.detail) for key in self.keys)


def unmet_needs(dataset: Dataset, section: str) -> Iterator[Unmet]:
    """Yield which figures of a section cannot be known; what lies inside of an unknown whole is not told again."""
    unknown: set[str] = set()
    for need in NEEDS.get(section, ()):
        keys = tuple(key for key in need.keys if unknown.isdisjoint(_wholes(key)))
        reason = _why_not(dataset, need)
        if keys and reason is not None:
            unknown.update(keys)
            yield Unmet(need.name, keys, *reason)


def _why_not(dataset: Dataset, need: Need) -> tuple[Unknown, str] | None:
    if need.by_person and not tells_people_apart(dataset.client):
        return Unknown.SWITCHED_OFF, ""
    return next(filter(None, map(dataset.lacks, need.needs)), None)


def knows(dataset: Dataset, section: str, key: str) -> bool:
    """Tell whether the files and columns are there that a figure needs, by the table."""
    ways = {key, *_wholes(key)}
    return all(ways.isdisjoint(unmet.keys) for unmet in unmet_needs(dataset, section))


def true_reason(dataset: Dataset, missing: Missing) -> Missing:
    """Return why a figure is missing in truth: the file is there without a row, or its column is withheld."""
    if missing.reason is Unknown.NO_COLUMN and missing.detail in dataset.folder.withheld:
        return Missing(missing.key, Unknown.WITHHELD, missing.detail)
    if missing.reason is Unknown.NO_FILE and missing.detail in dataset.tables:
        return Missing(missing.key, Unknown.NO_ROWS, missing.detail)
    return missing


def known_figures(dataset: Dataset, section: str, figures: dict[str, Figure]) -> dict[str, Figure]:
    """Return a section of `figures.json` with null, and a reason, for all that the files cannot tell.

    A rate is null with its base. Parts that hold nothing but nulls already keep their shape.
    """
    told = figures.get("missing")
    entries = [entry for entry in told if isinstance(entry, dict)] if isinstance(told, list) else []
    missing = [_truly_told(dataset, entry) for entry in entries]
    reasoned = {entry["key"] for entry in missing}
    known = dict(figures)
    for unmet in unmet_needs(dataset, section):
        for entry in unmet.missing:
            _make_null(known, entry.key.split("."))
            if entry.key not in reasoned:
                missing.append(entry.figure())
    return {**known, "missing": [*missing]}


def _truly_told(dataset: Dataset, entry: dict[str, Figure]) -> dict[str, Figure]:
    reason, _, detail = str(entry["reason"]).partition(": ")
    return true_reason(dataset, Missing(str(entry["key"]), Unknown(reason), detail)).figure()


def _wholes(key: str) -> set[str]:
    """Return the keys of all that a figure is part of."""
    steps = key.split(".")
    return {".".join(steps[:length]) for length in range(1, len(steps))}


def _make_null(figures: Figure, steps: Sequence[str]) -> None:
    """Set a figure to null in an object, or in every object of a list."""
    if isinstance(figures, list):
        for entry in figures:
            _make_null(entry, steps)
    elif isinstance(figures, dict):
        name, *inner = steps
        if inner:
            _make_null(figures.get(name), inner)
            return
        for part in (name, f"{name}_k", f"{name}_n"):
            if part in figures and not _holds_only_nulls(figures[part]):
                figures[part] = None


def _holds_only_nulls(figure: Figure) -> bool:
    if isinstance(figure, dict):
        return all(_holds_only_nulls(part) for part in figure.values())
    return figure is None
