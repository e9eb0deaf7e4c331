"""The consultant's last word on what a quarter's report asks management to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date


@record
class Amendment:
    """What the consultant says of one decision, by its id; `line` is where the file says it.

    Texts are "" and `due_on` is None where the decision stays as it is. `text` stands in place of our reason.
    """

    identifier: str
    line: int
    pin: bool = False
    drop: bool = False
    title: str = ""
    owner: str = ""
    due_on: date | None = None
    text: str = ""


@record
class Amendments:
    """Everything said of one quarter's decisions, in the order of the file; `path` is within the client's folder."""

    path: str
    entries: tuple[Amendment, ...]
