"""`retention-reports interview`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from retention_reports.commands.conversation import Conversation
from retention_reports.commands.options import client_argument, data_option, errors_as_messages, known_client
from retention_reports.commands.printing import echo
from retention_reports.commands.sales_check import asked_client, quarter_option
from retention_reports.writing.answers_file import AnswersFile

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.answers import Answer


@click.command()
@client_argument
@quarter_option
@data_option
@click.option("--all", "everything", is_flag=True, help="Ask also what is answered already.")
def command(client: str, quarter: str | None, data: Path, *, everything: bool) -> None:
    """Ask the sales check's questions in the terminal; each answer is saved at once."""
    asked = asked_client(data, client, quarter)
    with errors_as_messages(known_client(data, client)[1]):
        file = AnswersFile(asked.folder)

        def save(answer: Answer) -> None:
            file.write(str(asked.quarter), [answer])

        conversation = Conversation(asked, save)
        try:
            conversation.hold(everything=everything)
        except click.Abort:
            echo()
            conversation.take_leave()
            sys.exit(1)
