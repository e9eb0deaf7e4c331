"""`retention-reports changed`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.messages import tell
from retention_reports.commands.options import data_option, errors_as_messages
from retention_reports.messages import say
from retention_reports.reading.changed_clients import changed_clients

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--since", required=True, metavar="REVISION", help="Zeros or nothing, as at a first push: all clients.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="One name a line, or one list.",
)
@data_option
def command(since: str, layout: str, data: Path) -> None:
    """Name the clients whose committed data has changed since a commit."""
    language = spoken_for_all(data)
    with errors_as_messages(language):
        found = changed_clients(data, since)
    if found.reason is not None:
        tell(say("changed.all_clients", reason=found.reason), language)
    for name in found.deleted:
        tell(say("changed.deleted", client=name), language)
    if layout == "json":
        click.echo(json.dumps(found.clients))
    else:
        for name in found.clients:
            click.echo(name)
