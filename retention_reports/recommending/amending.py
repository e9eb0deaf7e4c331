"""The consultant has the last word: decisions are pinned, dropped, reworded and reassigned by their id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.errors import DataError, Location, Problem
from retention_reports.messages import say
from retention_reports.reading.problems import shown
from retention_reports.recommending.decisions import MOST, chosen_decisions
from retention_reports.recommending.results import Amended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.model.amendments import Amendment, Amendments
    from retention_reports.recommending.results import Decision


def settled_decisions(
    possible: Sequence[Decision], amendments: Amendments | None
) -> tuple[tuple[Decision, ...], tuple[Amended, ...]]:
    """Return the decisions of the first page, what is pinned first, and what was changed of which.

    What is dropped makes room for others. Paths of problems are those within the client's folder.

    Raises:
        DataError: an id is not among the possible decisions, or more are pinned than the page has room for.
    """
    if amendments is None:
        return chosen_decisions(possible), ()
    problems = tuple(_problems(possible, amendments))
    if problems:
        raise DataError(problems)
    said = {one.identifier: one for one in amendments.entries}
    kept = [one for one in possible if not (one.identifier in said and said[one.identifier].drop)]
    by_name = {one.identifier: one for one in kept}
    pinned = [by_name[one.identifier] for one in amendments.entries if one.pin]
    others = [one for one in chosen_decisions(kept) if one not in pinned]
    chosen = (*pinned, *others[: max(0, MOST - len(pinned))])
    originals = {one.identifier: one for one in possible}
    changes = (Amended(originals[one.identifier], one) for one in amendments.entries)
    return tuple(_reworded(one, said.get(one.identifier)) for one in chosen), tuple(changes)


def _reworded(decision: Decision, said: Amendment | None) -> Decision:
    if said is None:
        return decision
    return replace(
        decision,
        pinned=said.pin,
        wording=said.title,
        reason=said.text,
        owner=said.owner or decision.owner,
        due_on=said.due_on or decision.due_on,
    )


def _problems(possible: Sequence[Decision], amendments: Amendments) -> Iterator[Problem]:
    known = [one.identifier for one in possible]
    for one in amendments.entries:
        if one.identifier not in known:
            names = ", ".join(known) or "–"
            message = say("notes.unknown_decision", id=shown(one.identifier), known=names)
            yield Problem(Location(amendments.path, one.line), "unknown decision", message)
    pinned = [one for one in amendments.entries if one.pin]
    if len(pinned) > MOST:
        message = say("notes.too_many_pinned", count=len(pinned), limit=MOST)
        yield Problem(Location(amendments.path, pinned[MOST].line), "too many pinned decisions", message)
