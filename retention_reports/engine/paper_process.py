"""A second process for the PDF of the only client that is to be built: it loads WeasyPrint while the data is read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retention_reports.engine.client_job import OBJECTS_BETWEEN_COLLECTIONS
from retention_reports.engine.workers import worker_processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

    from retention_reports.engine.client_job import ClientJob


@contextmanager
def paper_process(jobs: Sequence[ClientJob], processes: int) -> Iterator[Executor | None]:
    """Start the process, or give None where `processes` allows no second one or the clients need them all."""
    if processes == 1 or len(jobs) != 1 or "pdf" not in jobs[0].options.formats:
        yield None
        return
    with worker_processes(1) as executor:
        executor.submit(_get_ready)
        yield executor


def _get_ready() -> None:
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from retention_reports.rendering.report_pdf import get_ready  # noqa: PLC0415 -- loads WeasyPrint

    get_ready()
