"""Laws that hold for every analysis: later rows change nothing, and neither does the order of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.dataset import ENTRY_DAY, Dataset

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter

    Analysis = Callable[[Dataset], object]


def with_later_rows(folder: ClientFolder, quarter: Quarter) -> ClientFolder:
    """Repeat every dated row with its day moved behind the quarter's end."""
    later = pd.Timestamp(quarter.plus(1).first_day)
    tables = dict(folder.tables)
    for name, column in ENTRY_DAY.items():
        if name in tables:
            moved = tables[name].assign(**{column: later})
            if name == "orders":
                moved["order_id"] = "later-" + moved["order_id"]
            tables[name] = pd.concat([tables[name], moved], ignore_index=True)
    return replace(folder, tables=tables)


def shuffled(folder: ClientFolder, seed: int) -> ClientFolder:
    """Put the rows of every table into another order; customers are renumbered everywhere."""
    generator = np.random.default_rng(seed)
    order = {name: generator.permutation(len(table)) for name, table in folder.tables.items()}
    place = np.append(np.argsort(order["customers"]), -1)
    tables = {}
    for name, table in folder.tables.items():
        mixed = table.iloc[order[name]].reset_index(drop=True)
        if "customer" in mixed.columns:
            mixed["customer"] = place[mixed["customer"].to_numpy()]
        tables[name] = mixed
    return replace(folder, tables=tables)


def assert_laws(folder: ClientFolder, quarter: Quarter, analysis: Analysis) -> None:
    """Compare whole results, not only their figures."""
    expected = analysis(Dataset.at(folder, quarter))
    assert analysis(Dataset.at(with_later_rows(folder, quarter), quarter)) == expected
    assert analysis(Dataset.at(shuffled(folder, seed=7), quarter)) == expected
