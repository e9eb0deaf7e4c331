"""What the commands around the sales check's questions share: the client, its quarter, its questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention_reports import pipeline
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import Failure, Refusal, errors_as_messages, known_client, quarters_begun
from retention_reports.errors import DataError
from retention_reports.messages import say
from retention_reports.model.answers import answers_of
from retention_reports.model.folder import AskedQuestions
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.wording import load_wording
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.resources import templates_folder
from retention_reports.validation.folder import load_questions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from retention_reports.model.answers import Answer
    from retention_reports.model.client import Client
    from retention_reports.model.questionnaire import Questionnaire
    from retention_reports.presentation.wording import Wording

quarter_option = click.option(
    "--quarter",
    metavar="QUARTER",
    shell_complete=quarters_begun,
    help="Quarter such as 2026-Q3. Default: the newest complete one.",
)


@record
class AskedClient:
    """A client whose questions are asked for a quarter."""

    folder: Path
    asked: AskedQuestions
    quarter: Quarter
    committed_at: datetime | None

    @property
    def client(self) -> Client:
        """Who the client is."""
        return self.asked.client

    @property
    def questionnaire(self) -> Questionnaire:
        """The client's questions."""
        return self.asked.questionnaire

    @property
    def given(self) -> Mapping[str, Answer]:
        """The quarter's answers so far."""
        return answers_of(self.asked.answers, self.quarter)

    @property
    def wording(self) -> Wording:
        """The words of the client's language."""
        return load_wording(templates_folder() / "wording", self.client.language)


def asked_client(data: Path, name: str, quarter: str | None) -> AskedClient:
    """Load the client and find the quarter; what is wrong with its data is printed.

    Errors in files that the questions do not need are no hindrance where the quarter is named.

    Raises:
        Refusal: there is no such client or quarter.
        Failure: the settings, the questions or the answers have errors, or no quarter is named and any file has.
    """
    folder, language = known_client(data, name)
    if quarter == pipeline.ALL_QUARTERS:
        raise Refusal(say("answers.one_quarter"), language)
    with errors_as_messages(language):
        try:
            loaded = pipeline.load_client(folder)
        except DataError as error:
            show_problems(error.problems, language)
            if quarter is None:
                unknown = say("answers.quarter_unknown", client=name, counted=counted(error.problems))
                raise Failure(unknown, language) from error
            return _asked_all_the_same(folder, quarter, language)
        known = loaded.folder
        asked = AskedQuestions(known.client, known.questionnaire, known.tables.get("answers"))
        chosen = pipeline.chosen_quarters(loaded, quarter)[0]
        return AskedClient(folder, asked, chosen, loaded.provenance.committed_at)


def _asked_all_the_same(folder: Path, quarter: str, language: str) -> AskedClient:
    try:
        asked = load_questions(folder)
        chosen = Quarter.parse(quarter, asked.client.fiscal_year_start_month)
    except DataError as error:
        needed = say("answers.questions_need", client=folder.name, counted=counted(error.problems))
        raise Failure(needed, language) from error
    except ValueError as error:
        raise Refusal(say("quarters.unreadable", quarter=shown(quarter)), language) from error
    return AskedClient(folder, asked, chosen, None)
