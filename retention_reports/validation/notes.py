"""The consultant's notes, cut into the sections they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.model.folder import Notes
from retention_reports.model.quarters import Quarter
from retention_reports.reading.problems import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.reading.folder import SourceFolder
    from retention_reports.reading.notes import NoteText
    from retention_reports.reading.problems import ProblemLog

_MOST_INDENTED = 3
_FENCE = re.compile(r" {0,3}(```|~~~)")


def normalised_heading(heading: str) -> str:
    """Return the form in which a note's heading and a section's name are compared."""
    return " ".join(heading.casefold().split())


def notes_of(
    source: SourceFolder, folder: str, section_headings: Mapping[str, str] | None, log: ProblemLog
) -> dict[str, Notes]:
    """Return the notes by quarter label. Without known headings, each heading is a key of its own."""
    notes = {}
    for note in source.notes:
        path = f"{folder}/{note.path}"
        try:
            Quarter.parse(note.label)
        except ValueError:
            log.error(Location(path), "unknown note", say("notes.no_quarter", name=shown(note.label)))
            continue
        notes[note.label] = Notes(note.path, _sections(note, path, section_headings, log))
    return notes


def _heading_in(line: str) -> str | None:
    """Return the words of a first-level heading (CommonMark 4.2), or None where the line is no such heading."""
    text = line.lstrip(" ")
    if len(line) - len(text) > _MOST_INDENTED or not text.startswith("#") or text.startswith("##"):
        return None
    return text[1:].strip(" \t").rstrip("#").rstrip(" \t")


def _sections(note: NoteText, path: str, section_headings: Mapping[str, str] | None, log: ProblemLog) -> dict[str, str]:
    parts: dict[str, list[str]] = {"": []}
    current = ""
    fence = ""
    for number, line in enumerate(note.lines, start=1):
        mark = _FENCE.match(line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        heading = None if fence else _heading_in(line)
        if heading is None:
            parts[current].append(line)
            continue
        name = normalised_heading(heading)
        if section_headings is not None and name not in section_headings:
            hint = suggestion(name, section_headings)
            message = say("notes.unknown_section", section=shown(heading), hint=hint)
            log.error(Location(path, number), "unknown section", message)
        current = name if section_headings is None else section_headings.get(name, name)
        parts.setdefault(current, []).append("")
    texts = {section: "\n".join(lines).strip() for section, lines in parts.items()}
    return {section: text for section, text in texts.items() if text}
