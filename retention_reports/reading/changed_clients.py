"""Which clients a push has changed, told by their folders in git alone; the working tree is not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.git import resolve
from retention_reports.reading.git_objects import objects_of
from retention_reports.reading.git_process import NoAnswerError
from retention_reports.reading.past import clients_at, data_place, git_error
from retention_reports.records import record

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.messages import Message
    from retention_reports.reading.git import Revision
    from retention_reports.reading.past import DataPlace


@record
class ChangedClients:
    """The clients of HEAD that are new or differ from an earlier commit, and those of then that are gone.

    A renamed client is gone under its old name and new under the other. `reason` says why all clients are named, where
    there is nothing to compare with.
    """

    clients: tuple[str, ...]
    deleted: tuple[str, ...] = ()
    reason: Message | None = None


def changed_clients(data: Path, since: str) -> ChangedClients:
    """Compare HEAD with a revision; one of zeros only, as a first push has it, stands for none.

    Raises:
        GitError: the data folder lies in no repository, or HEAD cannot be read.
        UnknownNameError: there is no commit yet.
    """
    place = data_place(data, "HEAD")
    try:
        now = _clients(place, place.revision)
    except NoAnswerError as error:
        raise git_error(place.repository, error) from error
    if not since.strip("0"):
        return ChangedClients(tuple(now), reason=say("changed.no_earlier_commit"))
    try:
        earlier = resolve(place.repository, since)
        then = _clients(place, earlier) if earlier is not None else None
    except NoAnswerError:
        then = None
    if then is None:
        return ChangedClients(tuple(now), reason=say("changed.not_here", revision=since))
    changed = tuple(name for name, tree in now.items() if then.get(name) != tree)
    return ChangedClients(changed, tuple(name for name in then if name not in now))


def _clients(place: DataPlace, revision: Revision) -> dict[str, str]:
    with objects_of(place.repository) as objects:
        return clients_at(objects, revision.commit, place.inside)
