"""One leading entry a customer: its money counts once, whatever else there is to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.recommending.kinds import URGENT_FIRST, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recommending.results import Decision, Entry

_MEASURED_BONUS = (4, 3)
"""Of two effects within a quarter of each other the measured one goes first."""


def with_leading(entries: Sequence[Entry]) -> list[Entry]:
    """Mark each customer's leading entry, the first by `rank`, and leave the others hanging below it."""
    led: set[str] = set()
    marked = []
    for entry in sorted(entries, key=rank):
        leads = not entry.customer_id or entry.customer_id not in led
        if entry.customer_id:
            led.add(entry.customer_id)
        marked.append(entry if entry.leading == leads else replace(entry, leading=leads))
    return marked


def rank(entry: Entry) -> tuple[int, int, tuple[str, str]]:
    """Order entries: urgent kinds, then by what they cautiously bring, proven before hoped, ties by name."""
    urgent = URGENT_FIRST.index(entry.kind) if entry.kind in URGENT_FIRST else len(URGENT_FIRST)
    return urgent, -weight(entry), entry.name_order


def weight(one: Entry | Decision) -> int:
    """Return the cautious effect by which things are ranked, raised where it is measured."""
    over, under = _MEASURED_BONUS if one.evidence is Evidence.MEASURED and one.cautious > 0 else (1, 1)
    return one.cautious * over // under
