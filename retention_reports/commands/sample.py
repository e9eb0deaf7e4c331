"""`retention-reports sample`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.options import Failure
from retention_reports.commands.printing import echo
from retention_reports.messages import say
from retention_reports.samples import DEFAULT_SEED, DEFAULT_UNTIL, SAMPLE_KINDS, SampleKind, write_sample

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@click.argument("kind", type=click.Choice(SAMPLE_KINDS))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--customers", type=click.IntRange(min=10), metavar="N", help="Customers who ever bought. Default: the kind's own."
)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="The same seed gives the same files.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default=DEFAULT_UNTIL.isoformat(),
    show_default=True,
    metavar="DAY",
    help="The last day on which anything happened.",
)
def command(kind: SampleKind, folder: Path, customers: int | None, seed: int, until: datetime) -> None:
    """Write an invented client into FOLDER, which must be new or empty."""
    language = spoken_for_all(folder.parent)
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise Failure(say("commands.not_empty", folder=str(folder)), language)
        write_sample(kind, folder, seed=seed, customers=customers, until=until.date())
    except OSError as error:
        refused = say("writing.refused", path=str(error.filename or folder), reason=str(error.strerror))
        raise Failure(refused, language) from error
    echo(folder)
