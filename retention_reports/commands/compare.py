"""`retention-reports compare`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from retention_reports import pipeline
from retention_reports.commands.messages import counted, plural, show_problems
from retention_reports.commands.options import (
    Failure,
    client_argument,
    data_option,
    errors_as_messages,
    known_clients,
    quarter_argument,
)
from retention_reports.errors import DataError
from retention_reports.model.figure_changes import changed_figures
from retention_reports.model.row_changes import How
from retention_reports.reading.past import data_at, data_place
from retention_reports.restating import rows_since

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_reports.model.figure_changes import FigureChange
    from retention_reports.model.row_changes import RowChange, TableChanges

_SHOWN = 40
_SIGNS = {How.ADDED: "+", How.CORRECTED: "~", How.DELETED: "-"}


@click.command()
@client_argument
@quarter_argument
@click.option("--with", "revision", required=True, metavar="REVISION", help="A commit, branch or tag to compare with.")
@data_option
@click.option("--all", "everything", is_flag=True, help="Print every figure and row, not only the first ones.")
def command(client: str, quarter: str, revision: str, data: Path, *, everything: bool) -> None:
    """Compare a quarter's figures and rows with those of another state of the data."""
    limit = None if everything else _SHOWN
    with errors_as_messages():
        name = known_clients(data, (client,))[0]
        try:
            now = pipeline.load_client(data / name)
            chosen = pipeline.chosen_quarters(now, quarter)[0]
            place = data_place(data, revision)
            with data_at(place, (name,)) as past:
                shown_as = f"{place.revision.commit[:12]}:{name}"
                then = pipeline.load_client(past.folder / name, shown_as=shown_as, origin=past.origins[name])
                old = json.loads(pipeline.build_report(then, chosen, ("json",))["figures.json"])
            figures = changed_figures(old, json.loads(pipeline.build_report(now, chosen, ("json",))["figures.json"]))
            rows = rows_since(now.folder, chosen, data, place.revision.commit)
        except DataError as error:
            show_problems(error.problems)
            message = f"{name}: {counted(error.problems)}"
            raise Failure(message) from error
    _show_figures(figures, place.revision.commit[:12], limit)
    _show_rows(rows, limit)
    sys.exit(0)


def _show_figures(changes: Sequence[FigureChange], commit: str, limit: int | None) -> None:
    click.echo(f"{plural(len(changes), 'figure')} other than in {commit}")
    for change in changes[:limit]:
        click.echo(f"  {change.key}: {change.then} -> {change.now}")
    _more(len(changes), limit)


def _show_rows(tables: Sequence[TableChanges], limit: int | None) -> None:
    for entry in tables:
        click.echo(f"{entry.table}: {entry.added} added, {entry.corrected} corrected, {entry.deleted} deleted")
        for change in entry.rows[:limit]:
            click.echo(f"  {_line(change)}")
        _more(len(entry.rows), limit)


def _line(change: RowChange) -> str:
    text = f"{_SIGNS[change.how]} {change.row}"
    return f"{text} {change.column}: {change.then} -> {change.now}" if change.column else text


def _more(number: int, limit: int | None) -> None:
    if limit is not None and number > limit:
        click.echo(f"  … and {number - limit} more (--all prints them)")
