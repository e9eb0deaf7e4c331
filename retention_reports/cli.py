"""Options in, messages and exit codes out; nothing else.

Exit codes: 0 all done; 1 a client's data has errors or a report could not be written; 2 wrong use (unknown client,
quarter, option). Modules that cost time are loaded by the commands that need them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports import __version__
from retention_reports.errors import DataError, RetentionReportsError, Severity, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem

SHOWN_OF_A_KIND = 20
DATA_PROBLEM = 1
WRONG_USE = 2
FORMATS = ("html", "pdf", "json")

_data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="Folder with one folder a client.",
)
_clients_argument = click.argument("clients", nargs=-1, metavar="[CLIENT]...")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="retention-reports")
def main() -> None:
    """Build quarterly customer reviews from the customer and order files in a git-tracked folder."""


@main.command()
@_clients_argument
@click.option(
    "--quarter", metavar="QUARTER", help="Quarter such as 2026-Q3, or `all`. Default: the newest complete one."
)
@_data_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder for the reports.",
)
@click.option("--format", "formats", default="html,pdf,json", show_default=True, help="Which files to write.")
def build(clients: tuple[str, ...], quarter: str | None, data: Path, output: Path, formats: str) -> None:
    """Check the data of all clients, or of those named, and write their reports."""
    wanted = _formats(formats)
    names = _known_clients(data, clients)
    from retention_reports import pipeline  # noqa: PLC0415 -- brings pandas

    failed = 0
    for number, name in enumerate(names, start=1):
        try:
            client = pipeline.load_client(data / name)
            _show(client.folder.warnings, limit=SHOWN_OF_A_KIND)
            for report_quarter in pipeline.chosen_quarters(client, quarter):
                _progress(f"[{number}/{len(names)}] {name} {report_quarter}")
                click.echo(pipeline.write_report(output, client, report_quarter, wanted))
        except RetentionReportsError as error:
            failed = max(failed, _report_failure(name, error))
    failed = max(failed, _write_index(output))
    sys.exit(failed)


@main.command()
@_clients_argument
@_data_option
@click.option("--all", "everything", is_flag=True, help="Name every problem, not only the first 20 of a kind.")
def check(clients: tuple[str, ...], data: Path, *, everything: bool) -> None:
    """Check the data of all clients, or of those named, and write nothing."""
    from retention_reports.pipeline import load_client  # noqa: PLC0415 -- brings pandas

    failed = 0
    for name in _known_clients(data, clients):
        try:
            problems = load_client(data / name).folder.warnings
            click.echo(f"{name}: {_counted(problems)}")
        except DataError as error:
            problems = error.problems
            click.echo(f"{name}: {_counted(problems)}")
            failed = DATA_PROBLEM
        _show(problems, limit=None if everything else SHOWN_OF_A_KIND)
    sys.exit(failed)


@main.command(name="list")
@_data_option
def list_clients_and_quarters(data: Path) -> None:
    """Name the clients and their quarters."""
    from retention_reports.pipeline import load_client  # noqa: PLC0415 -- brings pandas

    failed = 0
    for name in _known_clients(data, ()):
        try:
            quarters = load_client(data / name).quarters
            click.echo(f"{name}: {', '.join(str(quarter) for quarter in quarters)}")
        except DataError as error:
            click.echo(f"{name}: {_counted(error.problems)}")
            failed = DATA_PROBLEM
    sys.exit(failed)


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown or not wanted:
        message = f"{', '.join(unknown) or 'nothing'} is not a format; there are {', '.join(FORMATS)}"
        raise click.BadParameter(message, param_hint="--format")
    return wanted


def _known_clients(data: Path, names: Sequence[str]) -> tuple[str, ...]:
    from retention_reports.reading.folder import client_path, list_clients  # noqa: PLC0415 -- brings pydantic

    try:
        for name in names:
            client_path(data, name)
    except UnknownNameError as error:
        raise _Refusal(str(error)) from error
    known = list_clients(data)
    if not known:
        message = f"no client in {data} (each client is a folder there with a client.toml)"
        raise _Refusal(message)
    return tuple(dict.fromkeys(names)) or known


class _Refusal(click.ClickException):
    """A message for wrong use, without a traceback."""

    exit_code = WRONG_USE


def _report_failure(name: str, error: RetentionReportsError) -> int:
    if isinstance(error, DataError):
        click.echo(f"{name}: no report, {_counted(error.problems)}", err=True)
        _show(error.problems, limit=SHOWN_OF_A_KIND)
        return DATA_PROBLEM
    click.echo(f"{name}: {error}", err=True)
    return WRONG_USE if isinstance(error, UnknownNameError) else DATA_PROBLEM


def _write_index(output: Path) -> int:
    from retention_reports.index import write_index  # noqa: PLC0415 -- brings Jinja

    try:
        write_index(output)
    except RetentionReportsError as error:
        click.echo(str(error), err=True)
        return DATA_PROBLEM
    return 0


def _counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return f"{_plural(errors, 'error')}, {_plural(warnings, 'warning')}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _show(problems: Sequence[Problem], limit: int | None) -> None:
    """Print problems, the first few of each kind, and count the rest."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.kind] += 1
        if limit is None or seen[problem.kind] <= limit:
            click.echo(f"{problem.severity}: {problem}", err=True)
    for kind, number in sorted(seen.items()):
        if limit is not None and number > limit:
            click.echo(f"… and {number - limit} more: {kind} (retention-reports check --all names them)", err=True)


def _progress(text: str) -> None:
    """Say what is being done, on a terminal only: output stays quiet in CI."""
    if sys.stderr.isatty() and not os.environ.get("CI"):
        click.echo(text, err=True)
