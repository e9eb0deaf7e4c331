"""Reading, checking, and analysing 100,000 orders against pandas' `read_csv` and one groupby of the same file."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pandas as pd

from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.analyses.revenue_bridge import revenue_bridge
from retention_reports.model.dataset import Dataset
from retention_reports.model.quarters import Quarter
from retention_reports.samples import write_sample
from retention_reports.validation.folder import load_client_folder

CUSTOMERS = 3_880


def reading_ratio(rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each round, ours and pandas'."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        client = Path(folder) / "bench"
        write_sample("bench", client, customers=CUSTOMERS)
        for _ in range(rounds):
            started = time.perf_counter()
            loaded = load_client_folder(client)
            dataset = Dataset.at(loaded, Quarter.of(loaded.newest_order, loaded.client.fiscal_year_start_month))
            pillars(dataset).figures()
            revenue_bridge(dataset).figures()
            read = time.perf_counter()
            pd.read_csv(client / "orders.csv").groupby("customer_id")["amount"].sum()
            theirs.append(time.perf_counter() - read)
            ours.append(read - started)
    return ours, theirs
