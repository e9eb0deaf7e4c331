"""Options and arguments that several commands have."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.errors import RetentionReportsError, UnknownNameError
from retention_reports.reading.clients import client_path, list_clients, misnamed_clients

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FORMATS = ("html", "pdf", "json", "actions")
_FOLDER = click.Path(path_type=Path, file_okay=False)

clients_argument = click.argument("clients", nargs=-1, metavar="[CLIENT]...")
client_argument = click.argument("client", metavar="CLIENT")
quarter_argument = click.argument("quarter", metavar="QUARTER")
data_option = click.option(
    "--data",
    type=_FOLDER,
    default=Path("data"),
    show_default=True,
    help="Folder with one folder a client.",
)
output_option = click.option(
    "--output", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the reports."
)


class Refusal(click.ClickException):
    """A message for wrong use, without a traceback."""

    exit_code = 2


class Failure(click.ClickException):
    """A message for something that could not be done, without a traceback."""

    exit_code = 1


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """Turn errors that the user can mend into messages: wrong use ends with 2, what could not be done with 1."""
    try:
        yield
    except UnknownNameError as error:
        raise Refusal(str(error)) from error
    except RetentionReportsError as error:
        raise Failure(str(error)) from error


def read_formats(_context: click.Context, parameter: click.Parameter, text: str) -> tuple[str, ...]:
    """Split `html,pdf` and refuse what is no format."""
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown or not wanted:
        message = f"{', '.join(unknown) or 'nothing'} is not a format; there are {', '.join(FORMATS)}"
        raise click.BadParameter(message, param=parameter)
    return wanted


def known_clients(data: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Return the clients named, or all where none is.

    Raises:
        Refusal: there is no such client, or none at all.
    """
    with errors_as_messages():
        for name in names:
            client_path(data, name)
    for name in () if names else misnamed_clients(data):
        place = (data / name).as_posix()
        click.echo(f"warning: {place}: is left out (rename it: small letters, digits, - and _ only)", err=True)
    known = list_clients(data)
    if not known:
        message = f"no client in {data} (each client is a folder there with a client.toml)"
        raise Refusal(message)
    return tuple(dict.fromkeys(names)) or known
