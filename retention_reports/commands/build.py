"""`retention-reports build`."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retention_reports.commands.language import spoken_for_all, spoken_in
from retention_reports.commands.messages import counted, progress, show_problems, tell
from retention_reports.commands.one_client import Failures
from retention_reports.commands.options import (
    clients_argument,
    data_option,
    errors_as_messages,
    known_clients,
    output_option,
    quarters_begun,
    read_formats,
)
from retention_reports.commands.printing import echo
from retention_reports.engine.build_key import Options, program_digest
from retention_reports.engine.client_job import Kind, build_client
from retention_reports.engine.paper_process import paper_process
from retention_reports.engine.planning import jobs_at, jobs_now, plan
from retention_reports.engine.remote_job import RemoteJob, build_remote
from retention_reports.engine.workers import MOST_PROCESSES, dask_workers, local_workers, outcomes, usual_processes
from retention_reports.errors import RetentionReportsError
from retention_reports.index import INDEX_FILE, write_index
from retention_reports.messages import say
from retention_reports.reading.past import data_at, data_place
from retention_reports.records import record
from retention_reports.writing.files import replace_files, sweep
from retention_reports.writing.report_files import FORMATS, ON_REQUEST
from retention_reports.writing.secret_key import FILE, pseudonym_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.engine.client_job import ClientJob, Outcome
    from retention_reports.engine.planning import Plan


@record
class _Means:
    """By what a build is done: processes here, or a cluster that fetches the data from a repository."""

    jobs: int | None
    dask: str | None
    repository: str | None


@click.command()
@clients_argument
@click.option(
    "--quarter",
    metavar="QUARTER",
    shell_complete=quarters_begun,
    help="Quarter such as 2026-Q3, or `all`. Default: the newest complete one.",
)
@data_option
@output_option
@click.option(
    "--format",
    "formats",
    default=",".join(FORMATS),
    show_default=True,
    callback=read_formats,
    help=f"Which files to write; on request also {', '.join(ON_REQUEST)}.",
)
@click.option(
    "--pseudonymise",
    is_flag=True,
    help="Write versions for wider circulation: codes instead of names.",
)
@click.option("--at", metavar="REVISION", help="Build from the data as of a commit, tag or branch.")
@click.option("--force", is_flag=True, help="Build also what has not changed.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Processes to build with. Default: one a processor, at most {MOST_PROCESSES}.",
)
@click.option("--dask", metavar="ADDRESS", help="Build on the Dask cluster of this scheduler, from committed data.")
@click.option(
    "--repository", metavar="URL", help="Where the cluster fetches the data from. Default: this repository's path."
)
def command(  # noqa: PLR0913 -- one parameter an option
    *,
    clients: tuple[str, ...],
    quarter: str | None,
    data: Path,
    output: Path,
    formats: tuple[str, ...],
    at: str | None,
    jobs: int | None,
    dask: str | None,
    repository: str | None,
    force: bool,
    pseudonymise: bool,
) -> None:
    """Check the data of all clients, or of those named, and write their reports."""
    means = _Means(jobs, dask, repository)
    revision = "HEAD" if at is None and dask else at
    language = spoken_for_all(data)
    with errors_as_messages(language):
        options = Options(quarter, formats, _secret(language) if pseudonymise else b"")
    with errors_as_messages(language), _jobs(data, clients, options, revision) as work:
        planned = plan(work, output, force=force)
        sweep(output, [job.report_name for job in work])
        with _results(planned, data, means) as results:
            failed = _build(planned, data, output, results)
    sys.exit(max(failed, _write_index(output, language, needed=bool(planned.due))))


def _secret(language: str) -> bytes:
    """Return the key of the codes, and say where a new one lies."""
    folder = Path(click.get_app_dir("retention-reports"))
    found = pseudonym_key(os.environ, folder)
    if found.is_new:
        echo(say("secret.made", path=(folder / FILE).as_posix()).said_in(language), err=True)
    return found.key


@contextmanager
def _jobs(
    data: Path, clients: tuple[str, ...], options: Options, revision: str | None
) -> Iterator[tuple[ClientJob, ...]]:
    if revision is None:
        yield jobs_now(data, known_clients(data, clients), options)
        return
    place = data_place(data, revision)
    with data_at(place, clients) as past:
        yield jobs_at(place, past, options)


@contextmanager
def _results(planned: Plan, data: Path, means: _Means) -> Iterator[Iterator[Outcome]]:
    """Give what comes of the clients that are due; the processes have ended when this ends, not some time later.

    Whoever takes as many results as there are clients leaves the generator waiting after the last, its processes idle.
    """
    if not planned.due:
        yield iter(())
        return
    if means.dask is None:
        processes = means.jobs or usual_processes()
        with paper_process(planned.due, processes) as paper:
            workers = local_workers(min(processes, len(planned.due)))
            with closing(outcomes(planned.due, partial(build_client, paper=paper), workers)) as results:
                yield results
        return
    place = data_place(data, "HEAD")
    url = means.repository or str(place.repository)
    remote = [
        RemoteJob(job.client, url, job.origin.commit, place.inside, job.options, program_digest())
        for job in planned.due
        if job.origin is not None
    ]
    with dask_workers(means.dask) as workers, closing(outcomes(remote, build_remote, workers)) as results:
        yield results


def _build(planned: Plan, data: Path, output: Path, results: Iterator[Outcome]) -> int:
    """Write what comes, name every report folder on standard output, and return the exit code."""
    for reports in planned.finished.values():
        for folder in reports:
            echo(folder)
    if planned.finished:
        progress(say("build.unchanged", n=len(planned.finished)), spoken_for_all(data))
    failed, failures = 0, Failures()
    for number, job in enumerate(planned.due, start=1):
        language = spoken_in(job.folder)
        progress(say("build.progress", number=number, count=len(planned.due), client=job.client), language)
        outcome = next(results)
        with failures.of(job.client, language):
            failed = max(failed, _write(outcome, output, job.report_name, language))
    return max(failed, int(failures.any))


def _write(outcome: Outcome, output: Path, name: str, language: str) -> int:
    show_problems(outcome.warnings, language)
    try:
        for report in outcome.reports:
            echo(replace_files(output, f"{name}/{report.quarter}", report.files, report.record.to_bytes()))
    except RetentionReportsError as error:
        tell(say("build.failed", client=outcome.client, reason=error.message), language)
        return 1
    return _report_failure(outcome, language)


def _report_failure(outcome: Outcome, language: str) -> int:
    failure = outcome.failure
    if failure is None:
        return 0
    if failure.kind is Kind.DATA:
        tell(say("build.no_report", client=outcome.client, counted=counted(failure.problems)), language)
        show_problems(failure.problems, language)
        return 1
    tell(say("build.failed", client=outcome.client, reason=failure.message), language)
    return 2 if failure.kind is Kind.WRONG_USE else 1


def _write_index(output: Path, language: str, *, needed: bool) -> int:
    """Write the page over all reports, unless it is there and nothing was built."""
    if not needed and (output / INDEX_FILE).is_file():
        return 0
    try:
        write_index(output)
    except RetentionReportsError as error:
        tell(error.message, language)
        return 1
    return 0
