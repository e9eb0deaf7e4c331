"""Orders whose status says that nobody has paid them, and that `client.toml` counts as bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.reading.problems import shown
from retention_reports.validation.telling_columns import is_unpaid

if TYPE_CHECKING:
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_COMPLETED = "completed"


def warn_of_unpaid_orders(orders: CheckedTable, log: ProblemLog) -> None:
    """Tell, on page 1 as well, how many orders count as bought that were pending or unpaid when they were exported."""
    values = orders.source.settings.values.get("status", {})
    words = [word for word, standard in values.items() if standard == _COMPLETED and is_unpaid(word)]
    if not words:
        return
    unpaid = np.zeros(orders.source.row_count, dtype=np.bool_)
    for part in orders.source.parts:
        heading = part.headings.get("status", "")
        if heading in part.grid.header:
            texts = np.asarray(part.grid.columns[part.grid.header.index(heading)], dtype=object)[part.rows]
            unpaid[part.first_row : part.first_row + len(texts)] = [str(text).strip() in words for text in texts]
    frame = orders.frame.loc[unpaid[orders.frame.index] & (orders.frame["status"] == _COMPLETED).to_numpy()]
    if not len(frame):
        return
    amount = in_cents(int(frame["amount"].sum()))
    message = say("orders.unpaid", n=len(frame), amount=amount, words=", ".join(map(shown, words)))
    page = say("orders.unpaid_page", n=len(frame), amount=amount)
    log.warning(orders.location(int(frame.index[0]), "status"), "unpaid orders", message, on_first_page=page)
