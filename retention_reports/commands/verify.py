"""`retention-reports verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports import __version__
from retention_reports.commands.language import spoken_in
from retention_reports.commands.messages import show_problems
from retention_reports.commands.options import Failure, data_option, errors_as_messages
from retention_reports.commands.printing import echo
from retention_reports.engine.verifying import verify
from retention_reports.errors import DataError
from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.engine.verifying import Verdict
    from retention_reports.messages import Message

_SHOWN_FIGURES = 40


@click.command()
@click.argument("folder", metavar="REPORT_FOLDER", type=click.Path(path_type=Path, file_okay=False, exists=True))
@data_option
def command(folder: Path, data: Path) -> None:
    """Build a report again from the commit it names, and say whether it is the same."""
    language = spoken_in(data / folder.resolve().parent.name)
    with errors_as_messages(language):
        try:
            verdict = verify(folder, data)
        except DataError as error:
            show_problems(error.problems, language)
            raise Failure(say("verify.errors_of_then", folder=str(folder)), language) from error
    key = "verify.same" if verdict.is_same else "verify.differs"
    echo(say(key, folder=str(folder), commit=verdict.report.commit[:12]).said_in(language))
    if not verdict.is_same:
        for line in _lines(verdict):
            echo(line.said_in(language))
        sys.exit(1)


def _lines(verdict: Verdict) -> Iterator[Message]:
    if verdict.report.tool_version != __version__:
        yield say("verify.other_version", then=verdict.report.tool_version, now=__version__)
    for name in verdict.edited:
        yield say("verify.edited", file=name)
    for name in verdict.different:
        yield say("verify.different", file=name)
    for change in verdict.figures[:_SHOWN_FIGURES]:
        yield say("verify.figure", figure=change.key, then=str(change.then), now=str(change.now))
    if len(verdict.figures) > _SHOWN_FIGURES:
        yield say("verify.more_figures", n=len(verdict.figures) - _SHOWN_FIGURES)
