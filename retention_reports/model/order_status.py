"""What has become of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd


def has_status(orders: pd.DataFrame, status: str) -> npt.NDArray[np.bool_]:
    """Tell which orders have the status: `completed`, `cancelled` or `returned`."""
    # Statuses have no gaps, which a comparison of pandas' own would look for, in several times the time.
    flags: npt.NDArray[np.bool_] = orders["status"].to_numpy(dtype=object) == status
    return flags
