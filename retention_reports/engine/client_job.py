"""Builds one client's reports: the piece of work that is handed to a worker. Nothing is written here."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.engine.build_key import Inputs, Options, program_digest, read_inputs
from retention_reports.errors import (
    DataError,
    Problem,
    RetentionReportsError,
    UnknownNameError,
)
from retention_reports.reading.clients import PSEUDONYMISED
from retention_reports.records import record
from retention_reports.writing.record import BuildRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from retention_reports.messages import Message
    from retention_reports.model.quarters import Quarter
    from retention_reports.pipeline import LoadedClient
    from retention_reports.reading.git import Version
    from retention_reports.reading.past import Origin

OBJECTS_BETWEEN_COLLECTIONS = 1_000_000


@record
class ClientJob:
    """A client's folder and what is wanted of it; `origin` tells where a folder was taken from that is not the user's.

    `shown_as` is the folder's name in messages. `version` and `publications` are what git knew when the job was made.
    """

    client: str
    folder: Path
    shown_as: str
    options: Options
    version: Version
    publications: Mapping[str, str]
    origin: Origin | None = None

    @property
    def report_name(self) -> str:
        """The name of the folder that the client's reports are written into."""
        return f"{self.client}{PSEUDONYMISED}" if self.options.secret else self.client

    def inputs(self) -> Inputs:
        """Hash what the client's reports are made from, as it is now."""
        return read_inputs(self.folder, self.version, self.publications, self.options)


class Kind(StrEnum):
    """Why a client has no report."""

    DATA = "data"
    WRONG_USE = "wrong use"
    FAILED = "failed"


@record
class Failure:
    """What went wrong with a client: one message, and the problems in its data where they are the reason."""

    kind: Kind
    message: Message
    problems: tuple[Problem, ...] = ()


@record
class BuiltReport:
    """One quarter's files by name, and what its folder is to remember."""

    quarter: str
    files: Mapping[str, bytes]
    record: BuildRecord


@record
class Outcome:
    """What came of a job: reports and warnings, or a failure."""

    client: str
    reports: tuple[BuiltReport, ...] = ()
    warnings: tuple[Problem, ...] = ()
    failure: Failure | None = None


def build_client(job: ClientJob, *, paper: Executor | None = None) -> Outcome:
    """Build the reports of one client. Failures that the user can mend are told in the outcome; bugs are raised.

    PDFs are laid out by `paper`, beside the rest, where there is one.
    """
    with _few_collections():
        return _build_client(job, paper)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for unreachable objects less often than Python does: nearly all that a build makes lives to its end."""
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _build_client(job: ClientJob, paper: Executor | None) -> Outcome:
    from retention_reports import pipeline  # noqa: PLC0415 -- brings pandas, which only workers need

    before = job.inputs()
    try:
        loaded = pipeline.load_client(job.folder, shown_as=job.shown_as, origin=job.origin)
        changes = loaded.since_last(job.folder) if job.origin is None else ()
        client = loaded.pseudonymised(job.options.secret) if job.options.secret else loaded
        quarters = pipeline.chosen_quarters(client, job.options.quarter)
        formats = job.options.formats
        files = {str(quarter): pipeline.build_report(client, quarter, formats, paper) for quarter in quarters}
    except DataError as error:
        return Outcome(job.client, failure=Failure(Kind.DATA, error.message, error.problems))
    except UnknownNameError as error:
        return Outcome(job.client, failure=Failure(Kind.WRONG_USE, error.message))
    except RetentionReportsError as error:
        return Outcome(job.client, failure=Failure(Kind.FAILED, error.message))
    record = _record(job, loaded, before)
    reports = tuple(BuiltReport(quarter, content, record) for quarter, content in files.items())
    return Outcome(job.client, reports, (*client.warnings, *changes, *_doubts(quarters, client)))


def _doubts(quarters: Sequence[Quarter], client: LoadedClient) -> Iterator[Problem]:
    """Warn of quarters that the data does not cover to their end, and of the newest if it lacks what went before it."""
    for quarter in quarters:
        doubts = client.doubts_about(quarter)
        yield from (doubt for doubt in doubts if doubt.kind == "unfinished quarter" or quarter == max(quarters))


def _record(job: ClientJob, client: LoadedClient, before: Inputs) -> BuildRecord:
    """Return the record; without a key where files changed while they were read, so that the next build looks again."""
    as_read = {file.path: file.sha256 for file in client.folder.files}
    program_digest.cache_clear()  # somebody may have changed the program, too
    steady = as_read.items() <= before.files.items() and job.inputs() == before
    record = BuildRecord(before.key, str(client.newest_quarter), tuple(str(quarter) for quarter in client.quarters))
    return record if steady else replace(record, key="")
