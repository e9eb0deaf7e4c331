"""`retention-reports verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports import __version__
from retention_reports.commands.messages import show_problems
from retention_reports.commands.options import Failure, data_option, errors_as_messages
from retention_reports.engine.verifying import verify
from retention_reports.errors import DataError

if TYPE_CHECKING:
    from retention_reports.engine.verifying import Verdict

_SHOWN_FIGURES = 40


@click.command()
@click.argument("folder", metavar="REPORT_FOLDER", type=click.Path(path_type=Path, file_okay=False, exists=True))
@data_option
def command(folder: Path, data: Path) -> None:
    """Build a report again from the commit it names, and say whether it is the same."""
    with errors_as_messages():
        try:
            verdict = verify(folder, data)
        except DataError as error:
            show_problems(error.problems)
            message = f"{folder}: by today's rules the data of then has errors"
            raise Failure(message) from error
    commit = verdict.report.commit[:12]
    if verdict.is_same:
        click.echo(f"same: {folder} (built again from commit {commit})")
        return
    click.echo(f"differs: {folder} (built again from commit {commit})")
    _show(verdict)
    sys.exit(1)


def _show(verdict: Verdict) -> None:
    if verdict.report.tool_version != __version__:
        click.echo(f"made with retention-reports {verdict.report.tool_version}; this is {__version__}")
    for name in verdict.edited:
        click.echo(f"{name}: changed since it was written")
    for name in verdict.different:
        click.echo(f"{name}: comes out otherwise")
    for change in verdict.figures[:_SHOWN_FIGURES]:
        click.echo(f"  {change.key}: {change.then} in the report, {change.now} today")
    if len(verdict.figures) > _SHOWN_FIGURES:
        click.echo(f"  … and {len(verdict.figures) - _SHOWN_FIGURES} more figures")
