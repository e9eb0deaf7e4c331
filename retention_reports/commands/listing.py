"""`retention-reports list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_in
from retention_reports.commands.messages import counted
from retention_reports.commands.one_client import Failures
from retention_reports.commands.options import data_option, known_clients
from retention_reports.commands.printing import echo
from retention_reports.errors import DataError
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@data_option
def command(data: Path) -> None:
    """Name the clients and their quarters."""
    failures = Failures()
    refused = False
    for name in known_clients(data, ()):
        with failures.of(name, spoken_in(data / name)):
            try:
                quarters = load_client(data / name).quarters
                echo(f"{name}: {', '.join(str(quarter) for quarter in quarters)}")
            except DataError as error:
                echo(f"{name}: {counted(error.problems).said_in(spoken_in(data / name))}")
                refused = True
    sys.exit(1 if refused or failures.any else 0)
