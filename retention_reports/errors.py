"""What can go wrong in a way the user can mend, and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message


class Severity(StrEnum):
    """An error stops the client's report; a warning is counted in it; a note says what is good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file as an editor shows it: line 1 is the header; `column` is the column's name in the file."""

    path: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        """Return `path:line:column`, leaving out what is not known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
        if self.column:
            parts.append(self.column)
        return ":".join(parts)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the data, and what to write instead.

    `kind` groups problems that have one cause ("unreadable day"), so that a terminal can show the first few
    and count the rest. The message must not repeat the location. A warning of something that may make the report's
    main figures wrong carries a sentence for management `on_first_page`. A problem that is told once for many rows
    names all of them in `rows_at`.
    """

    location: Location
    kind: str
    message: Message
    severity: Severity = Severity.ERROR
    on_first_page: Message | None = None
    rows_at: tuple[Location, ...] = field(default=(), compare=False, repr=False)

    @property
    def place(self) -> tuple[Location, str, str]:
        """By what problems are put in order."""
        return self.location, self.kind, str(self.message)

    def without_values(self) -> Problem:
        """Return the problem without what cells say that are about persons."""
        return replace(self, message=self.message.without_values())

    def told_in(self, language: str) -> str:
        """Return what is wrong, without the place, in a language."""
        return self.message.said_in(language)

    def said_in(self, language: str) -> str:
        """Return the line a terminal shows, in a language."""
        return f"{self.location}: {self.told_in(language)}"

    def labelled_in(self, language: str) -> str:
        """Return the line with the word for its severity before it, in a language."""
        return f"{say(f'data.{self.severity}').said_in(language)}: {self.said_in(language)}"

    def __str__(self) -> str:
        """Return the line a terminal shows, in English."""
        return f"{self.location}: {self.message}"


class RetentionReportsError(Exception):
    """A failure that the user can mend; shown as a message, without a traceback."""

    def __init__(self, message: Message) -> None:
        """Keep the message; as a text, the error says it in English."""
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error reach another process as it is, whatever its constructor takes."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[RetentionReportsError], args: tuple[object, ...]) -> RetentionReportsError:
    error = kind.__new__(kind)
    error.args = args
    return error


class DataError(RetentionReportsError):
    """The client's files have errors; carries every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems, in the order of the files."""
        super().__init__(say("data.problems", n=len(problems)))
        self.problems = tuple(problems)


class UnknownNameError(RetentionReportsError):
    """A client, quarter, section or format that does not exist; the message lists the known ones."""


class QuarterError(RetentionReportsError):
    """A quarter that cannot be reported on: before the first purchase, or not readable as a quarter."""
