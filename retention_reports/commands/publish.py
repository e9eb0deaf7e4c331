"""`retention-reports publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_in
from retention_reports.commands.options import (
    Failure,
    client_argument,
    data_option,
    errors_as_messages,
    output_option,
    quarter_argument,
)
from retention_reports.commands.printing import echo
from retention_reports.engine.verifying import FIGURES, read_report
from retention_reports.messages import say
from retention_reports.reading.past import data_place
from retention_reports.writing.files import sweep
from retention_reports.writing.names import check_name
from retention_reports.writing.publication import publish_report
from retention_reports.writing.record import is_whole

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@client_argument
@quarter_argument
@data_option
@output_option
@click.option("--again", is_flag=True, help="Publish a second time, in place of what was published.")
def command(client: str, quarter: str, data: Path, output: Path, *, again: bool) -> None:
    """Record a report as handed over: tag its data with the figures as they were said."""
    language = spoken_in(data / client)
    with errors_as_messages(language):
        check_name(f"{client}/{quarter}")
        sweep(output, (client,))
        folder = output / client / quarter
        report = read_report(folder)
        if not is_whole(folder) or (report.client, report.quarter) != (client, quarter):
            raise Failure(say("commands.not_as_built", folder=str(folder), client=client), language)
        place = data_place(data, report.commit)
        tag = publish_report(
            place.repository,
            client,
            quarter,
            commit=report.commit,
            figures=(folder / FIGURES).read_bytes(),
            tool_version=report.tool_version,
            again=again,
        )
    echo(say("commands.published", tag=tag, commit=report.commit[:12]).said_in(language))
