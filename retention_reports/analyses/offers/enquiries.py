"""Enquiries: how many criteria of genuine interest they met, and how many became customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.offers.offer_results import Criterion, Enquiries, Score
from retention_reports.analyses.offers.outcomes import split_words
from retention_reports.model.figures import Missing, Rate, Unknown

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

FEW_CRITERIA = 1
"""An enquiry that meets no more criteria shows little interest."""


def enquiries(dataset: Dataset) -> Enquiries | Missing:
    """Score the enquiries received in the last twelve months by the number of criteria they met.

    An enquiry carries no day of its result: what the file says counts, an empty result as not known yet.
    """
    table = dataset.table("enquiries")
    if table is None:
        return Missing("enquiries", Unknown.NO_FILE, "enquiries")
    for column in ("criteria", "won"):
        if not dataset.has_column("enquiries", column):
            return Missing("enquiries", Unknown.NO_COLUMN, f"enquiries.{column}")
    rows = table.loc[table["received_on"] > pd.Timestamp(dataset.year_ago)]
    if rows.empty:
        return Missing("enquiries", Unknown.NO_ROWS, "enquiries")
    met = split_words(rows["criteria"].tolist())
    numbers = np.array([len(entry) for entry in met], dtype=np.int64)
    won, known = (rows["won"] == "yes").to_numpy(dtype=np.bool_), (rows["won"] != "").to_numpy(dtype=np.bool_)

    def rate(chosen: Flags) -> Rate:
        return Rate(int((chosen & won).sum()), int((chosen & known).sum()))

    names = sorted({name for entry in met for name in entry})
    by_name = {name: np.array([name in entry for entry in met], dtype=np.bool_) for name in names}
    return Enquiries(
        received=len(rows),
        scores=tuple(
            Score(number, rate(numbers == number), int(((numbers == number) & ~known).sum()))
            for number in range(int(numbers.max()) + 1)
        ),
        criteria=tuple(Criterion(name, rate(flags), rate(~flags)) for name, flags in by_name.items()),
        few=rate(numbers <= FEW_CRITERIA),
        many=rate(numbers > FEW_CRITERIA),
    )
