"""What the words of the section rest on: what a sign was worth, and what is at stake with some customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning, FlaggedCustomer, Power


def power_of(warning: EarlyWarning, key: str) -> Power | None:
    """Return what a signal was worth ("" for any signal); None where no quarter could be tested."""
    return next((power for power in warning.power if power.key == key), None)


def stake_of(customers: Sequence[FlaggedCustomer]) -> int | None:
    """Return the revenue at stake of some customers; None where it is unknown of one."""
    known = [entry.at_stake for entry in customers if entry.at_stake is not None]
    return sum(known) if len(known) == len(customers) else None
