"""`retention-reports questionnaire`."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import click

from retention_reports import __version__
from retention_reports.commands.options import (
    client_argument,
    data_option,
    errors_as_messages,
    known_client,
    output_option,
)
from retention_reports.commands.printing import echo
from retention_reports.commands.sales_check import asked_client, quarter_option
from retention_reports.presentation.questionnaire import present_questionnaire
from retention_reports.rendering.questionnaire_pdf import questionnaire_pdf
from retention_reports.rendering.questionnaire_xlsx import questionnaire_xlsx
from retention_reports.writing.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@client_argument
@quarter_option
@data_option
@output_option
def command(client: str, quarter: str | None, data: Path, output: Path) -> None:
    """Write the sales check's questions as a PDF form and a spreadsheet, to send to the client."""
    asked = asked_client(data, client, quarter)
    view = present_questionnaire(asked.client, asked.questionnaire, asked.quarter, asked.given, asked.wording)
    created = asked.committed_at or datetime.combine(asked.quarter.last_day, time(), UTC)
    stem = f"{client}/questionnaire-{asked.quarter}"
    with errors_as_messages(known_client(data, client)[1]):
        pdf = questionnaire_pdf(view, created=created, tool_version=__version__)
        sheet = questionnaire_xlsx(view, created)
        echo(replace_file(output, f"{stem}.pdf", pdf))
        echo(replace_file(output, f"{stem}.xlsx", sheet))
