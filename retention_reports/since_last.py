"""What has changed in a client's data since the last report, and may not be meant: told before anything is built."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.errors import Location, Problem, RetentionReportsError, Severity
from retention_reports.model.data_changes import data_changes, known_customers, renumbering
from retention_reports.model.renumbering import KnownCustomers, renumbered_customers
from retention_reports.model.reporting_quarter import default_quarter
from retention_reports.model.schema import TABLE_BY_NAME
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.earlier import earlier_commits
from retention_reports.reading.folder import read_client_folder
from retention_reports.reading.past import data_at, data_place
from retention_reports.reading.problems import ProblemLog
from retention_reports.records import record
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from retention_reports.model.data_changes import DataChange
    from retention_reports.model.folder import ClientFolder
    from retention_reports.reading.tables import SourceTable

_LARGEST = 200_000_000


@record
class Earlier:
    """The client's data as of the last report, the commit, and the day on which its data was committed."""

    folder: ClientFolder
    commit: str
    committed_on: date | None

    @property
    def shown(self) -> str:
        """The state as sentences name it."""
        return (
            self.commit[:12] if self.committed_on is None else f"{self.committed_on.isoformat()} ({self.commit[:12]})"
        )


def changes_since_last(path: Path, folder: ClientFolder, changed: Sequence[str], shown: str) -> tuple[Problem, ...]:
    """Return warnings of what differs from the last report's data; none where git cannot tell or nothing differs.

    `path` is the client's folder, `changed` the files that differ from git's newest version, `shown` the folder's name
    in messages. Earlier data that could not be read today, and folders too large to be read twice, are not compared.
    """
    if sum(file.size for file in folder.files) > _LARGEST:
        return ()
    earlier = _earlier(path, changed)
    if earlier is None:
        return ()
    closed = default_quarter(earlier.folder.newest_order, earlier.committed_on, folder.client.fiscal_year_start_month)
    return _problems(data_changes(earlier.folder, folder, earlier.shown, closed), shown)


def renumbered_since_last(path: Path) -> tuple[Problem, ...]:
    """Return a warning where customers were renumbered in a folder that has errors: it may be what causes them."""
    earlier = _earlier(path, (CLIENT_FILE,))
    source = read_client_folder(path, ProblemLog(), TABLE_BY_NAME)
    if earlier is None or source is None or not {"customers", "orders"} <= source.tables.keys():
        return ()
    customers, orders = (source.tables[name] for name in ("customers", "orders"))
    then = known_customers(earlier.folder)
    now = KnownCustomers(
        _texts(customers, ("customer_id", "name", "email")),
        _texts(orders, ("order_id", "customer_id")).drop_duplicates(),
    )
    found = renumbered_customers(replace(then, orders=then.orders[["order_id", "customer_id"]]), now)
    return _problems(renumbering(found, earlier.shown), path.as_posix())


def _earlier(path: Path, changed: Sequence[str]) -> Earlier | None:
    """Return the newest earlier state that has no errors: of one that has, there was no report."""
    place = path.resolve()
    for commit in earlier_commits(path, changed):
        with suppress(RetentionReportsError), data_at(data_place(place.parent, commit), (place.name,)) as past:
            committed_at = past.origins[place.name].version.committed_at
            folder = load_client_folder(past.folder / place.name)
            return Earlier(folder, commit, None if committed_at is None else committed_at.date())
    return None


def _texts(table: SourceTable, columns: Sequence[str]) -> pd.DataFrame:
    cells = {name: table.cells[name].texts if name in table.cells else "" for name in columns}
    return pd.DataFrame(cells, index=range(table.row_count), dtype="str")


def _problems(changes: Iterable[DataChange], shown: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(Location(shown, 0, change.table), change.kind, change.message, Severity.WARNING) for change in changes
    )
