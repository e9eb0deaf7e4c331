"""In which language commands speak: the one asked for, else the client's own, else English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention_reports.messages import LANGUAGES
from retention_reports.reading.clients import common_language, language_of

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "RETENTION_REPORTS_LANGUAGE"
_CHOSEN = "retention_reports.language"


def language_option() -> click.Option:
    """Return the option that every command has; its value is kept with the call, not handed to the command."""
    return click.Option(
        ["--language"],
        type=click.Choice(LANGUAGES),
        envvar=VARIABLE,
        show_envvar=True,
        expose_value=False,
        is_eager=True,
        callback=_keep,
        help="Language of messages; reports keep the client's. Default: the client's, English where there is none.",
    )


def spoken_in(folder: Path) -> str:
    """Return the language in which to speak of the client in a folder."""
    return _chosen() or language_of(folder)


def spoken_for_all(data: Path) -> str:
    """Return the language in which to speak of a data folder: that of all its clients, English where they differ."""
    return _chosen() or common_language(data)


def _keep(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    # A group of commands has the option, and so has each of its commands: the one that is given counts.
    context.meta[_CHOSEN] = value or context.meta.get(_CHOSEN)


def _chosen() -> str | None:
    context = click.get_current_context(silent=True)
    chosen: str | None = None if context is None else context.meta.get(_CHOSEN)
    return chosen
