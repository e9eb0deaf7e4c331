"""The consultant's last word on decisions, checked as far as that is possible without the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.model.amendments import Amendment, Amendments
from retention_reports.model.quarters import Quarter
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from retention_reports.reading.amendments import DecisionText
    from retention_reports.reading.folder import SourceFolder
    from retention_reports.reading.problems import ProblemLog


def amendments_of(source: SourceFolder, folder: str, log: ProblemLog) -> dict[str, Amendments]:
    """Return what is said of decisions by quarter label; which ids there are is known when decisions are made."""
    found = {}
    start_month = source.client_file.settings.fiscal_year_start_month
    for file in source.amendments:
        path = f"{folder}/{file.path}"
        try:
            quarter = Quarter.parse(file.label, start_month)
        except ValueError:
            log.error(Location(path), "unknown note", say("notes.no_quarter_of_decisions", name=shown(file.label)))
            continue
        entries = (
            _amendment(name, said, Location(path, file.lines[name]), quarter, log)
            for name, said in file.decisions.items()
        )
        found[file.label] = Amendments(file.path, tuple(entries))
    return found


def _amendment(name: str, said: DecisionText, at: Location, quarter: Quarter, log: ProblemLog) -> Amendment:
    if said.pin and said.drop:
        log.error(at, "contradictory decision", say("notes.pinned_and_dropped", id=shown(name)))
    if said.due_on is not None and said.due_on <= quarter.last_day:
        log.error(at, "day too early", say("notes.day_over", day=said.due_on, quarter=str(quarter)))
    return Amendment(
        identifier=name,
        line=at.line,
        pin=said.pin,
        drop=said.drop,
        title=said.title or "",
        owner=said.owner or "",
        due_on=said.due_on,
        text=said.text or "",
    )
