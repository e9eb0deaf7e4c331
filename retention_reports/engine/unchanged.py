"""Finds the reports that are there already, just as they would be built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.writing.record import is_whole, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.writing.record import BuildRecord

ALL_QUARTERS = "all"


def finished_reports(output: Path, client: str, key: str, quarter: str | None) -> tuple[Path, ...] | None:
    """Return the folders that a build with this key would write; None where one is missing, older, or not whole.

    Which quarters a client has follows from its data, so from the key: any report with this key remembers it.
    """
    records = {path.name: record for path, record in _records(output / client) if record.key == key}
    if not records:
        return None
    wanted = _quarters(next(iter(records.values())), quarter)
    if not wanted or not all(name in records and is_whole(output / client / name) for name in wanted):
        return None
    return tuple(output / client / name for name in wanted)


def _quarters(record: BuildRecord, quarter: str | None) -> tuple[str, ...]:
    if quarter is None:
        return (record.newest_quarter,)
    return record.quarters if quarter == ALL_QUARTERS else (quarter,)


def _records(folder: Path) -> list[tuple[Path, BuildRecord]]:
    if not folder.is_dir():
        return []
    found = [(path, read_record(path)) for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    return [(path, record) for path, record in found if record is not None]
