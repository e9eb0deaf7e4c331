"""`retention-reports list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all, spoken_in
from retention_reports.commands.messages import counted
from retention_reports.commands.one_client import Failures
from retention_reports.commands.options import data_option, known_clients, output_option
from retention_reports.commands.printing import echo
from retention_reports.errors import DataError
from retention_reports.index import reported_clients
from retention_reports.pipeline import load_client
from retention_reports.presentation.index import key_figures
from retention_reports.presentation.wording import load_wording
from retention_reports.reading.clients import PSEUDONYMISED
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LEFT = ("client", "quarter", "quarters")
_UNSEEN = frozenset({"history"})


@click.command()
@data_option
@output_option
def command(data: Path, output: Path) -> None:
    """Name the clients, their quarters, and the key figures of their newest reports."""
    failures = Failures()
    refused = False
    wording = load_wording(templates_folder() / "wording", spoken_for_all(data))
    dash = wording.say("common.nothing")
    reported = {facts.key: key_figures(facts, wording) for facts in reported_clients(output)}
    rows: list[dict[str, str]] = []
    told: list[str] = []
    for name in known_clients(data, ()):
        with failures.of(name, spoken_in(data / name)):
            try:
                quarters = load_client(data / name).quarters
                span = f"{quarters[0]} – {quarters[-1]} ({len(quarters)})" if quarters else dash
                rows.append({"client": name, "quarters": span, **reported.get(name, {})})
            except DataError as error:
                told.append(f"{name}: {counted(error.problems).said_in(spoken_in(data / name))}")
                refused = True
    names = {f"{row['client']}{PSEUDONYMISED}" for row in rows}
    coded = [{"client": key, **figures} for key, figures in reported.items() if key in names]
    lines = _table([*rows, *coded], wording.group("index.columns"), dash)
    if coded:
        lines.insert(len(lines) - len(coded), "")
    for line in [*lines, *told]:
        echo(line)
    sys.exit(1 if refused or failures.any else 0)


def _table(rows: Sequence[Mapping[str, str]], headings: Mapping[str, str], dash: str) -> list[str]:
    """Return rows below their headings, texts set left and figures right; nothing where there is no row."""
    columns = [
        column
        for column in dict.fromkeys(("client", "quarters", *headings))
        if column not in _UNSEEN and any(column in row for row in rows)
    ]
    lines = [[headings[column] for column in columns], *([row.get(column, dash) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    return [
        "  ".join(
            text.ljust(width) if column in _LEFT else text.rjust(width)
            for text, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in lines
        if rows
    ]
