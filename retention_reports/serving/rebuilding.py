"""Builds the page anew whenever a file of the client has changed."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

import watchfiles

from retention_reports import pipeline
from retention_reports.errors import DataError, RetentionReportsError
from retention_reports.reading.alike import bounded

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from retention_reports.serving.page import Page


def rebuild(page: Page, folder: Path, quarter: str | None, language: str) -> None:
    """Show the report of the data as it is now, or what is wrong with it, in a language."""
    try:
        client = pipeline.load_client(folder)
        chosen = pipeline.chosen_quarters(client, quarter)[-1]
        files = pipeline.build_report(client, chosen, ("html",))
    except DataError as error:
        page.show_problems("\n".join(bounded(error.problems).lines(language)))
    except RetentionReportsError as error:
        page.show_problems(error.message.said_in(language))
    except Exception:  # noqa: BLE001 -- a bug is shown, and the next change is still seen
        page.show_problems(traceback.format_exc())
    else:
        page.show_report(next(iter(files.values())).decode("utf-8"))


def rebuild_on_change(page: Page, folder: Path, quarter: str | None, ended: Event, language: str) -> None:
    """Rebuild at once, and after each change, until `ended` is set. Saves within a tenth of a second are one change.

    What the system does not report (it may not yet, or not on a network folder) is found by looking every second.
    """
    seen = _state(folder)
    rebuild(page, folder, quarter, language)
    for _ in watchfiles.watch(
        folder, stop_event=ended, debounce=100, rust_timeout=1000, yield_on_timeout=True, raise_interrupt=False
    ):
        now = _state(folder)
        if now != seen:
            seen = now
            rebuild(page, folder, quarter, language)


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every file."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 -- may be many
            with suppress(OSError):
                facts = os.lstat(path)
                found[path] = (facts.st_size, facts.st_mtime_ns)
    return found
