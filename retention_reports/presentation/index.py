"""The page over all clients and quarters for which reports lie in the output folder."""

from __future__ import annotations

from retention_reports.records import record


@record
class IndexEntry:
    """One report: links to its files, relative to the page; "" where a file is not there."""

    quarter: str
    html: str
    pdf: str
    figures: str
    actions: str


@record
class IndexClient:
    """A client's reports, the newest first."""

    name: str
    entries: tuple[IndexEntry, ...]


@record
class IndexView:
    """All clients by name."""

    clients: tuple[IndexClient, ...]
