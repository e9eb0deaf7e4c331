"""What cannot be read as a client's data, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError

if TYPE_CHECKING:
    from retention_reports.messages import Message


class RefusedError(RetentionReportsError):
    """What came cannot become a client: nothing is written."""

    def __init__(self, message: Message, path: str = "") -> None:
        """Keep what to tell; `path` names the file that it is told of, if one is to blame."""
        super().__init__(message)
        self.path = path
