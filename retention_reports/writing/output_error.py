"""What stops a report from being written."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.messages import Message


class OutputError(RetentionReportsError):
    """Nothing was replaced: the disk is full, the folder read-only, a name unfit, another build at work."""

    def __init__(self, path: Path | str, reason: str | Message) -> None:
        """Keep the place and the reason (the system's own words, or ours) apart; the message joins them."""
        super().__init__(say("writing.refused", path=str(path), reason=reason))
        self.path = Path(path)
        self.reason = reason


@contextmanager
def as_output_error(path: Path) -> Iterator[None]:
    """Turn the system's refusals into an `OutputError` of the file they name, else of the path given."""
    try:
        yield
    except OSError as error:
        raise OutputError(error.filename or path, error.strerror or str(error)) from error
