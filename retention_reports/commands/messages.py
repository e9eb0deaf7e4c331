"""What commands say: results on standard output, problems and progress on standard error, in the client's language."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from retention_reports.commands.printing import echo
from retention_reports.commands.values import told, told_problem
from retention_reports.errors import Severity
from retention_reports.messages import say
from retention_reports.reading.alike import SHOWN_OF_A_KIND, bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem
    from retention_reports.messages import Message


def counted(problems: Sequence[Problem]) -> Message:
    """Return "2 errors, 1 warning"."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    return say(
        "commands.counted", errors=say("commands.errors", n=errors), warnings=say("commands.warnings", n=warnings)
    )


def show_problems(problems: Sequence[Problem], language: str, limit: int | None = SHOWN_OF_A_KIND) -> None:
    """Print problems: one line a cause, the first few of each kind, and how many are left; all without a limit."""
    told_of = [told_problem(problem) for problem in problems]
    for line in bounded(told_of, limit).lines(language):
        echo(line, err=True)
    if told_of != list(problems):
        tell(say("data.values_hidden"), language)


def tell(message: Message, language: str) -> None:
    """Print a sentence on standard error."""
    echo(told(message).said_in(language), err=True)


def progress(message: Message, language: str) -> None:
    """Say what is being done, on a terminal only: output stays quiet in CI."""
    if sys.stderr.isatty() and not os.environ.get("CI"):
        tell(message, language)
