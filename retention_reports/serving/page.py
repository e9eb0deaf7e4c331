"""What is shown: the newest report, and what is wrong with the data since."""

from __future__ import annotations

from threading import Condition

from retention_reports.records import record


@record
class Shown:
    """One state of the page; `number` grows with each change."""

    number: int = 0
    report: str = ""
    problems: str = ""


class Page:
    """The page as all its readers see it; they wait for the next change."""

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self._changed = Condition()
        self._shown = Shown()

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def show_report(self, html: str) -> None:
        """Show a new report, and no problems."""
        with self._changed:
            self._shown = Shown(self._shown.number + 1, html)
            self._changed.notify_all()

    def show_problems(self, text: str) -> None:
        """Show what is wrong over the report that was there before."""
        with self._changed:
            self._shown = Shown(self._shown.number + 1, self._shown.report, text)
            self._changed.notify_all()

    def next_after(self, number: int, seconds: float) -> Shown | None:
        """Wait for a newer state than that; None where none came within so many seconds."""
        with self._changed:
            if self._changed.wait_for(lambda: self._shown.number > number, timeout=seconds):
                return self._shown
            return None
