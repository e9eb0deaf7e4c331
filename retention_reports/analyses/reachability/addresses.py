"""Whom the client can and may write to, by status and by value class."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, Unknown
from retention_reports.model.reachable import missing_columns, reach
from retention_reports.model.statuses import Status, statuses
from retention_reports.model.value_classes import CLASSES
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.reachable import Reach

STATUS, VALUE_CLASS = "status", "value_class"


@record
class Group:
    """Customers of one status or value class (`kind`), or everyone: how many have a valid address, a permission, both.

    `name` is the status's key or the class.
    """

    kind: str
    name: str
    address: int
    permission: int
    reachable: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `reachability.groups`."""
        return {
            "kind": self.kind,
            "name": self.name,
            "address": self.address,
            "permission": self.permission,
            **self.reachable.figures("reachable"),
        }


@record
class Addresses:
    """Reachability of everyone who has bought up to the cut-off, and of groups that have customers."""

    everyone: Group | None
    groups: tuple[Group, ...]
    missing: tuple[Missing, ...]


def addresses(dataset: Dataset) -> Addresses:
    """Count whom one can and may write to."""
    found = reach(dataset)
    if found is None:
        missing = [entry for key in ("reachable", "groups") for entry in missing_columns(dataset, key)]
        return Addresses(None, (), tuple(missing))
    everyone = _group(found, "all", "", dataset.known_customers)
    groups: list[Group] = []
    unknown: list[Missing] = []
    if dataset.covers_activity_on(dataset.quarter.previous.last_day):
        groups += _by_status(dataset, found)
    else:
        unknown.append(Missing("groups.status", Unknown.BEFORE_START_OF_DATA))
    if dataset.covers(dataset.year_ago + timedelta(days=1)):
        groups += _by_class(dataset, found)
    else:
        unknown.append(Missing("groups.value_class", Unknown.BEFORE_START_OF_DATA))
    return Addresses(everyone, tuple(group for group in groups if group.reachable.n), tuple(unknown))


def _by_status(dataset: Dataset, found: Reach) -> list[Group]:
    status = statuses(dataset.ledger, dataset.quarter)
    return [_group(found, STATUS, entry.key, status == entry) for entry in Status if entry is not Status.NONE]


def _by_class(dataset: Dataset, found: Reach) -> list[Group]:
    classes = dataset.value_classes(dataset.cut_off)
    return [_group(found, VALUE_CLASS, name, classes == name) for name in CLASSES]


def _group(found: Reach, kind: str, name: str, members: Flags) -> Group:
    return Group(
        kind=kind,
        name=name,
        address=int((found.address & members).sum()),
        permission=int((found.permission & members).sum()),
        reachable=Rate(int((found.reachable & members).sum()), int(members.sum())),
    )
