"""Which keys of `figures.json` each table of a report shows, read from the data dictionary."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from retention_reports.records import record

NOT_A_FIGURE = "-"
"""Stands for a column that is not in `figures.json`."""


@record
class ShownKeys:
    """The list (or object) that a table shows, and below it the keys of each column, none where it is not a figure."""

    whole: str
    columns: tuple[tuple[str, ...], ...]


def shown_keys(identifier: str) -> ShownKeys | None:
    """Return what the table of that name shows; None where none of it stands in `figures.json`, or nothing is said."""
    said = _tables()
    line = said.get(identifier) or next((said[name] for name in said if fnmatchcase(identifier, name)), "")
    if not line:
        return None
    whole, _, columns = line.partition(": ")
    return ShownKeys(whole, tuple(() if name == NOT_A_FIGURE else tuple(name.split("+")) for name in columns.split()))


@cache
def _tables() -> dict[str, str]:
    text = files("retention_reports.dictionary").joinpath("_shown.toml").read_text(encoding="utf-8")
    tables: dict[str, str] = tomllib.loads(text)["tables"]
    return tables
