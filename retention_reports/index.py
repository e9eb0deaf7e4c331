"""Lists the reports that lie in the output folder on one page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from retention_reports.model.quarters import Quarter
from retention_reports.presentation.index import IndexClient, IndexEntry, IndexView
from retention_reports.writing.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX_FILE = "index.html"


def write_index(output: Path) -> None:
    """Write `index.html` over all reports present; nothing where there is no output folder yet."""
    from retention_reports.rendering.html import render_index  # noqa: PLC0415 -- brings Jinja

    if output.is_dir():
        replace_file(output, INDEX_FILE, render_index(index_view(output)).encode("utf-8"))


def index_view(output: Path) -> IndexView:
    """Return what lies in the output folder: `<client>/<quarter>/` with a report of that name."""
    clients = []
    for folder in sorted(output.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            reports = list(_reports(folder))
            if reports:
                newest = folder / reports[0].quarter / "figures.json"
                clients.append(IndexClient(_client_name(newest) or folder.name, tuple(reports)))
    return IndexView(tuple(sorted(clients, key=lambda client: client.name.casefold())))


def _reports(folder: Path) -> Iterator[IndexEntry]:
    for report in sorted(folder.iterdir(), reverse=True):
        try:
            Quarter.parse(report.name)
        except ValueError:
            continue
        stem = f"{folder.name}-{report.name}"
        entry = IndexEntry(
            report.name,
            _link(report / f"{stem}.html"),
            _link(report / f"{stem}.pdf"),
            _link(report / "figures.json"),
            _link(report / "actions.xlsx"),
        )
        if entry.html or entry.pdf or entry.figures or entry.actions:
            yield entry


def _link(path: Path) -> str:
    return "/".join(path.parts[-3:]) if path.is_file() else ""


def _client_name(figures: Path) -> str:
    try:
        content = json.loads(figures.read_text(encoding="utf-8"))
        return str(content["data"]["client_name"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        # Reports without figures, or figures that somebody has edited: the folder's name will do.
        return ""
