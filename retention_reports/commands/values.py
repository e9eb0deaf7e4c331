"""Whether commands show what cells say that are about persons: only where they are asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention_reports.messages import HIDDEN

if TYPE_CHECKING:
    from retention_reports.errors import Problem
    from retention_reports.messages import Message

_CHOSEN = "retention_reports.show_values"


def values_option() -> click.Option:
    """Return the option that every command has; its value is kept with the call, not handed to the command."""
    return click.Option(
        ["--show-values"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_keep,
        help="Let messages show what cells say that are about persons: names, addresses, birthdays, remarks.",
    )


def told(message: Message) -> Message:
    """Return a message as it is told."""
    return message if values_are_shown() else message.without_values()


def told_problem(problem: Problem) -> Problem:
    """Return a problem as it is told."""
    return problem if values_are_shown() else problem.without_values()


def told_cell(text: str, language: str) -> str:
    """Return what a cell says that is about a person, as it is told."""
    return text if values_are_shown() else HIDDEN.said_in(language)


def values_are_shown() -> bool:
    """Tell whether the call asks for what cells say that are about persons."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_CHOSEN))


def _keep(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 -- Click's interface
    context.meta[_CHOSEN] = value
