"""`retention-reports answers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import (
    Failure,
    OrdinaryFile,
    Refusal,
    client_argument,
    data_option,
    errors_as_messages,
    known_client,
)
from retention_reports.commands.printing import echo
from retention_reports.commands.returned_list import took_list
from retention_reports.commands.sales_check import asked_client, quarter_option
from retention_reports.messages import say
from retention_reports.presentation.questionnaire import answer_words
from retention_reports.reading.form_fields import FormOrigin
from retention_reports.reading.problems import ProblemLog
from retention_reports.reading.returned import RETURNED_ENDINGS, read_returned
from retention_reports.resources import templates_folder
from retention_reports.validation.returned import Fate, account_for, check_origin
from retention_reports.writing.answers_file import AnswersFile

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.commands.sales_check import AskedClient
    from retention_reports.validation.returned import AnswersAccount


@click.command()
@client_argument
@click.argument("file", metavar="FILE", type=OrdinaryFile())
@quarter_option
@data_option
@click.option("--partly", is_flag=True, help="Take what can be taken, even where other answers or rows have errors.")
def command(client: str, file: Path, quarter: str | None, data: Path, *, partly: bool) -> None:
    """Read a filled-in questionnaire (PDF or XLSX) or work list (XLSX or CSV) back into the client's folder."""
    folder, language = known_client(data, client)
    if took_list(client, folder, file, language, partly=partly):
        return
    if file.suffix.lower() not in RETURNED_ENDINGS:
        raise Refusal(say("answers.other_file", file=str(file)), language)
    asked = asked_client(data, client, quarter)
    log = ProblemLog()
    account = _account(asked, file, log)
    show_problems(log.problems, language, limit=None)
    if account is None:
        raise Failure(say("answers.nothing_read", client=client, file=str(file)), language)
    _show(account, asked, language)
    if log.has_errors and not partly:
        raise Failure(say("answers.nothing_written", client=client, counted=counted(log.problems)), language)
    if account.taken:
        with errors_as_messages(language):
            echo(AnswersFile(asked.folder).write(str(asked.quarter), account.taken))
    if log.has_errors:
        raise Failure(say("answers.not_all_taken", client=client, counted=counted(log.problems)), language)


def _account(asked: AskedClient, file: Path, log: ProblemLog) -> AnswersAccount | None:
    form = read_returned(file, log)
    if form is None:
        return None
    check_origin(form, FormOrigin(asked.client.key, str(asked.quarter)), file.as_posix(), log)
    if any(problem.kind in {"other client", "other quarter"} for problem in log.problems):
        return None
    return account_for(form, asked.questionnaire, asked.given, answer_words(templates_folder() / "wording"), log)


def _show(account: AnswersAccount, asked: AskedClient, language: str) -> None:
    fates = ", ".join(
        say(f"answers.fate_{fate}", n=account.fates[fate]).said_in(language) for fate in Fate if account.fates.get(fate)
    )
    count = say("answers.count", n=account.count).said_in(language)
    echo(f"{asked.client.key} {asked.quarter}: {count}: {fates}")
    given = asked.given
    for answer in account.taken:
        old = given.get(answer.question_id)
        if old is not None:
            other = say("answers.other_evidence").said_in(language)
            change = f"{old.answer} -> {answer.answer}" if old.answer != answer.answer else other
            echo(f"  {answer.question_id}: {change}")
    if account.missing:
        echo(f"  {say('answers.missing', names=', '.join(account.missing)).said_in(language)}")
