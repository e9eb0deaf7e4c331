"""Small invented clients that keep every file, loaded once a test process."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.money import UNIT
from retention_reports.model.reporting_quarter import default_quarter
from retention_reports.samples import write_sample
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter

CUSTOMERS = 24
_ROUGH = {("orders", "amount"): 500 * UNIT, ("order_lines", "amount"): 100 * UNIT, ("offers", "amount"): 1000 * UNIT}


@cache
def small_client(seed: int, customers: int = CUSTOMERS) -> ClientFolder:
    """Load an invented client of so many customers; tests must not change its tables."""
    with TemporaryDirectory() as place:
        write_small_client(Path(place), seed, customers)
        return load_client_folder(Path(place))


@cache
def client_of_equal_amounts(seed: int) -> ClientFolder:
    """Load an invented client whose amounts are so rough that many customers bring the same."""
    folder = small_client(seed)
    tables = dict(folder.tables)
    for (name, column), step in _ROUGH.items():
        amounts = tables[name][column]
        rough = np.where(amounts > 0, np.maximum(amounts // step, 1), amounts // step) * step
        tables[name] = tables[name].assign(**{column: rough})
    return replace(folder, tables=tables)


def write_small_client(place: Path, seed: int, customers: int = CUSTOMERS) -> None:
    """Write the folder of an invented client whose files have standard names and columns."""
    write_sample("example_ltd", place, customers=customers, seed=seed)


def reported_quarter(folder: ClientFolder) -> Quarter:
    """Return the quarter that is reported where none is asked for."""
    return default_quarter(folder.newest_order, None, folder.client.fiscal_year_start_month)
