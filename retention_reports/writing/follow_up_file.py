"""`follow_up.csv` in a client's folder: what became of recommendations. This program alone writes it."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.model.follow_up import FollowUp
from retention_reports.model.schema import FOLLOW_UP
from retention_reports.reading.client_file import read_client_file
from retention_reports.reading.files import FolderFiles
from retention_reports.reading.problems import ProblemLog
from retention_reports.writing.files import edit_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from retention_reports.messages import Message

NAME = f"{FOLLOW_UP.name}.csv"


class FollowUpFileError(RetentionReportsError):
    """The file is not as this program writes it; nothing was written."""


class FollowUpFile:
    """Reads the rows that are known, and adds others or puts them in their place."""

    def __init__(self, folder: Path) -> None:
        """Look whether the client's settings leave the file to this program.

        Raises:
            FollowUpFileError: they describe it as an export.
        """
        self._folder = folder
        client_file = read_client_file(FolderFiles(folder, ProblemLog()))
        if client_file is not None and FOLLOW_UP.name in client_file.settings.files:
            raise self._error(say("follow_up.declared"))

    def read(self) -> Mapping[tuple[str, str], FollowUp]:
        """Return the rows by recommendation and day; none where there is no file.

        Raises:
            FollowUpFileError: somebody else has written into it.
        """
        path = self._folder / NAME
        return self._parsed(path.read_bytes() if path.is_file() else None)

    def write(self, rows: Sequence[FollowUp]) -> Path:
        """Add these rows; one of the same recommendation and day takes the place of the old one.

        Raises:
            FollowUpFileError: somebody else has written into the file.
            OutputError: the disk or somebody else's work is in the way.
        """
        return edit_file(self._folder, NAME, lambda content: self._edited(content, rows))

    def _edited(self, content: bytes | None, rows: Sequence[FollowUp]) -> bytes:
        kept = {**self._parsed(content), **{row.key: row for row in rows}}
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(FOLLOW_UP.column_names)
        for row in kept.values():
            cells = {**{name: getattr(row, name) for name in FOLLOW_UP.column_names}, "date": row.date.isoformat()}
            writer.writerow(cells.values())
        return text.getvalue().encode()

    def _parsed(self, content: bytes | None) -> dict[tuple[str, str], FollowUp]:
        if not content:
            return {}
        try:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
            if tuple(rows[0]) != FOLLOW_UP.column_names:
                raise self._error(say("follow_up.other_form"))
            found = [self._row(cells) for cells in rows[1:] if cells]
        except (ValueError, csv.Error) as problem:
            raise self._error(say("follow_up.other_form")) from problem
        return {row.key: row for row in found}

    @staticmethod
    def _row(cells: Sequence[str]) -> FollowUp:
        named = dict(zip(FOLLOW_UP.column_names, cells, strict=True))
        day = date.fromisoformat(named.pop("date"))
        return FollowUp(date=day, **named)

    def _error(self, reason: Message) -> FollowUpFileError:
        return FollowUpFileError(say("writing.refused", path=(self._folder / NAME).as_posix(), reason=reason))
