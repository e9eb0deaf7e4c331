"""What commands say: results on standard output, problems and progress on standard error."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from retention_reports.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem

SHOWN_OF_A_KIND = 20
_SHOWN_ALIKE = 3


def counted(problems: Sequence[Problem]) -> str:
    """Return "2 errors, 1 warning"."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{plural(errors, 'error')}, {plural(len(problems) - errors, 'warning')}"


def plural(number: int, word: str) -> str:
    """Return "1 error" or "2 errors"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def show_problems(problems: Sequence[Problem], limit: int | None = SHOWN_OF_A_KIND) -> None:
    """Print problems, the first few that say the same and the first few of each kind, and count the rest."""
    alike, of_kind, left = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for problem in problems:
        same = problem.kind, str(problem.message)
        if limit is not None and (alike[same] == _SHOWN_ALIKE or of_kind[problem.kind] == limit):
            left[problem.kind] += 1
            continue
        alike[same] += 1
        of_kind[problem.kind] += 1
        click.echo(f"{problem.severity}: {problem}", err=True)
    for kind, number in sorted(left.items()):
        click.echo(f"… and {number} more: {kind} (check --all names them)", err=True)


def progress(text: str) -> None:
    """Say what is being done, on a terminal only: output stays quiet in CI."""
    if sys.stderr.isatty() and not os.environ.get("CI"):
        click.echo(text, err=True)
