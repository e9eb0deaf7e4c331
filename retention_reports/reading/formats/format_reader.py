"""What every reader of a format offers, and what it is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from retention_reports.reading.grid import Grid
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention_reports.errors import Location
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.settings import FileSettings


@record
class Request:
    """A standard table that is wanted: the files that `path` names, the settings, and where a key of them stands.

    `orders` are the settings of the orders: what is said there of all files goes for the other tables, too.
    """

    table: str
    paths: tuple[str, ...]
    settings: FileSettings
    orders: FileSettings
    at: Callable[..., Location]


class FormatReader(Protocol):
    """Reads the files of one client that are in one format; each file is taken apart once for all tables."""

    def __init__(self, files: FolderFiles) -> None:
        """Begin with nothing read; problems go to the files' log."""

    def read(self, request: Request) -> list[tuple[str, Grid]]:
        """Return the rows of a table, file by file under the name that messages call it by.

        What cannot be read is noted in the log, and left out.
        """


def grid_of_columns(columns: Mapping[str, Sequence[str]], lines: Sequence[int]) -> Grid:
    """Return a grid of columns by standard name; those without any text are left out, the first never."""
    first = next(iter(columns))
    kept = {name: tuple(cells) for name, cells in columns.items() if name == first or any(cells)}
    return Grid(tuple(kept), tuple(kept.values()), np.array(lines, dtype=np.int64))
