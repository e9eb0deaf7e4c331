"""`retention-reports check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.annotations import github_annotations, gitlab_annotations
from retention_reports.commands.messages import SHOWN_OF_A_KIND, counted, show_problems
from retention_reports.commands.options import clients_argument, data_option, known_clients
from retention_reports.errors import DataError, Severity
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_reports.errors import Problem


@click.command()
@clients_argument
@data_option
@click.option("--all", "everything", is_flag=True, help="Name every problem, not only the first 20 of a kind.")
@click.option(
    "--annotations",
    type=click.Choice(["github", "gitlab"]),
    help="Name every problem as GitHub or GitLab shows it at file and line.",
)
def command(clients: tuple[str, ...], data: Path, annotations: str | None, *, everything: bool) -> None:
    """Check the data of all clients, or of those named, and write nothing."""
    found: list[Problem] = []
    for name in known_clients(data, clients):
        problems = _problems(data / name)
        click.echo(f"{name}: {counted(problems)}", err=annotations is not None)
        if annotations is None:
            show_problems(problems, limit=None if everything else SHOWN_OF_A_KIND)
        found += problems
    if annotations is not None:
        click.echo(github_annotations(found) if annotations == "github" else gitlab_annotations(found))
    sys.exit(1 if any(problem.severity is Severity.ERROR for problem in found) else 0)


def _problems(folder: Path) -> Sequence[Problem]:
    try:
        return load_client(folder).warnings
    except DataError as error:
        return error.problems
