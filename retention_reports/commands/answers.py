"""`retention-reports answers`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import counted, plural, show_problems
from retention_reports.commands.options import Failure, Refusal, client_argument, data_option, errors_as_messages
from retention_reports.commands.sales_check import asked_client, quarter_option
from retention_reports.presentation.questionnaire import answer_words
from retention_reports.reading.form_fields import FormOrigin
from retention_reports.reading.problems import ProblemLog
from retention_reports.reading.returned import RETURNED_ENDINGS, read_returned
from retention_reports.resources import templates_folder
from retention_reports.validation.returned import Fate, account_for, check_origin
from retention_reports.writing.answers_file import AnswersFile

if TYPE_CHECKING:
    from retention_reports.commands.sales_check import AskedClient
    from retention_reports.validation.returned import AnswersAccount


@click.command()
@client_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@quarter_option
@data_option
@click.option("--partly", is_flag=True, help="Take what can be taken, even where other answers have errors.")
def command(client: str, file: Path, quarter: str | None, data: Path, *, partly: bool) -> None:
    """Read a filled-in questionnaire (PDF or XLSX) back into the client's answers."""
    if file.suffix.lower() not in RETURNED_ENDINGS:
        message = f"{file} is neither a PDF nor an XLSX file (take the questionnaire that came back)"
        raise Refusal(message)
    asked = asked_client(data, client, quarter)
    log = ProblemLog()
    account = _account(asked, file, log)
    show_problems(log.problems, limit=None)
    if account is None:
        message = f"{client}: nothing was read from {file}"
        raise Failure(message)
    _show(account, asked)
    if log.has_errors and not partly:
        message = f"{client}: {counted(log.problems)}, nothing was written (--partly takes the answers without errors)"
        raise Failure(message)
    if account.taken:
        with errors_as_messages():
            click.echo(AnswersFile(asked.folder).write(str(asked.quarter), account.taken))
    if log.has_errors:
        message = f"{client}: {counted(log.problems)}, not every answer was taken"
        raise Failure(message)


def _account(asked: AskedClient, file: Path, log: ProblemLog) -> AnswersAccount | None:
    form = read_returned(file, log)
    if form is None:
        return None
    check_origin(form, FormOrigin(asked.client.key, str(asked.quarter)), file.as_posix(), log)
    if any(problem.kind in {"other client", "other quarter"} for problem in log.problems):
        return None
    return account_for(form, asked.questionnaire, asked.given, answer_words(templates_folder() / "wording"), log)


def _show(account: AnswersAccount, asked: AskedClient) -> None:
    fates = ", ".join(f"{account.fates[fate]} {fate}" for fate in Fate if account.fates.get(fate))
    click.echo(f"{asked.client.key} {asked.quarter}: {plural(account.count, 'answer')}: {fates}")
    given = asked.given
    for answer in account.taken:
        old = given.get(answer.question_id)
        if old is not None:
            change = f"{old.answer} -> {answer.answer}" if old.answer != answer.answer else "other evidence"
            click.echo(f"  {answer.question_id}: {change}")
    if account.missing:
        click.echo(f"  not in the file: {', '.join(account.missing)}")
