"""`retention-reports check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.annotations import Told, github_annotations, gitlab_annotations
from retention_reports.commands.language import spoken_in
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import clients_argument, data_option, known_clients
from retention_reports.errors import DataError, Severity
from retention_reports.pipeline import load_client
from retention_reports.reading.alike import SHOWN_OF_A_KIND
from retention_reports.since_last import renumbered_since_last

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_reports.errors import Problem


@click.command()
@clients_argument
@data_option
@click.option("--all", "everything", is_flag=True, help="Name every problem, not only the first of each cause.")
@click.option(
    "--annotations",
    type=click.Choice(["github", "gitlab"]),
    help="Name the problems as GitHub or GitLab shows them at file and line.",
)
def command(clients: tuple[str, ...], data: Path, annotations: str | None, *, everything: bool) -> None:
    """Check the data of all clients, or of those named, and write nothing."""
    limit = None if everything else SHOWN_OF_A_KIND
    found: list[Told] = []
    for name in known_clients(data, clients):
        problems, language = _problems(data / name), spoken_in(data / name)
        click.echo(f"{name}: {counted(problems).said_in(language)}", err=annotations is not None)
        if annotations is None:
            show_problems(problems, language, limit)
        found.append(Told(problems, language, limit))
    if annotations is not None:
        click.echo(github_annotations(found) if annotations == "github" else gitlab_annotations(found))
    sys.exit(1 if any(problem.severity is Severity.ERROR for told in found for problem in told.problems) else 0)


def _problems(folder: Path) -> Sequence[Problem]:
    try:
        client = load_client(folder)
    except DataError as error:
        return (*error.problems, *renumbered_since_last(folder))
    return (*client.warnings, *client.doubts_about(client.newest_quarter), *client.remarks, *client.since_last(folder))
