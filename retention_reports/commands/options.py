"""Options and arguments that several commands have."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from retention_reports.commands.language import spoken_for_all, spoken_in
from retention_reports.commands.printing import echo, harmless
from retention_reports.commands.values import told
from retention_reports.errors import RetentionReportsError, UnknownNameError
from retention_reports.messages import say
from retention_reports.reading.clients import (
    client_path,
    folders_without_settings,
    list_clients,
    misnamed_clients,
    missing_settings,
)
from retention_reports.writing.report_files import FORMATS, ON_REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.messages import Message


class _Folder(click.Path):
    """A folder, there or to be made, by a name that the system can take."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 -- the interface's
        """Return the path."""
        try:
            Path(value).lstat()
        except (FileNotFoundError, PermissionError):
            pass
        except (OSError, ValueError) as error:
            self.fail(str(say("commands.no_folder", reason=getattr(error, "strerror", None) or str(error))), param, ctx)
        return super().convert(value, param, ctx)


class OrdinaryFile(click.Path):
    """A file that is there, and no pipe or device, at which reading would wait or never end."""

    def __init__(self) -> None:
        """Take a file that exists."""
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 -- the interface's
        """Return the path."""
        path = super().convert(value, param, ctx)
        if not Path(value).is_file():
            self.fail(str(say("commands.no_file", path=str(path), reason=say("files.not_regular"))), param, ctx)
        return path


_FOLDER = _Folder(path_type=Path, file_okay=False)


def _clients_begun(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Return the clients whose names begin so, for the shell to complete."""
    data = ctx.params.get("data") or Path("data")
    return [name for name in list_clients(data) if name.startswith(begun)] if data.is_dir() else []


def quarters_begun(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Return the quarters of the client already typed that begin so, the newest first, for the shell to complete."""
    # Where an option still lacks its value, Click leaves what was typed before it among the arguments.
    typed = ctx.params.get("clients") or ctx.params.get("client") or ctx.args
    names = (typed,) if isinstance(typed, str) else typed
    folder = (ctx.params.get("data") or Path("data")) / names[0] if names else None
    if folder is None or not folder.is_dir():
        return []
    try:
        quarters = import_module("retention_reports.pipeline").load_client(folder).quarters
    except RetentionReportsError:
        return []
    return [str(quarter) for quarter in reversed(quarters) if str(quarter).startswith(begun)]


clients_argument = click.argument("clients", nargs=-1, metavar="[CLIENT]...", shell_complete=_clients_begun)
client_argument = click.argument("client", metavar="CLIENT", shell_complete=_clients_begun)
quarter_argument = click.argument("quarter", metavar="QUARTER", shell_complete=quarters_begun)
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


class Failure(click.ClickException):
    """Something that could not be done: a message in a language, without a traceback."""

    exit_code = 1

    def __init__(self, message: Message, language: str) -> None:
        """Say the message."""
        super().__init__(told(message).said_in(language))
        self._label = say("data.refusal").said_in(language)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message on standard error."""
        click.echo(harmless(f"{self._label}: {self.message}"), file=file, err=file is None)


class Refusal(Failure):
    """Wrong use."""

    exit_code = 2


@contextmanager
def errors_as_messages(language: str) -> Iterator[None]:
    """Turn errors that the user can mend into messages: wrong use ends with 2, what could not be done with 1."""
    try:
        yield
    except UnknownNameError as error:
        raise Refusal(error.message, language) from error
    except RetentionReportsError as error:
        raise Failure(error.message, language) from error


def read_formats(_context: click.Context, parameter: click.Parameter, text: str) -> tuple[str, ...]:
    """Split `html,pdf` and refuse what is no format."""
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    known = (*FORMATS, *ON_REQUEST)
    unknown = [part for part in wanted if part not in known]
    if unknown or not wanted:
        message = say("commands.no_format", given=", ".join(unknown), formats=", ".join(known))
        raise click.BadParameter(str(message), param=parameter)
    return wanted


def known_clients(data: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Return the clients named, or all where none is.

    Raises:
        Refusal: there is no such client, or none at all.
    """
    language = spoken_for_all(data)
    with errors_as_messages(language):
        for name in names:
            client_path(data, name)
    if not names:
        _tell_what_is_no_client(data, language)
    known = list_clients(data)
    if not known:
        raise Refusal(say("clients.none", place=data.as_posix(), example=say("clients.example")), language)
    return tuple(dict.fromkeys(names)) or known


def known_client(data: Path, name: str) -> tuple[Path, str]:
    """Return the folder of the client named, and the language in which to speak of it.

    Raises:
        Refusal: there is no such client.
    """
    folder = data / known_clients(data, (name,))[0]
    return folder, spoken_in(folder)


def sole_client(data: Path) -> str:
    """Return the name of the only client there is, for commands whose option `--client` names another.

    Raises:
        Refusal: there are several, or none.
    """
    known = list_clients(data)
    if len(known) != 1:
        raise Refusal(say("commands.which_client", names=", ".join(known)), spoken_for_all(data))
    return known[0]


def _tell_what_is_no_client(data: Path, language: str) -> None:
    label = say("data.warning").said_in(language)
    left_out = [say("clients.misnamed", path=(data / name).as_posix()) for name in misnamed_clients(data)]
    for message in (*left_out, *(missing_settings(data / name) for name in folders_without_settings(data))):
        echo(f"{label}: {message.said_in(language)}", err=True)
