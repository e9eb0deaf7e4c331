"""`retention-reports erase`."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import tell
from retention_reports.commands.options import (
    Refusal,
    data_option,
    errors_as_messages,
    known_client,
    output_option,
    sole_client,
)
from retention_reports.commands.printing import echo
from retention_reports.errors import DataError, UnknownNameError
from retention_reports.index import INDEX_FILE, write_index
from retention_reports.messages import say
from retention_reports.model.persons import Person, persons_called
from retention_reports.reading.clients import PSEUDONYMISED
from retention_reports.reading.files import LARGEST_FILE
from retention_reports.reading.git_process import NoAnswerError, repository_root
from retention_reports.reading.git_traces import HistoryTraces, traces_in_history
from retention_reports.reading.past import git_error
from retention_reports.reading.problems import UnreadableFileError, shown
from retention_reports.reading.published import PUBLISHED
from retention_reports.reading.traces import Search
from retention_reports.validation.folder import load_client_folder
from retention_reports.writing.removal import remove_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.messages import Message
    from retention_reports.reading.traces import Trace

_SHOWN_FILES = 5


@click.command()
@click.argument("customer", metavar="CUSTOMER")
@click.option("--client", help="Client. Default: the only one there is.")
@click.option(
    "--also", multiple=True, metavar="WORDS", help="Further words that tell the person: an earlier name, an address."
)
@click.option("--dry-run", is_flag=True, help="Only list; remove no report.")
@data_option
@output_option
def command(  # noqa: PLR0913 -- one parameter an option
    *, customer: str, client: str | None, also: tuple[str, ...], dry_run: bool, data: Path, output: Path
) -> None:
    """List every file, report, commit and tag that holds a customer, and what to do; remove the reports."""
    folder, language = known_client(data, client or sole_client(data))
    with errors_as_messages(language):
        person = _person(folder, customer, language)
        words = (*person.words, *also)
        search = Search(person.identifiers, words)
        echo(say("erase.looked_for", words=", ".join((*person.identifiers, *words))).said_in(language))
        found = _files(folder, search, language)
        reports = _reports(output, folder.name, search, language)
        history = _history(folder, search, language)
        _cure(language, files=bool(found), reports=bool(reports), history=history)
        if reports and not dry_run:
            _remove(reports, output, language)


def _person(folder: Path, customer: str, language: str) -> Person:
    """Return who is meant; where the data no longer knows, or cannot be read, whoever the word itself tells."""
    if not customer.strip():
        raise Refusal(say("erase.nobody"), language)
    try:
        persons = persons_called(load_client_folder(folder), customer)
    except DataError:
        tell(say("erase.data_has_errors"), language)
        persons = ()
    if len(persons) > 1:
        ids = ", ".join(name for person in persons for name in person.identifiers)
        raise UnknownNameError(say("erase.several", count=len(persons), customer=shown(customer), ids=ids))
    if not persons:
        tell(say("erase.not_in_the_data", customer=shown(customer)), language)
    return persons[0] if persons else Person((customer,), ())


def _files(folder: Path, search: Search, language: str) -> list[Path]:
    return _listed(_ordinary_files(folder), search, say("erase.files", folder=folder.as_posix()), language)


def _reports(output: Path, client: str, search: Search, language: str) -> list[Path]:
    """List what holds the person in the reports of a client, and return the files."""
    places = [path for name in (client, client + PSEUDONYMISED) for path in _ordinary_files(output / name)]
    return _listed(places, search, say("erase.reports", folder=output.as_posix()), language)


def _listed(paths: Iterator[Path] | list[Path], search: Search, heading: Message, language: str) -> list[Path]:
    found = []
    echo(heading.said_in(language))
    for path in paths:
        try:
            traces = search.in_file(path.name, _content(path))
        except UnreadableFileError as problem:
            echo(f"  {say('erase.unread', path=path.as_posix(), reason=problem.message).said_in(language)}")
            continue
        if traces:
            found.append(path)
            places = "; ".join(_place(trace).said_in(language) for trace in traces)
            echo(f"  {path.as_posix()}: {places}")
    if not found:
        echo(f"  {say('erase.none').said_in(language)}")
    return found


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        message = say("files.too_large", bytes=path.stat().st_size, limit=LARGEST_FILE)
        raise UnreadableFileError("file too large", message)
    return path.read_bytes()


def _place(trace: Trace) -> Message:
    times = say("erase.times", n=trace.count)
    if trace.inside:
        return say("erase.inside", times=times, place=trace.inside)
    return say("erase.lines", times=times, lines=", ".join(map(str, trace.lines)))


def _ordinary_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in name order; links and pipes lead elsewhere."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for path in (Path(place) / name for name in sorted(names)):
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _history(folder: Path, search: Search, language: str) -> HistoryTraces | None:
    """List commits and tags; None where there is no repository."""
    root = repository_root(folder.resolve())
    if root is None:
        echo(say("erase.no_repository").said_in(language))
        return None
    try:
        found = traces_in_history(root, search)
    except NoAnswerError as error:
        raise git_error(root, error) from error
    echo(say("erase.commits", n=len(found.commits), folder=root.as_posix()).said_in(language))
    for trace in found.commits:
        more = [f"+{len(trace.files) - _SHOWN_FILES}"] if len(trace.files) > _SHOWN_FILES else []
        message = [say("erase.message").said_in(language)] if trace.in_message else []
        day = say("erase.day", day=trace.day).said_in(language)
        echo(f"  {trace.commit[:12]} {day}: {', '.join([*trace.files[:_SHOWN_FILES], *more, *message])}")
    echo(say("erase.tags", n=len(found.tags)).said_in(language))
    for tag in found.tags:
        echo(f"  {tag}")
    return found


def _cure(language: str, *, files: bool, reports: bool, history: HistoryTraces | None) -> None:
    """Say what to do, in the order in which it is done."""
    steps = []
    if files:
        steps.append(say("erase.mend_files"))
    if reports:
        steps.append(say("erase.mend_reports"))
    if history is not None and (history.commits or history.tags):
        published = [name for name in history.moved if name.startswith(PUBLISHED)]
        steps.append(
            say(
                "erase.mend_history",
                n=history.rewritten,
                references=len(history.moved),
                published=len(published),
            )
        )
    if not steps:
        echo(say("erase.nothing").said_in(language))
        return
    echo(say("erase.to_do").said_in(language))
    for number, step in enumerate((*steps, say("erase.elsewhere")), start=1):
        echo(f"  {number}. {step.said_in(language)}")


def _remove(found: list[Path], output: Path, language: str) -> None:
    """Remove the reports whose files hold the person, and name what somebody changed in them, which stays."""
    folders = dict.fromkeys(output / Path(*path.relative_to(output).parts[:2]) for path in found)
    for folder in folders:
        kept = [path for path in remove_report(folder) if path in found]
        tell(say("erase.removed", folder=folder.as_posix()), language)
        for path in kept:
            tell(say("erase.kept", path=path.as_posix()), language)
    if (output / INDEX_FILE).is_file():
        write_index(output)
