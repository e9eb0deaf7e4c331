"""Builds a report once more from the commit that it names, and tells what differs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from retention_reports.engine.build_key import Options
from retention_reports.engine.client_job import build_client
from retention_reports.engine.planning import jobs_at
from retention_reports.errors import DataError, RetentionReportsError
from retention_reports.messages import say
from retention_reports.model.figure_changes import FigureChange, changed_figures
from retention_reports.model.provenance import DataState
from retention_reports.reading.past import data_at, data_place
from retention_reports.records import record
from retention_reports.writing.kept import written_files
from retention_reports.writing.record import differing_files
from retention_reports.writing.report_files import format_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIGURES = "figures.json"


class UnverifiableError(RetentionReportsError):
    """A report that cannot be built again, or was not written by this program; the message says why."""


@record
class Report:
    """What a report's folder says of itself. `figures` is the content of `figures.json`."""

    folder: Path
    client: str
    quarter: str
    commit: str
    tool_version: str
    figures: Mapping[str, Any]


@record
class Verdict:
    """What a rebuild showed: files changed since they were written, files and figures that come out otherwise."""

    report: Report
    edited: tuple[str, ...]
    different: tuple[str, ...]
    figures: tuple[FigureChange, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether every file is, byte for byte, what comes out today."""
        return not self.edited and not self.different


def read_report(folder: Path) -> Report:
    """Read what a report says of itself.

    Raises:
        UnverifiableError: there is no report of committed data in the folder.
    """
    try:
        content = json.loads((folder / FIGURES).read_text("utf-8"))
        data = content["data"]
        commit, state = data["commit"], data["state"]
        found = Report(folder, content["client"], content["quarter"], str(commit), str(data["tool_version"]), content)
    except OSError as error:
        path, reason = str(folder / FIGURES), str(error.strerror)
        raise UnverifiableError(say("verify.no_figures", path=path, reason=reason)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnverifiableError(say("verify.other_figures", path=str(folder / FIGURES))) from error
    if state != DataState.CLEAN or not isinstance(commit, str):
        raise UnverifiableError(say("verify.not_committed", folder=str(folder), state=str(state)))
    return found


def verify(folder: Path, data: Path) -> Verdict:
    """Build the report again, in the formats that the folder holds.

    Raises:
        RetentionReportsError: it cannot be built again: the commit is not here, or today's rules find errors in it.
    """
    report = read_report(folder)
    written = written_files(folder)
    if not written:
        raise UnverifiableError(say("verify.no_list", folder=str(folder)))
    formats = {kind for name in written if (kind := format_of(name)) is not None}
    files = _built_again(report, data, tuple(sorted(formats)))
    names = sorted({*written, *files})
    different = tuple(name for name in names if files.get(name) != _content(folder / name))
    figures = changed_figures(report.figures, json.loads(files[FIGURES])) if FIGURES in different else ()
    return Verdict(report, differing_files(folder), different, figures)


def _built_again(report: Report, data: Path, formats: tuple[str, ...]) -> Mapping[str, bytes]:
    place = data_place(data, report.commit)
    with data_at(place, (report.client,)) as past:
        outcome = build_client(jobs_at(place, past, Options(report.quarter, formats))[0])
    if outcome.failure is not None and outcome.failure.problems:
        raise DataError(outcome.failure.problems)
    if outcome.failure is not None:
        raise UnverifiableError(outcome.failure.message)
    return outcome.reports[0].files


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
