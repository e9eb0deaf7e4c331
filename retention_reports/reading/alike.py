"""Problems that are alike, put together: one line a cause, however many rows it has spoilt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retention_reports.messages import kind_name, say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.errors import Problem

SHOWN_OF_A_KIND = 20
_LINES_NAMED = 5


@record
class Alike:
    """Problems of one cause in one column of one file, in the order of the file."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The problem that stands for all."""
        return self.problems[0]

    @property
    def count(self) -> int:
        """How many problems these are."""
        return len(self.problems)

    def rest(self, language: str) -> str:
        """Return what follows the first problem's line: how many are like it, and where; "" where it is alone."""
        others = self.problems[1:]
        if not others:
            return ""
        lines = [str(problem.location.line) for problem in others if problem.location.line]
        if len(lines) < len(others):
            return f" {say('data.more_alike', n=len(others)).said_in(language)}"
        named = ", ".join(lines[:_LINES_NAMED]) + (" …" if len(lines) > _LINES_NAMED else "")
        return f" {say('data.more_rows_alike', n=len(others), lines=named).said_in(language)}"


@record
class Bounded:
    """What is shown of many problems, and how many of each kind are not."""

    shown: tuple[Alike, ...]
    left: Mapping[str, int]

    def lines(self, language: str) -> list[str]:
        """Return one line a cause, and one for each kind of which more is not shown."""
        told = [f"{group.first.labelled_in(language)}{group.rest(language)}" for group in self.shown]
        more = [
            say("data.more_of_a_kind", n=number, kind=kind_name(kind, language)) for kind, number in self.left.items()
        ]
        return [*told, *(message.said_in(language) for message in more)]


def bounded(problems: Sequence[Problem], limit: int | None = SHOWN_OF_A_KIND) -> Bounded:
    """Put problems of one cause together and keep the first few causes of each kind; every problem without a limit."""
    if limit is None:
        return Bounded(tuple(Alike((problem,)) for problem in problems), {})
    shown, of_kind, left = [], Counter[str](), Counter[str]()
    for group in _alike(problems):
        kind = group.first.kind
        of_kind[kind] += 1
        if of_kind[kind] > limit:
            left[kind] += group.count
        else:
            shown.append(group)
    return Bounded(tuple(shown), dict(sorted(left.items())))


def _alike(problems: Sequence[Problem]) -> list[Alike]:
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        place = problem.location
        cause = (problem.severity, place.path, place.column, problem.kind, problem.message.cause)
        groups.setdefault(cause, []).append(problem)
    return [Alike(tuple(group)) for group in groups.values()]
