"""Compares published reports with what the data says now."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.model.dataset import Dataset
from retention_reports.model.figure_changes import changed_figures
from retention_reports.model.needs import known_figures
from retention_reports.model.quarters import Quarter
from retention_reports.model.restatement import RestatedQuarter, Restatement
from retention_reports.model.row_changes import changed_rows
from retention_reports.reading.git_process import NoAnswerError
from retention_reports.reading.past import data_at, data_place
from retention_reports.reading.published import read_publications
from retention_reports.records import record
from retention_reports.sections import ANALYSES
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_reports.model.figures import Figure
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.row_changes import TableChanges
    from retention_reports.reading.published import Publication

HEADLINE_ANALYSES = ("pillars", "revenue_bridge")
"""What earlier quarters are compared by; of the reported quarter, all figures are at hand."""


@record
class Published:
    """A client's published reports whose data led to the data at hand.

    `data` is the data folder in its repository, or where it would lie; `commit` the commit of the data at hand.
    """

    data: Path
    client: str
    repository: Path
    commit: str

    @cached_property
    def publications(self) -> dict[str, Publication]:
        """The published reports by quarter; none where git cannot tell."""
        try:
            found = read_publications(self.repository, self.client, self.commit)
        except NoAnswerError:
            return {}
        return {entry.quarter: entry for entry in found}

    def restatement(
        self, folder: ClientFolder, quarter: Quarter, figures: Mapping[str, Mapping[str, Figure]]
    ) -> Restatement | None:
        """Compare the reports of this and earlier quarters with now; None where all figures stand as they were said.

        `figures` are the sections of this quarter's report.
        """
        found = []
        for label, publication in sorted(self.publications.items(), reverse=True):
            published = _quarter(label, quarter)
            if published is None or published > quarter:
                continue
            now = figures if published == quarter else headline_figures(folder, published)
            changes = changed_figures(publication.figures, _as_read(now), lists=False, only_shared=True)
            if changes:
                rows = self._rows(folder, published, publication.commit)
                found.append(RestatedQuarter(published, publication.commit, publication.tool_version, changes, rows))
        return Restatement(tuple(found)) if found else None

    def _rows(self, folder: ClientFolder, quarter: Quarter, commit: str) -> tuple[TableChanges, ...] | None:
        try:
            return rows_since(folder, quarter, self.data, commit)
        except RetentionReportsError:
            return None


def headline_figures(folder: ClientFolder, quarter: Quarter) -> dict[str, Mapping[str, Figure]]:
    """Return the headline sections of a quarter as the data has them; nothing where nobody had bought anything yet."""
    try:
        dataset = Dataset.at(folder, quarter)
    except RetentionReportsError:
        return {}
    return {
        entry.key: known_figures(dataset, entry.key, entry.run(dataset).figures())
        for entry in ANALYSES
        if entry.key in HEADLINE_ANALYSES
    }


def rows_since(folder: ClientFolder, quarter: Quarter, data: Path, commit: str) -> tuple[TableChanges, ...]:
    """Return which rows, as known at the quarter's end, differ from those of a commit.

    Raises:
        RetentionReportsError: the data of the commit is not here, has errors, or has no purchase by then.
    """
    name = folder.client.key
    with data_at(data_place(data, commit), (name,)) as past:
        then = load_client_folder(past.folder / name)
    return changed_rows(Dataset.at(then, quarter).tables, Dataset.at(folder, quarter).tables)


def _quarter(label: str, like: Quarter) -> Quarter | None:
    try:
        return Quarter.parse(label, like.start_month)
    except ValueError:
        return None


def _as_read(figures: Mapping[str, object]) -> dict[str, object]:
    """Return the figures as they are after they were written and read: what they are compared with was."""
    read: dict[str, object] = json.loads(json.dumps(figures))
    return read
