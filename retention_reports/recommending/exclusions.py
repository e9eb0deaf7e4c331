"""Whom nothing, or not everything, is recommended for: tests stay tests, complaints come before sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.agreements import agreements
from retention_reports.model.measure_rows import NOT_CARRIED_OUT, SUCCESS_DAYS
from retention_reports.recommending.kinds import SELLING, WORTH_A_MARGIN, Kind
from retention_reports.recommending.results import Exclusion
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.model.dataset import Dataset
    from retention_reports.recommending.candidates import Candidate
    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.worth import Worth

CONTROL, RUNNING, NEGATIVE_MARGIN = "control", "running", "negative_margin"
UNAVOIDABLE, COMPLAINT_OPEN, PRICE_FIXED = "unavoidable", "complaint_open", "price_fixed"


@record
class Rules:
    """By customer's row number: who is in a running test, loses money, left for good, or waits for a settlement.

    `price_fixed` are those whose prices an agreement fixes beyond the cut-off.
    """

    control: frozenset[int]
    running: frozenset[int]
    negative_margin: frozenset[int]
    unavoidable: frozenset[int]
    complaint_open: frozenset[int]
    price_fixed: frozenset[int]

    def reason_against(self, candidate: Candidate) -> str:
        """Return why something is not recommended for the customer; "" where nothing speaks against it."""
        speaking = self._against(candidate.kind)
        return next((reason for reason, rows in speaking if candidate.customer in rows), "")

    def barred(self, kind: Kind) -> frozenset[int]:
        """Return all for whom something of the kind is not recommended, whatever speaks for it."""
        return frozenset().union(*(rows for _, rows in self._against(kind)))

    def _against(self, kind: Kind) -> tuple[tuple[str, frozenset[int]], ...]:
        """Return the reasons that hold for a kind, with whom they concern, the weightiest first."""
        nobody: frozenset[int] = frozenset()
        return (
            (CONTROL, self.control),
            (RUNNING, nobody if kind is Kind.SETTLE_COMPLAINT else self.running),
            (NEGATIVE_MARGIN, self.negative_margin if kind in WORTH_A_MARGIN else nobody),
            (UNAVOIDABLE, self.unavoidable),
            (COMPLAINT_OPEN, self.complaint_open if kind in SELLING else nobody),
            (PRICE_FIXED, self.price_fixed if kind is Kind.PRICE_TALK else nobody),
        )


def rules_of(found: Findings, worth: Worth) -> Rules:
    """Look up who is concerned by which rule."""
    dataset = found.dataset
    control, running = _in_tests(dataset)
    identifiers = dataset.customers["customer_id"].tolist()
    rows = {name: row for row, name in enumerate(identifiers)}
    gone = [one for one in found.lost.customers if one.note.reason.avoidable is False or one.note.recoverable == "no"]
    return Rules(
        control=control - running,
        running=running,
        negative_margin=worth.losing_money,
        unavoidable=frozenset(rows[one.customer_id] for one in gone),
        complaint_open=frozenset(rows[one.customer.customer_id] for one in found.expectations.open_complaints),
        price_fixed=frozenset(row for row, day in enumerate(agreements(dataset)) if day is not None),
    )


def split(
    candidates: Iterable[Candidate], rules: Rules, identifiers: list[str]
) -> tuple[list[Candidate], set[Exclusion]]:
    """Return what may be recommended, and for whom what else is not."""
    allowed = []
    excluded = {Exclusion(identifiers[row], CONTROL) for row in rules.control}
    excluded |= {Exclusion(identifiers[row], RUNNING) for row in rules.running}
    excluded |= {Exclusion(identifiers[row], UNAVOIDABLE) for row in rules.unavoidable}
    for candidate in candidates:
        reason = rules.reason_against(candidate)
        if reason:
            excluded.add(Exclusion(identifiers[candidate.customer], reason))
        else:
            allowed.append(candidate)
    return allowed, excluded


def _in_tests(dataset: Dataset) -> tuple[frozenset[int], frozenset[int]]:
    """Return control customers and targets of measures that run: carried out, and their 180 days are not over."""
    table = dataset.table("measures")
    if table is None:
        return frozenset(), frozenset()
    rows = table.loc[(table["customer"] >= 0) & ~table["state"].isin(NOT_CARRIED_OUT)]
    earliest = np.datetime64(dataset.cut_off, "D") - SUCCESS_DAYS
    fresh = rows["started_on"].to_numpy().astype("datetime64[D]") > earliest
    open_ones = rows.loc[fresh | (rows["state"] == "running").to_numpy()]
    groups = {
        name: frozenset(int(row) for row in open_ones.loc[open_ones["group"] == name, "customer"])
        for name in ("control", "target")
    }
    return groups["control"], groups["target"]
