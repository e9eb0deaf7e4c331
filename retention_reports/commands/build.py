"""`retention-reports build`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports import pipeline
from retention_reports.commands.messages import counted, progress, show_problems
from retention_reports.commands.options import clients_argument, data_option, known_clients, output_option, read_formats
from retention_reports.errors import DataError, RetentionReportsError, UnknownNameError
from retention_reports.index import write_index

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@clients_argument
@click.option(
    "--quarter", metavar="QUARTER", help="Quarter such as 2026-Q3, or `all`. Default: the newest complete one."
)
@data_option
@output_option
@click.option(
    "--format",
    "formats",
    default="html,pdf,json",
    show_default=True,
    callback=read_formats,
    help="Which files to write.",
)
def command(clients: tuple[str, ...], quarter: str | None, data: Path, output: Path, formats: tuple[str, ...]) -> None:
    """Check the data of all clients, or of those named, and write their reports."""
    names = known_clients(data, clients)
    failed = 0
    for number, name in enumerate(names, start=1):
        try:
            client = pipeline.load_client(data / name)
            show_problems(client.folder.warnings)
            for report_quarter in pipeline.chosen_quarters(client, quarter):
                progress(f"[{number}/{len(names)}] {name} {report_quarter}")
                click.echo(pipeline.write_report(output, client, report_quarter, formats))
        except RetentionReportsError as error:
            failed = max(failed, _report_failure(name, error))
    failed = max(failed, _write_index(output))
    sys.exit(failed)


def _report_failure(name: str, error: RetentionReportsError) -> int:
    if isinstance(error, DataError):
        click.echo(f"{name}: no report, {counted(error.problems)}", err=True)
        show_problems(error.problems)
        return 1
    click.echo(f"{name}: {error}", err=True)
    return 2 if isinstance(error, UnknownNameError) else 1


def _write_index(output: Path) -> int:
    try:
        write_index(output)
    except RetentionReportsError as error:
        click.echo(str(error), err=True)
        return 1
    return 0
