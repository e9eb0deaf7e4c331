"""`retention-reports serve`."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

import click

from retention_reports.commands.options import Failure, client_argument, data_option, known_client, quarters_begun
from retention_reports.commands.printing import echo
from retention_reports.messages import say
from retention_reports.serving.page import Page
from retention_reports.serving.rebuilding import rebuild_on_change
from retention_reports.serving.server import ReportServer

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@client_argument
@click.option(
    "--quarter",
    metavar="QUARTER",
    shell_complete=quarters_begun,
    help="Quarter such as 2026-Q3. Default: the newest complete one.",
)
@data_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes one that is free."
)
def command(client: str, quarter: str | None, data: Path, port: int) -> None:
    """Show a client's report in the browser, and again after each change of its files; on this machine alone."""
    folder, language = known_client(data, client)
    page, ended = Page(), Event()
    try:
        server = ReportServer(page, port)
    except OSError as error:
        taken = say("commands.port", port=str(port), reason=str(error.strerror))
        raise Failure(taken, language) from error
    watcher = Thread(target=rebuild_on_change, args=(page, folder, quarter, ended, language), daemon=True)
    watcher.start()
    echo(say("commands.serving", url=server.url).said_in(language))
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()
    ended.set()
    watcher.join()
