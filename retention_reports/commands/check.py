"""`retention-reports check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import SHOWN_OF_A_KIND, counted, show_problems
from retention_reports.commands.options import clients_argument, data_option, known_clients
from retention_reports.errors import DataError
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@clients_argument
@data_option
@click.option("--all", "everything", is_flag=True, help="Name every problem, not only the first 20 of a kind.")
def command(clients: tuple[str, ...], data: Path, *, everything: bool) -> None:
    """Check the data of all clients, or of those named, and write nothing."""
    failed = 0
    for name in known_clients(data, clients):
        try:
            problems = load_client(data / name).warnings
            click.echo(f"{name}: {counted(problems)}")
        except DataError as error:
            problems = error.problems
            click.echo(f"{name}: {counted(problems)}")
            failed = 1
        show_problems(problems, limit=None if everything else SHOWN_OF_A_KIND)
    sys.exit(failed)
