"""Builds the page anew whenever a file of the client has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import watchfiles

from retention_reports import pipeline
from retention_reports.errors import DataError, RetentionReportsError

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from retention_reports.serving.page import Page


def rebuild(page: Page, folder: Path, quarter: str | None) -> None:
    """Show the report of the data as it is now, or what is wrong with it."""
    try:
        client = pipeline.load_client(folder)
        chosen = pipeline.chosen_quarters(client, quarter)[-1]
        files = pipeline.build_report(client, chosen, ("html",))
    except DataError as error:
        page.show_problems("\n".join(f"{problem.severity}: {problem}" for problem in error.problems))
    except RetentionReportsError as error:
        page.show_problems(str(error))
    else:
        page.show_report(next(iter(files.values())).decode("utf-8"))


def rebuild_on_change(page: Page, folder: Path, quarter: str | None, ended: Event) -> None:
    """Rebuild after each change until `ended` is set. Saves within a tenth of a second are one change."""
    for _ in watchfiles.watch(folder, stop_event=ended, debounce=100, raise_interrupt=False):
        rebuild(page, folder, quarter)
