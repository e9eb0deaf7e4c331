"""`retention-reports new`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.messages import counted, progress
from retention_reports.commands.options import Failure, Refusal, data_option
from retention_reports.errors import DataError, Severity
from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client
from retention_reports.reading.alike import SHOWN_OF_A_KIND, bounded
from retention_reports.reading.clients import CLIENT_FILE, is_client_key
from retention_reports.reading.problems import shown
from retention_reports.recognising.client_toml import client_toml
from retention_reports.recognising.incoming import incoming
from retention_reports.recognising.presets import presets_for
from retention_reports.recognising.proposing import propose
from retention_reports.recognising.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message
    from retention_reports.pipeline import LoadedClient
    from retention_reports.recognising.incoming import Incoming
    from retention_reports.recognising.proposal import Proposal


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
    given = _answers(answers, language)
    folder = data / client
    _check_client(client, folder, language)
    try:
        progress(say("new.reading", n=len(files)), language)
        came = incoming(files)
        presets = presets_for(folder)
        proposal = propose(client, came, given, presets)
        while proposal.gaps and not yes and sys.stdin.isatty():
            given |= _ask(proposal, language)
            proposal = propose(client, came, given, presets)
    except RefusedError as refused:
        at = say("new.at", path=refused.path, problem=refused.message) if refused.path else refused.message
        raise Failure(at, language) from refused
    language = str(proposal.top["language"])
    if proposal.unused_answers():
        known = ", ".join(gap.key for gap in proposal.gaps) or "-"
        raise Refusal(say("new.no_question", keys=", ".join(proposal.unused_answers()), known=known), language)
    sys.exit(0 if _create(proposal, came, folder, language, dry_run=dry_run) else 1)


def _answers(given: Sequence[str], language: str) -> dict[str, str]:
    answers = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise Refusal(say("new.no_answer", given=shown(text)), language)
        answers[key.strip()] = value.strip()
    return answers


def _check_client(client: str, folder: Path, language: str) -> None:
    if not is_client_key(client):
        raise Refusal(say("clients.misnamed", path=client), language)
    if (folder / CLIENT_FILE).exists() or (folder / "exports").exists():
        raise Refusal(say("new.exists", folder=folder.as_posix()), language)


def _ask(proposal: Proposal, language: str) -> dict[str, str]:
    gap = proposal.gaps[0]
    return {gap.key: click.prompt(f"{gap.message.said_in(language)} [{'/'.join(gap.choices)}]").strip()}


def _create(proposal: Proposal, came: Sequence[Incoming], folder: Path, language: str, *, dry_run: bool) -> bool:
    """Write the client beside its place, see how it reads, and move it there; return whether nothing is open."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    except OSError as problem:
        raise Failure(say("writing.refused", path=str(folder), reason=str(problem.strerror)), language) from problem
    try:
        draft = beside / folder.name
        if folder.is_dir():
            shutil.copytree(folder, draft)
        _write(proposal, came, draft, language)
        is_sound = _tell(proposal, draft, folder, language)
        if not dry_run:
            if folder.is_dir():
                folder.replace(beside / "before")
            draft.replace(folder)
    except OSError as problem:
        raise Failure(say("writing.refused", path=str(folder), reason=str(problem.strerror)), language) from problem
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    if dry_run:
        _say(say("new.nothing_written"), language)
    else:
        _say(say("new.written", path=(folder / CLIENT_FILE).as_posix()), language)
    if is_sound:
        _say(say("new.next", client=folder.name, data=folder.parent.as_posix()), language)
    return is_sound


def _write(proposal: Proposal, came: Sequence[Incoming], draft: Path, language: str) -> None:
    for file in came:
        path = draft / proposal.paths[file.name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    (draft / CLIENT_FILE).write_text(client_toml(proposal, language), encoding="utf-8")


def _tell(proposal: Proposal, draft: Path, folder: Path, language: str) -> bool:
    """Say what was understood; return whether the client can be reported."""
    for note in proposal.notes:
        _say(note, language)
    if proposal.gaps:
        _say(say("new.open", n=len(proposal.gaps)), language)
        for gap in proposal.gaps:
            click.echo(f"  {gap.message.said_in(language)}\n    {gap.option}")
        return False
    try:
        loaded = load_client(draft)
    except DataError as error:
        _say(say("new.not_sound", counted=counted(error.problems)), language)
        for line in bounded(error.problems, SHOWN_OF_A_KIND).lines(language):
            click.echo(line.replace(draft.as_posix(), folder.as_posix()), err=True)
        return not any(problem.severity is Severity.ERROR for problem in error.problems)
    _tell_figures(loaded, language)
    for line in bounded(loaded.warnings, SHOWN_OF_A_KIND).lines(language):
        click.echo(line.replace(draft.as_posix(), folder.as_posix()), err=True)
    return True


def _tell_figures(loaded: LoadedClient, language: str) -> None:
    orders = loaded.folder.tables["orders"]
    days = orders["ordered_on"].dropna()
    customers = say("new.customers", n=len(set(orders["customer_id"].dropna()) - {""}))
    span = {"first": days.min().date(), "last": days.max().date()} if len(days) else {"first": "-", "last": "-"}
    _say(say("new.found", n=len(orders), customers=customers, **span), language)
    counted_rows = orders[orders["status"] == "completed"]
    by_year = counted_rows.groupby(counted_rows["ordered_on"].dt.year)["amount"].sum()
    for year, amount in by_year.items():
        money = str(in_cents(int(amount)))
        click.echo(f"  {year}: {money if language == 'en' else money.replace('.', ',')}")


def _say(message: Message, language: str) -> None:
    click.echo(message.said_in(language))
