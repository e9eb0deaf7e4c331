"""`retention-reports update`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.messages import counted, progress
from retention_reports.commands.options import Failure, Refusal, data_option
from retention_reports.commands.proposals import (
    answers_given,
    check_answers,
    failed,
    say_line,
    tell_figures,
    write_beside,
)
from retention_reports.errors import DataError
from retention_reports.messages import say
from retention_reports.pipeline import load_client
from retention_reports.reading.alike import SHOWN_OF_A_KIND, bounded
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.recognising.client_toml import client_toml, with_files_of
from retention_reports.recognising.incoming import Incoming, incoming
from retention_reports.recognising.presets import presets_for
from retention_reports.recognising.proposing import propose
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.updating import exports_in, kept_answers, renumbered, told_vanished, update_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.messages import Message
    from retention_reports.pipeline import LoadedClient
    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.updating import Update

_ACCEPT = "accept"
_VANISHED = "update.vanished"
_RENUMBERED = "update.renumbered"


@click.command()
@click.argument("client", metavar="CLIENT")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True, readable=True)
)
@data_option
@click.option(
    "--answer", "answers", multiple=True, metavar="KEY=VALUE", help="Answer a question before it is asked; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def command(client: str, files: tuple[Path, ...], data: Path, answers: tuple[str, ...], *, dry_run: bool) -> None:
    """Take the next exports of a client: they replace or join the old ones; what has changed is told first."""
    language = spoken_for_all(data)
    given = answers_given(answers, language)
    folder = data / client
    if not (folder / CLIENT_FILE).is_file():
        raise Refusal(say("update.no_client", folder=folder.as_posix()), language)
    accepted = {key for key in (_VANISHED, _RENUMBERED) if given.pop(key, "") == _ACCEPT}
    try:
        before = load_client(folder)
    except DataError as error:
        raise Failure(say("update.unsound_before", counted=counted(error.problems)), language) from error
    language = before.folder.client.language
    try:
        progress(say("new.reading", n=len(files)), language)
        found = update_of(exports_in(folder), incoming(files), presets_for(folder))
        _Updating(before, folder, given, accepted, language).run(found, dry_run=dry_run)
    except RefusedError as refused:
        raise failed(refused, language) from refused


class _Updating:
    """Writes an update beside the client's folder, compares both, and lets it take the folder's place."""

    def __init__(
        self, before: LoadedClient, folder: Path, given: Mapping[str, str], accepted: set[str], language: str
    ) -> None:
        """Prepare. `given` are answers to questions of `new`, `accepted` the changes that somebody has agreed to."""
        self._before = before
        self._folder = folder
        self._given = given
        self._accepted = accepted
        self._language = language

    def run(self, found: Update, *, dry_run: bool) -> None:
        for message in found.told:
            say_line(message, self._language)
        is_refused = False
        if found.vanished:
            is_refused |= self._is_open(_VANISHED, told_vanished(found.vanished))
        with write_beside(self._folder, self._language, dry_run=True) as draft:
            after = self._load(found, draft)
            if after is not None:
                is_refused |= self._tell_renumbered(after)
                tell_figures(after, self._language)
            is_refused |= after is None
        if is_refused or dry_run:
            say_line(say("update.nothing_written"), self._language)
            sys.exit(1 if is_refused else 0)
        with write_beside(self._folder, self._language, dry_run=False) as draft:
            self._load(found, draft)
        say_line(say("update.written", folder=self._folder.as_posix()), self._language)

    def _is_open(self, key: str, message: Message) -> bool:
        say_line(message, self._language)
        if key in self._accepted:
            return False
        say_line(say("update.accept", key=key), self._language)
        return True

    def _load(self, found: Update, draft: Path) -> LoadedClient | None:
        """Write the new files; return how the client reads then, None where it does not. By its own settings first."""
        settings = draft / CLIENT_FILE
        text = settings.read_text(encoding="utf-8-sig")
        for old, pattern in found.patterns.items():
            moved = draft / pattern.removesuffix("*") / Path(old).name
            moved.parent.mkdir(parents=True, exist_ok=True)
            (draft / old).replace(moved)
            text = text.replace(f'"{old}"', f'"{pattern}"')
        for path, content in found.written.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_bytes(content)
        settings.write_text(text, encoding="utf-8")
        problems: DataError | None = None
        if not found.added:
            try:
                return load_client(draft)
            except DataError as error:
                problems = error
        proposal = self._proposed_again(draft, text)
        if proposal is None:
            if problems is not None:
                self._tell_problems(problems, draft)
            return None
        settings.write_text(with_files_of(text, client_toml(proposal, self._language)), encoding="utf-8")
        try:
            return load_client(draft)
        except DataError as error:
            self._tell_problems(error, draft)
            return None

    def _proposed_again(self, draft: Path, text: str) -> Proposal | None:
        """Return settings for the files as they are now; None where those of before are somebody's own, or open."""
        answers = {**kept_answers(text), **self._given}
        presets = presets_for(draft)
        first = propose(self._folder.name, _named(exports_in(self._folder)), kept_answers(text), presets)
        own = tomllib.loads(text).get("files", {})
        proposed = tomllib.loads(client_toml(first, self._language)).get("files", {})
        if _without_paths(own) != _without_paths(proposed):
            say_line(say("update.own_settings", file=(self._folder / CLIENT_FILE).as_posix()), self._language)
            return None
        proposal = propose(self._folder.name, _named(exports_in(draft)), answers, presets)
        check_answers(proposal, self._language)
        for note in proposal.notes:
            say_line(note, self._language)
        if proposal.gaps:
            say_line(say("new.open", n=len(proposal.gaps)), self._language)
            for gap in proposal.gaps:
                click.echo(f"  {gap.message.said_in(self._language)}\n    {gap.option}")
            return None
        _move(draft, proposal)
        return proposal

    def _tell_problems(self, error: DataError, draft: Path) -> None:
        say_line(say("new.not_sound", counted=counted(error.problems)), self._language)
        for line in bounded(error.problems, SHOWN_OF_A_KIND).lines(self._language):
            click.echo(line.replace(draft.as_posix(), self._folder.as_posix()), err=True)

    def _tell_renumbered(self, after: LoadedClient) -> bool:
        changed = renumbered(_names(self._before), _names(after))
        if not changed:
            return False
        old, new, name = changed[0]
        return self._is_open(_RENUMBERED, say("update.renumbered", n=len(changed), old=old, new=new, name=name))


def _names(loaded: LoadedClient) -> dict[str, str]:
    customers = loaded.folder.tables["customers"]
    return (
        {}
        if "name" not in customers
        else dict(zip(customers["customer_id"], customers["name"].fillna(""), strict=True))
    )


def _named(files: Sequence[Incoming]) -> list[Incoming]:
    """Return files under their names alone, as they come from outside."""
    return [Incoming(Path(file.name).name, file.data) for file in files]


def _without_paths(tables: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    return {name: {key: value for key, value in table.items() if key != "path"} for name, table in tables.items()}


def _move(draft: Path, proposal: Proposal) -> None:
    """Put the files where the proposal wants them."""
    for file in exports_in(draft):
        wanted = draft / proposal.paths[Path(file.name).name]
        if wanted != draft / file.name:
            wanted.parent.mkdir(parents=True, exist_ok=True)
            (draft / file.name).replace(wanted)
