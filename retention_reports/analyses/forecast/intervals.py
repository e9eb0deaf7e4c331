"""How far sums over customers may miss: by drawing the customers anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.bootstrap import amount_interval_95, drawn_sums

if TYPE_CHECKING:
    from retention_reports.model.ledger import Integers


def sum_interval(amounts: Integers) -> tuple[int, int]:
    """Return the 95 % bootstrap interval of the sum of the customers' amounts."""
    return amount_interval_95(drawn_sums(amounts.reshape(-1, 1))[:, 0])
