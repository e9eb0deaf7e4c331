"""`retention-reports check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.annotations import ANNOTATIONS, Told
from retention_reports.commands.language import spoken_in
from retention_reports.commands.messages import counted, show_problems, tell
from retention_reports.commands.one_client import Failures
from retention_reports.commands.options import clients_argument, data_option, known_clients
from retention_reports.commands.printing import echo
from retention_reports.commands.values import told_problem
from retention_reports.errors import DataError, Severity
from retention_reports.messages import say
from retention_reports.pipeline import load_client
from retention_reports.reading.alike import SHOWN_OF_A_KIND
from retention_reports.since_last import renumbered_since_last
from retention_reports.validation.folder import check_rows
from retention_reports.writing.rejected_file import rejected_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem
    from retention_reports.validation.row_fates import RejectedRow

TEXT = "text"


@click.command()
@clients_argument
@data_option
@click.option("--all", "everything", is_flag=True, help="Name every problem, not only the first of each cause.")
@click.option(
    "--format",
    "--annotations",
    "form",
    type=click.Choice([TEXT, *ANNOTATIONS]),
    default=TEXT,
    show_default=True,
    help="Name the problems as people, programs (json, sarif), or GitHub and GitLab read them at file and line.",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every row that is refused or left out, and why, into this CSV file.",
)
def command(clients: tuple[str, ...], data: Path, form: str, rejected: Path | None, *, everything: bool) -> None:
    """Check the data of all clients, or of those named, and write nothing."""
    limit = None if everything else SHOWN_OF_A_KIND
    found: list[Told] = []
    rows: list[RejectedRow] = []
    failures = Failures()
    known = known_clients(data, clients)
    for name in known:
        language = spoken_in(data / name)
        with failures.of(name, language):
            problems = _problems(data / name)
            echo(f"{name}: {counted(problems).said_in(language)}", err=form != TEXT)
            if form == TEXT:
                show_problems(problems, language, limit)
            found.append(Told(name, [told_problem(problem) for problem in problems], language, limit))
            if rejected is not None:
                rows += _rejected_rows(data / name, language)
    if rejected is not None:
        rejected.write_bytes(rejected_csv(rows, spoken_in(data / known[0])))
    if form != TEXT:
        click.echo(ANNOTATIONS[form](found))
    sys.exit(
        1
        if failures.any or any(problem.severity is Severity.ERROR for told in found for problem in told.problems)
        else 0
    )


def _problems(folder: Path) -> Sequence[Problem]:
    try:
        client = load_client(folder)
    except DataError as error:
        return (*error.problems, *renumbered_since_last(folder))
    doubts = client.doubts_about(client.newest_quarter)
    return (*client.misjudged_decisions(), *client.warnings, *doubts, *client.remarks, *client.since_last(folder))


def _rejected_rows(folder: Path, language: str) -> Sequence[RejectedRow]:
    """Tell for each file where its rows went, and return those that no figure uses."""
    fates = check_rows(folder)
    for file in fates.files:
        message = say(
            "rejected.file",
            path=file.path,
            table=file.table,
            n=file.rows_in,
            used=file.used,
            left_out=file.left_out,
            refused=file.refused,
        )
        tell(message, language)
    return fates.rejected
