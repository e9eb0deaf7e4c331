"""The consultant's notes as text, refused where a Markdown parser would choke on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.amendments import read_amendments
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.reading.amendments import AmendmentsFile
    from retention_reports.reading.files import FolderFiles

NOTES_FOLDER = "notes"
LARGEST_NOTE = 64 * 1024
# Limits well above what prose needs, and well below where parsing takes seconds.
_MOST_BRACKETS = 500
_DEEPEST = 10
# Three pages of a report; a note is what the figures cannot say, not a second report.
_MOST_LINES = 300
_LONG_RUN = re.compile(r"([*_`~!<\[(])\1{50}")
_DEEP_NEST = re.compile(
    r"(?:[ \t]*+>){%d}|(?:[ \t]*+(?:[-+*]|\d{1,9}[.)])[ \t]++){%d}|(?: {4}|\t){%d}" % ((_DEEPEST + 1,) * 3)  # noqa: UP031
)
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"""\]\(\s*<?([^\s()<>]+)|^ {0,3}\[[^\[\]]+\]:\s*<?([^\s<>]+)|\bhref\s*=\s*["']?([^\s"'<>]+)""")
"""Where links lead: in the line, below the text, or as HTML."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@record
class NoteText:
    """One file of notes: its path in the client's folder, its name without ending, its lines."""

    path: str
    label: str
    lines: tuple[str, ...]


@record
class NotesText:
    """The notes' folder: notes, and what is said of decisions."""

    notes: tuple[NoteText, ...]
    amendments: tuple[AmendmentsFile, ...]


def read_notes(files: FolderFiles) -> NotesText:
    """Read every file of the notes' folder that can be read; names are checked later."""
    paths = [path for path in files.matching(f"{NOTES_FOLDER}/*") if "/." not in path]
    notes = [_read_note(files, path) for path in paths if not path.endswith(".toml")]
    amendments = [read_amendments(files, path) for path in paths if path.endswith(".toml")]
    return NotesText(
        notes=tuple(note for note in notes if note is not None),
        amendments=tuple(file for file in amendments if file is not None),
    )


def _read_note(files: FolderFiles, path: str) -> NoteText | None:
    name = path.rpartition("/")[2]
    if not name.endswith(".md"):
        files.log.error(files.location(path), "unknown note", say("notes.other_name"))
        return None
    content = files.read(path, LARGEST_NOTE)
    if content is None:
        return None
    try:
        lines = decode(content.data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        _check_lines(lines)
        _check_links(lines)
    except UnreadableFileError as problem:
        files.log.error(files.location(path, problem.line), problem.kind, problem.message)
        return None
    return NoteText(path, name.removesuffix(".md"), tuple(lines))


def _check_links(lines: list[str]) -> None:
    """Refuse links that lead nowhere outside the note; a report lies somewhere else, and its PDF may not hold them."""
    is_code = False
    for number, line in enumerate(lines, start=1):
        if _FENCE.match(line):
            is_code = not is_code
        for found in () if is_code else _LINK.findall(_CODE.sub("", line)):
            target = "".join(found)
            if not _SCHEME.match(target):
                raise UnreadableFileError("link to nowhere", say("notes.link", target=shown(target)), number)


def _check_lines(lines: list[str]) -> None:
    for number, line in enumerate(lines, start=1):
        if found := _CONTROL.search(line):
            message = say("notes.control_character", sign=f"U+{ord(found[0]):04X}")
            raise UnreadableFileError("control character", message, number)
        if _LONG_RUN.search(line):
            raise UnreadableFileError("note too complex", say("notes.repeated_sign", line=shown(line)), number)
        if _DEEP_NEST.match(line) and line.strip():
            raise UnreadableFileError("note too complex", say("notes.too_deep", levels=_DEEPEST), number)
    written = [number for number, line in enumerate(lines, start=1) if line.strip()]
    if len(written) > _MOST_LINES:
        message = say("notes.too_long", count=len(written), limit=_MOST_LINES)
        raise UnreadableFileError("note too complex", message, written[_MOST_LINES])
    brackets = sum(line.count("[") + line.count("<") for line in lines)
    if brackets > _MOST_BRACKETS:
        message = say("notes.brackets", count=brackets, limit=_MOST_BRACKETS)
        raise UnreadableFileError("note too complex", message)
