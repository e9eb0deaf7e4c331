"""Takes reports away that a build can make again; what the user laid beside them, or wrote into them, stays."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from retention_reports.writing.kept import CHECKSUMS, RECORD, written_files
from retention_reports.writing.leftovers import clear_leftovers
from retention_reports.writing.lock import locked
from retention_reports.writing.output_error import as_output_error
from retention_reports.writing.record import differing_files


def remove_report(folder: Path) -> tuple[Path, ...]:
    """Remove the files that the last build wrote into a report's folder, and return those that somebody changed.

    Raises:
        OutputError: something could not be removed.
    """
    with as_output_error(folder), locked(folder.parent):
        clear_leftovers(folder.parent)
        written, changed = written_files(folder), set(differing_files(folder))
        for name in written.keys() - changed:
            (folder / name).unlink(missing_ok=True)
        for name in (CHECKSUMS, RECORD):
            (folder / name).unlink(missing_ok=True)
        for place, _, _ in os.walk(folder, topdown=False):
            with suppress(OSError):  # something of the user's is in it
                Path(place).rmdir()
    return tuple(folder / name for name in sorted(changed) if (folder / name).exists())
