"""What `new` and `update` share: answers, drafts beside a client's folder, and what is told of them."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import counted
from retention_reports.commands.options import Failure, Refusal
from retention_reports.errors import DataError
from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client
from retention_reports.reading.alike import SHOWN_OF_A_KIND, bounded
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.messages import Message
    from retention_reports.pipeline import LoadedClient
    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.refusals import RefusedError


def answers_given(given: Sequence[str], language: str) -> dict[str, str]:
    """Return answers by their key; what is none is wrong use."""
    answers = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise Refusal(say("new.no_answer", given=shown(text)), language)
        answers[key.strip()] = value.strip()
    return answers


def check_answers(proposal: Proposal, language: str) -> None:
    """Refuse answers that nothing asks for."""
    if proposal.unused_answers():
        known = ", ".join(gap.key for gap in proposal.gaps) or "-"
        raise Refusal(say("new.no_question", keys=", ".join(proposal.unused_answers()), known=known), language)


def ask(proposal: Proposal, language: str) -> dict[str, str]:
    """Ask the first open question in the terminal."""
    gap = proposal.gaps[0]
    return {gap.key: click.prompt(f"{gap.message.said_in(language)} [{'/'.join(gap.choices)}]").strip()}


def failed(refused: RefusedError, language: str) -> Failure:
    """Return what ends a command where files are refused."""
    at = say("new.at", path=refused.path, problem=refused.message) if refused.path else refused.message
    return Failure(at, language)


@contextmanager
def write_beside(folder: Path, language: str, *, dry_run: bool) -> Iterator[Path]:
    """Give a copy of a client's folder to write into, which takes the folder's place at the end, whole or not at all.

    Of a dry run nothing stays.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    except OSError as problem:
        raise Failure(say("writing.refused", path=str(folder), reason=str(problem.strerror)), language) from problem
    try:
        draft = beside / folder.name
        if folder.is_dir():
            shutil.copytree(folder, draft)
        yield draft
        if not dry_run:
            if folder.is_dir():
                folder.replace(beside / "before")
            draft.replace(folder)
    except OSError as problem:
        raise Failure(say("writing.refused", path=str(folder), reason=str(problem.strerror)), language) from problem
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def tell_proposal(proposal: Proposal, draft: Path, folder: Path, language: str) -> LoadedClient | None:
    """Say what was understood; return the client, None where something is open."""
    for note in proposal.notes:
        say_line(note, language)
    if proposal.gaps:
        say_line(say("new.open", n=len(proposal.gaps)), language)
        for gap in proposal.gaps:
            click.echo(f"  {gap.message.said_in(language)}\n    {gap.option}")
        return None
    try:
        loaded = load_client(draft)
    except DataError as error:
        say_line(say("new.not_sound", counted=counted(error.problems)), language)
        for line in bounded(error.problems, SHOWN_OF_A_KIND).lines(language):
            click.echo(line.replace(draft.as_posix(), folder.as_posix()), err=True)
        return None
    tell_figures(loaded, language)
    for line in bounded(loaded.warnings, SHOWN_OF_A_KIND).lines(language):
        click.echo(line.replace(draft.as_posix(), folder.as_posix()), err=True)
    return loaded


def tell_figures(loaded: LoadedClient, language: str) -> None:
    """Say how many orders of how many customers there are, from when to when, and revenue by year."""
    orders = loaded.folder.tables["orders"]
    days = orders["ordered_on"].dropna()
    customers = say("new.customers", n=len(set(orders["customer_id"].dropna()) - {""}))
    span = {"first": days.min().date(), "last": days.max().date()} if len(days) else {"first": "-", "last": "-"}
    say_line(say("new.found", n=len(orders), customers=customers, **span), language)
    counted_rows = orders[orders["status"] == "completed"]
    by_year = counted_rows.groupby(counted_rows["ordered_on"].dt.year)["amount"].sum()
    for year, amount in by_year.items():
        money = str(in_cents(int(amount)))
        click.echo(f"  {year}: {money if language == 'en' else money.replace('.', ',')}")


def say_line(message: Message, language: str) -> None:
    """Print a sentence as a result."""
    click.echo(message.said_in(language))
