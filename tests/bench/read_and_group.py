"""The least that any report on orders does: `python -m tests.bench.read_and_group CLIENT_FOLDER`.

The file of orders is read with pandas and grouped once by customer and quarter.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def main(folder: Path) -> None:
    """Read and group."""
    orders = pd.read_csv(folder / "orders.csv")
    quarter = pd.to_datetime(orders["ordered_on"]).dt.to_period("Q")
    orders.groupby(["customer_id", quarter])["amount"].sum()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
