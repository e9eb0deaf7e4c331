"""Numbers of a column within its range: taken to the standard scale where another is declared, refused outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.validation.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_reports.model.schema import Column

    _Values = npt.NDArray[np.float64]

_PER_CENT = 100


def on_standard_scale(values: _Values, column: Column, scale: Sequence[float]) -> _Values:
    """Return values of a scale, given by what the lowest and the highest standard value are there, on the standard one.

    Values outside the scale are outside the standard one, too.
    """
    low, high = column.low or 0.0, column.high or 0.0
    first, last = scale
    mapped: _Values = low + (values - first) / (last - first) * (high - low)
    return mapped


def range_faults(values: _Values, column: Column) -> dict[int, Fault]:
    """Refuse values outside a column's range; where most are, the whole column is on another scale."""
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    outside = (values < low) | (values > high)
    if not outside.any():
        return {}
    bounds = (("high", f"{high:g}"), ("low", f"{low:g}"))
    if column.high is None:
        fault = Fault("scales.too_low", bounds, of_column=True)
    else:
        largest = float(values[outside].max())
        inside = values[~outside & ~np.isnan(values)]
        is_mixed = column.high == 1 and bool(((inside > 0) & (inside < 1)).any())
        proposed = f"[{low:g}, {_PER_CENT}]" if largest <= _PER_CENT else f"[{low:g}, {largest:g}]"
        # A few values outside are slips; only where they prevail is another scale likely, and safe to propose.
        is_other_scale = not is_mixed and bool(outside.sum() > (inside > low).sum())
        key = "scales.mixed" if is_mixed else "scales.other" if is_other_scale else "scales.outside"
        fault = Fault(key, (*bounds, ("proposed", proposed)), of_column=True, is_error=is_other_scale or is_mixed)
    return dict.fromkeys(np.flatnonzero(outside).tolist(), fault)
