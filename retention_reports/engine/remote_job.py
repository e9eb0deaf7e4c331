"""A client's job for another machine: the worker fetches the data by its commit and builds as here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

from retention_reports.engine.build_key import program_digest
from retention_reports.engine.client_job import Failure, Kind, Outcome, build_client
from retention_reports.engine.planning import jobs_at
from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.reading.git_fetch import fetch_commit
from retention_reports.reading.past import DataPlace, data_at, data_place
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.engine.build_key import Options

_one_at_a_time = Lock()


@record
class RemoteJob:
    """A client as of a commit; `inside` is the data folder's path in the repository that workers reach at `url`.

    `program` is the digest of the program that hands the job out: a worker with another one would give other bytes.
    """

    client: str
    url: str
    commit: str
    inside: tuple[str, ...]
    options: Options
    program: str


def build_remote(job: RemoteJob) -> Outcome:
    """Build one client's reports from data fetched by commit. One at a time, however many threads a worker has."""
    if job.program != program_digest():
        return Outcome(job.client, failure=Failure(Kind.FAILED, say("build.other_program")))
    with _one_at_a_time:
        try:
            return _build(job)
        except RetentionReportsError as error:
            return Outcome(job.client, failure=Failure(Kind.FAILED, error.message))


def _build(job: RemoteJob) -> Outcome:
    repository = Path(_repository(job.url).name).resolve()
    fetch_commit(repository, job.url, job.commit)
    found = data_place(repository, job.commit)
    place = DataPlace(repository, found.revision, job.inside)
    with data_at(place, (job.client,)) as data:
        return build_client(jobs_at(place, data, job.options)[0])


@cache
def _repository(_url: str) -> TemporaryDirectory[str]:
    """Return a folder for what is fetched from a place; it lasts as long as the worker."""
    return TemporaryDirectory(prefix="retention-reports-")
