"""Ids of orders and products that a spreadsheet has cut to a few digits, so that several may have become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.cells import sample_step
from retention_reports.reading.problems import shown
from retention_reports.validation.id_spellings import powers_of_ten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_COLUMNS = ("order_id", "offer_id", "product_id")


def refuse_cut_ids(tables: Iterable[SourceTable], log: ProblemLog) -> None:
    """Refuse columns of such ids. A spreadsheet cuts whole columns, so that a sample of the rows tells."""
    for table in tables:
        for name in _COLUMNS:
            cells = table.cells.get(name)
            if cells is None or not len(cells):
                continue
            sample = cells.at(np.arange(0, len(cells), sample_step(len(cells))))
            if not powers_of_ten(sample.words.tolist()):
                continue
            words = cells.words.tolist()
            cut = powers_of_ten(words)
            rows = [row for row, _ in cells.rows_of([place for place, word in enumerate(words) if word in cut])]
            message = say("tables.cut_ids", n=len(rows), first=shown(cells[rows[0]]))
            places = (table.location(row, name) for row in rows)
            log.error(table.location(rows[0], name), "cut ids", message, rows_at=places)
