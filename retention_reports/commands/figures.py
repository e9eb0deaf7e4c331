"""`retention-reports figures`."""

from __future__ import annotations

from pathlib import Path

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.options import Refusal
from retention_reports.commands.printing import echo
from retention_reports.messages import say
from retention_reports.rendering.figure_reference import key_lines, reference_markdown
from retention_reports.rendering.figure_schema import schema_json
from retention_reports.sections import FIGURE_SECTIONS


@click.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--schema", is_flag=True, help="Print the JSON Schema.")
def command(keys: tuple[str, ...], *, schema: bool) -> None:
    """Say what the keys of figures.json mean, all or those named; or print its JSON Schema."""
    if schema:
        echo(schema_json(FIGURE_SECTIONS), nl=False)
    elif not keys:
        echo(reference_markdown(FIGURE_SECTIONS), nl=False)
    for wanted in keys:
        for line in _lines(wanted):
            echo(line)


def _lines(wanted: str) -> list[str]:
    section, _, key = wanted.replace("[]", "").partition(".")
    found = key_lines(section, key) if section in FIGURE_SECTIONS else []
    if not found:
        raise Refusal(say("commands.no_key", key=wanted), spoken_for_all(Path("data")))
    return found
