"""Three to five things for management to decide, in one unit, each customer once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from retention_reports.recommending.effects import total
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.leading import weight
from retention_reports.recommending.results import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.recommending.results import Entry

FEWEST, MOST = 3, 5
_TRIFLE = 20
"""A proven effect of a twentieth of the sum or more is never left out."""
_WITHOUT_MONEY = (Kind.ASK_REASON, Kind.CHANGE_PRACTICE)
"""What fills up the list where little money can be named; everything else without money stays in the work lists."""
_FIRMS = frozenset({Kind.REMOVE_CAUSE, Kind.STOP_MEASURE, Kind.CHANGE_PRACTICE})


def possible_decisions(entries: Sequence[Entry], capacity: int, owners: Mapping[str, str]) -> list[Decision]:
    """Return every decision there could be, most first: customers' entries of one kind together, the firm's each.

    A decision names at most `capacity` customers, and only those for whom the action cautiously pays. `owners` are
    those of measures, by id: a measure is extended by who looks after it.
    """
    firms = (_decision((entry,), owners, 0) for entry in entries if entry.kind in _FIRMS)
    made = [*_of_customers(entries, capacity, owners), *firms]
    return sorted(made, key=lambda one: (-weight(one), one.effect is None, one.name_order))


def chosen_decisions(possible: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return three to five: what cautiously brings most, everything proven that is no trifle, and fillers."""
    paying = [one for one in possible if one.cautious > 0]
    chosen = paying[:MOST]
    whole = sum(one.effect.expected for one in chosen if one.effect)
    proven = [
        one
        for one in paying[MOST:]
        if one.evidence is Evidence.MEASURED and one.effect and one.effect.expected * _TRIFLE >= whole
    ]
    if proven:
        unproven = [one for one in chosen if one.evidence is not Evidence.MEASURED]
        kept = [one for one in chosen if one not in unproven[len(unproven) - len(proven) :]]
        chosen = sorted((*kept, *proven), key=lambda one: (-weight(one), one.name_order))[:MOST]
    fillers = [one for kind in _WITHOUT_MONEY for one in possible if one.kind is kind and one.effect is None]
    return (*chosen, *fillers[: max(0, FEWEST - len(chosen))])


def _of_customers(entries: Sequence[Entry], capacity: int, owners: Mapping[str, str]) -> Iterator[Decision]:
    leading = [entry for entry in entries if entry.leading and entry.customer_id]
    told = [entry for entry in leading if entry.cautious > 0 or entry.kind in _WITHOUT_MONEY]
    ordered = sorted(told, key=lambda entry: (entry.kind, entry.source, -weight(entry), entry.name_order))
    for _, own in groupby(ordered, key=lambda entry: (entry.kind, entry.source)):
        every = tuple(own)
        yield _decision(every[:capacity], owners, len(every))


def _decision(entries: tuple[Entry, ...], owners: Mapping[str, str], out_of: int) -> Decision:
    first = entries[0]
    extends = bool(first.customer_id) and bool(first.source)
    effects = [entry.effect for entry in entries if entry.effect is not None]
    return Decision(
        kind=Kind.EXTEND_MEASURE if extends else first.kind,
        subject=first.source if extends else ("" if first.customer_id else first.subject),
        entries=entries,
        effect=total(effects) if effects else None,
        evidence=first.evidence,
        owner=owners.get(first.source, "") if extends else _shared([entry.owner for entry in entries]),
        due_on=min(entry.due_on for entry in entries),
        out_of=out_of,
    )


def _shared(owners: Sequence[str]) -> str:
    """Return the one who owns all; else nobody in particular."""
    return owners[0] if len(set(owners)) == 1 else ""
