"""Collects what is wrong while files are read and checked, so that every problem is told and not only the first."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from retention_reports.errors import DataError, Location, Problem, Severity
from retention_reports.messages import Private, say, unless_it_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.messages import Message
    from retention_reports.model.schema import Column

_LONGEST_QUOTE = 40


class ProblemLog:
    """Problems in the order they are found; handed out in the order of files, lines and columns."""

    def __init__(self) -> None:
        """Begin without problems."""
        self._problems: list[Problem] = []

    def error(self, location: Location, kind: str, message: Message, rows_at: Iterable[Location] = ()) -> None:
        """Note something that stops the client's report; `rows_at` names the rows, where it is told once for many."""
        self._problems.append(Problem(location, kind, message, Severity.ERROR, rows_at=tuple(rows_at)))

    def warning(self, location: Location, kind: str, message: Message, on_first_page: Message | None = None) -> None:
        """Note something that the report counts; `on_first_page` says it where the main figures may be wrong."""
        self._problems.append(Problem(location, kind, message, Severity.WARNING, on_first_page))

    def note(self, location: Location, kind: str, message: Message) -> None:
        """Note something that is good to know, and that nothing is wrong with."""
        self._problems.append(Problem(location, kind, message, Severity.NOTE))

    @property
    def has_errors(self) -> bool:
        """Tell whether anything found so far stops the report."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every different problem, by file, line and column."""
        return tuple(sorted(set(self._problems), key=lambda problem: problem.place))

    def raise_errors(self) -> None:
        """Raise what was found, warnings included, if any of it is an error.

        Raises:
            DataError: at least one problem is an error.
        """
        if self.has_errors:
            raise DataError(self.problems)


class UnreadableFileError(Exception):
    """A whole file that cannot be read; becomes a problem of that file (line 0: no line to blame)."""

    def __init__(self, kind: str, message: Message, line: int = 0) -> None:
        """Keep what the problem will say."""
        super().__init__(str(message))
        self.kind = kind
        self.message = message
        self.line = line


def shown(text: str) -> str:
    """Quote a cell for a message: shortened, with whatever could upset a terminal escaped."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in short) + '"'


def shown_cell(column: Column, text: str) -> str | Private:
    """Quote a cell for a message; private where its column is about persons."""
    return Private(shown(text)) if column.is_personal else shown(text)


def shown_id(identifier: str) -> str | Private:
    """Quote a customer's id for a message; private where it is a name or an address."""
    return unless_it_names(identifier, shown(identifier))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like this one, or nothing if none does."""
    by_fold = {name.casefold(): name for name in sorted(known)}
    found = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""


def suggestion(word: str, known: Iterable[str]) -> Message:
    """Return "did you mean …", or the list of what is known where nothing comes near."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return say("suggestions.near", near=near)
    return say("suggestions.known", names=", ".join(names)) if names else say("suggestions.none")
