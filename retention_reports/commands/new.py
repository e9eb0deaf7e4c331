"""`retention-reports new`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.messages import progress
from retention_reports.commands.options import Refusal, data_option
from retention_reports.commands.proposals import (
    answers_given,
    ask,
    check_answers,
    failed,
    say_line,
    tell_proposal,
    write_beside,
)
from retention_reports.messages import LANGUAGES, say
from retention_reports.reading.clients import CLIENT_FILE, is_client_key
from retention_reports.recognising.client_toml import client_toml
from retention_reports.recognising.further_files import further_files, request, what_it_adds
from retention_reports.recognising.incoming import incoming
from retention_reports.recognising.presets import presets_for
from retention_reports.recognising.proposing import propose
from retention_reports.recognising.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recognising.incoming import Incoming
    from retention_reports.recognising.proposal import Proposal


_REQUEST = "request.{}.txt"
"""The e-mail to the client, by language."""
_FILES_OF_GIT = {
    ".gitignore": "# What is no data.\n~$*\n.DS_Store\nThumbs.db\n.new-*/\n",
    ".gitattributes": "# Files stay byte for byte what the client sent.\n*/exports/** -text\n*.csv -text\n",
}
"""Keep what a client sent as it is, whatever git is told to do with the ends of lines."""


@click.command()
@click.argument("client", metavar="CLIENT")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True, readable=True)
)
@data_option
@click.option("--yes", is_flag=True, help="Ask nothing; what is not known stays open in client.toml.")
@click.option(
    "--answer", "answers", multiple=True, metavar="KEY=VALUE", help="Answer a question before it is asked; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def command(  # noqa: PLR0913 - one parameter an option
    client: str, files: tuple[Path, ...], data: Path, answers: tuple[str, ...], *, yes: bool, dry_run: bool
) -> None:
    """Make a client of exports: recognise what they are, ask what they cannot tell, write its client.toml."""
    language = spoken_for_all(data)
    given = answers_given(answers, language)
    folder = data / client
    _check_client(client, folder, language)
    try:
        progress(say("new.reading", n=len(files)), language)
        came = incoming(files)
        presets = presets_for(folder)
        proposal = propose(client, came, given, presets)
        while proposal.gaps and not yes and sys.stdin.isatty():
            given |= ask(proposal, language)
            proposal = propose(client, came, given, presets)
    except RefusedError as refused:
        raise failed(refused, language) from refused
    language = str(proposal.top["language"])
    check_answers(proposal, language)
    sys.exit(0 if _create(proposal, came, folder, language, dry_run=dry_run) else 1)


def _create(proposal: Proposal, came: Sequence[Incoming], folder: Path, language: str, *, dry_run: bool) -> bool:
    """Write the client beside its place, see how it reads, and move it there; return whether nothing is open."""
    with write_beside(folder, language, dry_run=dry_run) as draft:
        _write(proposal, came, draft, language)
        loaded = tell_proposal(proposal, draft, folder, language)
        wanted = [] if loaded is None else further_files(set(loaded.folder.tables))
        if wanted:
            for spoken in LANGUAGES:
                lines = "\n".join(line.said_in(spoken) for line in request(wanted, str(proposal.top["name"])))
                (draft / _REQUEST.format(spoken)).write_text(lines, encoding="utf-8")
    if dry_run:
        say_line(say("new.nothing_written"), language)
    else:
        _keep_as_they_are(folder.parent)
        say_line(say("new.written", path=(folder / CLIENT_FILE).as_posix()), language)
    if loaded is None:
        return False
    say_line(say("new.next", client=folder.name, data=folder.parent.as_posix()), language)
    if wanted:
        say_line(say("new.should_send"), language)
        for line in what_it_adds(wanted):
            click.echo(f"  {line.said_in(language)}")
        if not dry_run:
            say_line(say("new.mail_written", path=(folder / _REQUEST.format(language)).as_posix()), language)
    return True


def _keep_as_they_are(data: Path) -> None:
    """Write what git should know of a folder of clients, where nobody has written it yet."""
    for name, text in _FILES_OF_GIT.items():
        if not (data / name).exists():
            (data / name).write_text(text, encoding="utf-8")


def _check_client(client: str, folder: Path, language: str) -> None:
    if not is_client_key(client):
        raise Refusal(say("clients.misnamed", path=client), language)
    if (folder / CLIENT_FILE).exists() or (folder / "exports").exists():
        raise Refusal(say("new.exists", folder=folder.as_posix()), language)


def _write(proposal: Proposal, came: Sequence[Incoming], draft: Path, language: str) -> None:
    for file in came:
        path = draft / proposal.paths[file.name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    (draft / CLIENT_FILE).write_text(client_toml(proposal, language), encoding="utf-8")
