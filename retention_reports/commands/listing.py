"""`retention-reports list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_in
from retention_reports.commands.messages import counted
from retention_reports.commands.options import data_option, known_clients
from retention_reports.errors import DataError
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@data_option
def command(data: Path) -> None:
    """Name the clients and their quarters."""
    failed = 0
    for name in known_clients(data, ()):
        try:
            quarters = load_client(data / name).quarters
            click.echo(f"{name}: {', '.join(str(quarter) for quarter in quarters)}")
        except DataError as error:
            click.echo(f"{name}: {counted(error.problems).said_in(spoken_in(data / name))}")
            failed = 1
    sys.exit(failed)
