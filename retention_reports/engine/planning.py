"""Makes the jobs of a build, and takes out those that have nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.engine.client_job import ClientJob
from retention_reports.engine.unchanged import finished_reports
from retention_reports.reading.git import read_versions
from retention_reports.reading.git_process import NoAnswerError, repository_root
from retention_reports.reading.published import published_tags
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from retention_reports.engine.build_key import Options
    from retention_reports.reading.past import DataPlace, PastData


@record
class Plan:
    """What is finished (the report folders by client) and what has to be built, in the order of the clients."""

    finished: Mapping[str, tuple[Path, ...]]
    due: tuple[ClientJob, ...]


def jobs_now(data: Path, names: Sequence[str], options: Options) -> tuple[ClientJob, ...]:
    """Make the jobs of clients as they lie in the data folder; git is asked once for all of them."""
    folders = [data / name for name in names]
    versions = read_versions(folders)
    tags = {root: _publications(root) for root in {repository_root(folder.resolve()) for folder in folders}}
    return tuple(
        ClientJob(
            client=folder.name,
            folder=folder,
            shown_as=folder.as_posix(),
            options=options,
            version=versions[folder],
            publications=_of_client(tags[repository_root(folder.resolve())], folder.name),
        )
        for folder in folders
    )


def jobs_at(place: DataPlace, data: PastData, options: Options) -> tuple[ClientJob, ...]:
    """Make the jobs of clients that were laid out as of a commit."""
    tags = _publications(place.repository)
    shown = f"{place.revision.commit[:12]}:{''.join(f'{part}/' for part in place.inside)}"
    return tuple(
        ClientJob(
            client=name,
            folder=data.folder / name,
            shown_as=f"{shown}{name}",
            options=options,
            version=origin.version,
            publications=_of_client(tags, name),
            origin=origin,
        )
        for name, origin in data.origins.items()
    )


def plan(jobs: Iterable[ClientJob], output: Path, *, force: bool = False) -> Plan:
    """Find out which reports are there already, just as they would be built; none where `force` is set."""
    finished, due = {}, []
    for job in jobs:
        reports = None if force else finished_reports(output, job.report_name, job.inputs().key, job.options.quarter)
        if reports is None:
            due.append(job)
        else:
            finished[job.client] = reports
    return Plan(finished, tuple(due))


def _publications(root: Path | None) -> dict[str, str]:
    if root is None:
        return {}
    try:
        return published_tags(root)
    except NoAnswerError:
        return {}


def _of_client(tags: Mapping[str, str], client: str) -> dict[str, str]:
    return {name: tag for name, tag in tags.items() if name.startswith(f"{client}/")}
