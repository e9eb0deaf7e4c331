"""Lists the reports that lie in the output folder on one page, with each client's key figures."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from retention_reports.messages import LANGUAGES
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.index import ClientFacts, IndexEntry, present_index
from retention_reports.presentation.wording import load_wording
from retention_reports.reading.clients import PSEUDONYMISED
from retention_reports.resources import templates_folder
from retention_reports.writing.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from retention_reports.presentation.index import IndexView
    from retention_reports.presentation.wording import Wording

INDEX_FILE = "index.html"


def write_index(output: Path) -> None:
    """Write `index.html` over all reports present; nothing where there is no output folder yet."""
    from retention_reports.rendering.html import render_index  # noqa: PLC0415 -- brings Jinja

    if output.is_dir():
        replace_file(output, INDEX_FILE, render_index(index_view(output)).encode("utf-8"))


def index_view(output: Path) -> IndexView:
    """Return what lies in the output folder: `<client>/<quarter>/` with a report of that name."""
    facts = reported_clients(output)
    return present_index(facts, wording_for(facts))


def reported_clients(output: Path) -> list[ClientFacts]:
    """Return what the newest report of each client says, by name; nothing where there is no output folder."""
    found = []
    for folder in sorted(output.iterdir()) if output.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith("."):
            reports = tuple(_reports(folder))
            if reports:
                found.append(_facts(folder, reports))
    return sorted(found, key=lambda facts: (facts.name.casefold(), facts.is_pseudonymised))


def wording_for(facts: Sequence[ClientFacts]) -> Wording:
    """Return the words of the language that all clients share, else of English."""
    languages = {one.language for one in facts if one.language in LANGUAGES}
    return load_wording(templates_folder() / "wording", languages.pop() if len(languages) == 1 else "en")


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
        if entry.best:
            yield entry


def _link(path: Path) -> str:
    return "/".join(path.parts[-3:]) if path.is_file() else ""


def _facts(folder: Path, reports: tuple[IndexEntry, ...]) -> ClientFacts:
    figures = _Figures(folder / reports[0].quarter / "figures.json")
    history = figures.at("pillars", "history")
    quarters = history if isinstance(history, list) else []
    decisions = figures.at("recommendations", "decisions")
    return ClientFacts(
        key=folder.name,
        name=figures.text("data", "client_name") or folder.name.removesuffix(PSEUDONYMISED),
        is_pseudonymised=folder.name.endswith(PSEUDONYMISED),
        language=figures.text("data", "language"),
        currency=figures.text("data", "currency"),
        data_until=figures.day("pillars", "newest_order"),
        customers=figures.count("pillars", "bridge", "closing"),
        revenue=figures.number("pillars", "revenue", "total"),
        history=tuple(_number(_inside(quarter, "revenue", "total")) for quarter in quarters),
        retention=figures.rate("pillars", "retention_rate_12m"),
        lost=figures.number("lost_customers", "lost_12m", "revenue_year"),
        decisions=len(decisions) if isinstance(decisions, list) else None,
        warnings=figures.count("data", "warnings"),
        entries=reports,
    )


class _Figures:
    """A report's `figures.json`, of which somebody may have edited anything, or which may not be there."""

    def __init__(self, path: Path) -> None:
        try:
            self._content: object = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            self._content = None

    def at(self, *path: str) -> object:
        return _inside(self._content, *path)

    def text(self, *path: str) -> str:
        found = self.at(*path)
        return found if isinstance(found, str) else ""

    def number(self, *path: str) -> float | None:
        return _number(self.at(*path))

    def count(self, *path: str) -> int | None:
        found = self.at(*path)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def rate(self, *path: str) -> Rate | None:
        k, n = (self.count(*path[:-1], path[-1] + part) for part in ("_k", "_n"))
        return Rate(k, n) if k is not None and n is not None and 0 <= k <= n else None

    def day(self, *path: str) -> date | None:
        try:
            return date.fromisoformat(self.text(*path))
        except ValueError:
            return None


def _inside(content: Any, *path: str) -> object:  # noqa: ANN401 -- JSON
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _number(found: object) -> float | None:
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None
