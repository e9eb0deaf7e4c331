"""Which keys of `figures.json` each table and picture of a report shows, read from the data dictionary."""

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
    said = _said("tables")
    line = said.get(identifier) or next((said[name] for name in said if fnmatchcase(identifier, name)), "")
    if not line:
        return None
    whole, _, columns = line.partition(": ")
    return ShownKeys(whole, tuple(() if name == NOT_A_FIGURE else tuple(name.split("+")) for name in columns.split()))


def chart_key(identifier: str) -> str:
    """Return the key of what the picture of that name shows; "" where nothing is said of it."""
    return _said("charts").get(identifier, "")


@cache
def _said(what: str) -> dict[str, str]:
    text = files("retention_reports.dictionary").joinpath("_shown.toml").read_text(encoding="utf-8")
    said: dict[str, str] = tomllib.loads(text)[what]
    return said
