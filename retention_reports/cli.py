"""The command line: the table of commands. Each is loaded when it is called, so that none waits for what others need.

Exit codes: 0 done; 1 a client failed (its data, or writing its report); 2 wrong use (unknown client, quarter, option).
"""

from __future__ import annotations

import atexit
import gc
import os
from difflib import get_close_matches
from importlib import import_module

import click

from retention_reports import __version__
from retention_reports.commands.language import language_option
from retention_reports.commands.values import values_option

# Before NumPy is loaded. Its algebra is of small matrices: threads take more time than they save, two processes would
# have four of them, and the last digit of a sum would depend on how many a machine has.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS = {
    "new": (
        "new",
        "Make a client of exports: recognise what they are, ask what they cannot tell, write its client.toml.",
    ),
    "update": (
        "update",
        "Take the next exports of a client: they replace or join the old ones; what has changed is told first.",
    ),
    "build": ("build", "Check the data of all clients, or of those named, and write their reports."),
    "check": ("check", "Check the data of all clients, or of those named, and write nothing."),
    "list": ("listing", "Name the clients, their quarters, and the key figures of their newest reports."),
    "verify": ("verify", "Build a report again from the commit it names, and say whether it is the same."),
    "publish": ("publish", "Record a report as handed over: tag its data with the figures as they were said."),
    "compare": ("compare", "Compare a quarter's figures and rows with those of another state of the data."),
    "serve": (
        "serve",
        "Show a client's report in the browser, and again after each change of its files; on this machine alone.",
    ),
    "erase": (
        "erase",
        "List every file, report, commit and tag that holds a customer, and what to do; remove the reports.",
    ),
    "changed": ("changed", "Name the clients whose committed data has changed since a commit."),
    "questionnaire": (
        "questionnaire",
        "Write the sales check's questions as a PDF form and a spreadsheet, to send to the client.",
    ),
    "sheets": (
        "sheets",
        "Write sheets for price talks and calls on offers as PDF, filled in from the data, with lines to write on.",
    ),
    "answers": (
        "answers",
        "Read a filled-in questionnaire (PDF or XLSX) or work list (XLSX or CSV) back into the client's folder.",
    ),
    "control": (
        "control",
        "Draw a control group for MEASURE: rows for measures.csv, of customers to approach and to leave alone.",
    ),
    "interview": ("interview", "Ask the sales check's questions in the terminal; each answer is saved at once."),
    "figures": ("figures", "Say what the keys of figures.json mean, all or those named; or print its JSON Schema."),
    "ci": ("ci", "Write a ready pipeline for GitHub or GitLab into the project."),
    "sample": ("sample", "Write an invented client into FOLDER, which must be new or empty."),
}
"""By name: the module under `commands`, and what it is for."""


class _LazyGroup(click.Group):
    """Knows its commands by name; loads the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- Click's interface
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- Click's interface
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"retention_reports.commands.{COMMANDS[cmd_name][0]}").command
        found.name = cmd_name
        if all(parameter.name != "language" for parameter in found.params):
            found.params += [language_option(), values_option()]
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = get_close_matches(args[0], COMMANDS, n=1) if args[0] not in COMMANDS else ()
        if near and not ctx.resilient_parsing:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="retention-reports")
def main() -> None:
    """Build quarterly customer reviews from the customer and order files in a git-tracked folder."""
    # Python looks through all memory several times as it ends, for a third of a second: nobody needs that any more.
    atexit.register(gc.freeze)
