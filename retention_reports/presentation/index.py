"""The page over all clients and quarters for which reports lie in the output folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IndexEntry:
    """One report: links to its files, relative to the page; "" where a file is not there."""

    quarter: str
    html: str
    pdf: str
    figures: str
    actions: str


@dataclass(frozen=True)
class IndexClient:
    """A client's reports, the newest first."""

    name: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class IndexView:
    """All clients by name."""

    clients: tuple[IndexClient, ...]
