"""`retention-reports compare`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from retention_reports import pipeline
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import (
    Failure,
    client_argument,
    data_option,
    errors_as_messages,
    known_client,
    quarter_argument,
)
from retention_reports.commands.printing import echo
from retention_reports.commands.values import told_cell
from retention_reports.errors import DataError
from retention_reports.messages import say
from retention_reports.model.figure_changes import changed_figures
from retention_reports.model.row_changes import SEPARATOR, How
from retention_reports.model.schema import TABLE_BY_NAME
from retention_reports.reading.past import data_at, data_place
from retention_reports.restating import rows_since

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retention_reports.messages import Message
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
    folder, language = known_client(data, client)
    name = folder.name
    with errors_as_messages(language):
        try:
            now = pipeline.load_client(folder)
            chosen = pipeline.chosen_quarters(now, quarter)[0]
            place = data_place(data, revision)
            with data_at(place, (name,)) as past:
                shown_as = f"{place.revision.commit[:12]}:{name}"
                then = pipeline.load_client(past.folder / name, shown_as=shown_as, origin=past.origins[name])
                old = json.loads(pipeline.build_report(then, chosen, ("json",))["figures.json"])
            figures = changed_figures(old, json.loads(pipeline.build_report(now, chosen, ("json",))["figures.json"]))
            rows = rows_since(now.folder, chosen, data, place.revision.commit)
        except DataError as error:
            show_problems(error.problems, language)
            raise Failure(say("commands.client_has", client=name, counted=counted(error.problems)), language) from error
    _show_figures(figures, say("compare.figures", n=len(figures), commit=place.revision.commit[:12]), language, limit)
    _show_rows(rows, language, limit)
    sys.exit(0)


def _show_figures(changes: Sequence[FigureChange], heading: Message, language: str, limit: int | None) -> None:
    echo(heading.said_in(language))
    for change in changes[:limit]:
        echo(f"  {change.key}: {change.then} -> {change.now}")
    _more(len(changes), language, limit)


def _show_rows(tables: Sequence[TableChanges], language: str, limit: int | None) -> None:
    for entry in tables:
        heading = say(
            "compare.rows", table=entry.table, added=entry.added, corrected=entry.corrected, deleted=entry.deleted
        )
        echo(heading.said_in(language))
        for change in entry.rows[:limit]:
            echo(f"  {_line(change, language)}")
        _more(len(entry.rows), language, limit)


def _line(change: RowChange, language: str) -> str:
    """Return a row by its id, and what has changed; of rows without an id only the first cell where others may tell."""
    schema = TABLE_BY_NAME[change.table]
    first, *others = change.row.split(SEPARATOR) if not schema.key else (change.row,)
    hidden = others and any(column.is_personal for column in schema.columns)
    label = SEPARATOR.join([first, told_cell(SEPARATOR.join(others), language)]) if hidden else change.row
    text = f"{_SIGNS[change.how]} {label}"
    if not change.column:
        return text
    then, now = change.then, change.now
    if schema.column(change.column).is_personal:
        then, now = told_cell(then, language), told_cell(now, language)
    return f"{text} {change.column}: {then} -> {now}"


def _more(number: int, language: str, limit: int | None) -> None:
    if limit is not None and number > limit:
        echo(f"  {say('compare.more', n=number - limit).said_in(language)}")
