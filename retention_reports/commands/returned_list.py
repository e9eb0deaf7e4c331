"""A work list that came back: its rows into the client's file of what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports import pipeline
from retention_reports.commands.messages import counted, show_problems
from retention_reports.commands.options import Failure, errors_as_messages
from retention_reports.commands.printing import echo
from retention_reports.errors import DataError
from retention_reports.messages import LANGUAGES, say
from retention_reports.presentation.actions.words import returned_words
from retention_reports.reading.problems import ProblemLog
from retention_reports.reading.returned_lists import LIST_ENDINGS, read_returned_list
from retention_reports.resources import templates_folder
from retention_reports.validation.follow_ups import Fate, account_for_list
from retention_reports.writing.follow_up_file import FollowUpFile

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.validation.follow_ups import FollowUpAccount


def took_list(client: str, folder: Path, file: Path, language: str, *, partly: bool) -> bool:
    """Take the rows of a work list; False where the file is none, so that it may be something else.

    Raises:
        Failure: rows are wrong, or the client's data is.
    """
    if file.suffix.lower() not in LIST_ENDINGS:
        return False
    log = ProblemLog()
    words = returned_words(templates_folder() / "wording", LANGUAGES)
    rows = read_returned_list(file, words.headings, log)
    if rows is None:
        return False
    with errors_as_messages(language):
        known = FollowUpFile(folder)
        given = known.read()
        customers = _customers(client, folder, language)
    account = account_for_list(rows, given, customers, words, log)
    show_problems(log.problems, language, limit=None)
    _show(client, account, language)
    if log.has_errors and not partly:
        raise Failure(say("follow_up.nothing_written", client=client, counted=counted(log.problems)), language)
    if account.taken:
        with errors_as_messages(language):
            echo(known.write(account.taken))
    if log.has_errors:
        raise Failure(say("follow_up.not_all_taken", client=client, counted=counted(log.problems)), language)
    return True


def _customers(client: str, folder: Path, language: str) -> frozenset[str]:
    try:
        loaded = pipeline.load_client(folder)
    except DataError as error:
        show_problems(error.problems, language)
        raise Failure(say("follow_up.data", client=client, counted=counted(error.problems)), language) from error
    return frozenset(loaded.folder.tables["customers"]["customer_id"].tolist())


def _show(client: str, account: FollowUpAccount, language: str) -> None:
    fates = ", ".join(
        say(f"follow_up.fate_{fate}", n=account.fates[fate]).said_in(language)
        for fate in Fate
        if account.fates.get(fate)
    )
    count = say("follow_up.count", n=account.count).said_in(language)
    echo(f"{client}: {count}" + (f": {fates}" if fates else ""))
