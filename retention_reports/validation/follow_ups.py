"""What a returned work list says, held against what is known already: an account of every row."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.follow_up import REASON, FollowUp, offer_of
from retention_reports.model.formula_signs import could_be_formula, neutralised
from retention_reports.model.schema import RECOMMENDATIONS
from retention_reports.reading.problems import shown, shown_id, suggestion
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from retention_reports.messages import Message
    from retention_reports.model.follow_up import ReturnedWords
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.returned_lists import ReturnedRow

_TO_FILL_IN = ("done_on", "result", "note")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Fate(StrEnum):
    """What became of one row of the list."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    EMPTY = "empty"
    REFUSED = "refused"


@record
class FollowUpAccount:
    """The rows to write, and where every row of the list went; the numbers in `fates` add up to its rows."""

    taken: tuple[FollowUp, ...]
    fates: Mapping[Fate, int]

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return sum(self.fates.values())


class _RefusedRowError(Exception):
    """A row that cannot be taken."""

    def __init__(self, kind: str, message: Message) -> None:
        super().__init__(str(message))
        self.kind = kind
        self.message = message


def account_for_list(
    rows: Sequence[ReturnedRow],
    known: Mapping[tuple[str, str], FollowUp],
    customers: Collection[str],
    words: ReturnedWords,
    log: ProblemLog,
) -> FollowUpAccount:
    """Say of every row what it is; `known` are the rows of the client's file by key, `customers` the client's ids."""
    fates: Counter[Fate] = Counter()
    taken: dict[tuple[str, str], FollowUp] = {}
    for row in rows:
        if not row.readable:
            fates[Fate.REFUSED] += 1
            continue
        if not any(row.cells.get(name) for name in _TO_FILL_IN):
            fates[Fate.EMPTY] += 1
            continue
        try:
            made = _follow_up(row.cells, customers, words)
        except _RefusedRowError as refusal:
            log.error(row.place, refusal.kind, refusal.message)
            fates[Fate.REFUSED] += 1
            continue
        if taken.get(made.key, made) != made:
            log.error(row.place, "contradiction", say("follow_up.twice"))
            fates[Fate.REFUSED] += 1
            continue
        if made.key in taken or known.get(made.key) == made:
            fates[Fate.KNOWN] += 1
            continue
        fates[Fate.CHANGED if made.key in known else Fate.NEW] += 1
        taken[made.key] = made
    return FollowUpAccount(tuple(taken.values()), fates)


def _follow_up(cells: Mapping[str, str], customers: Collection[str], words: ReturnedWords) -> FollowUp:
    identifier = cells["recommendation"]
    kind, _, subject = identifier.partition(":")
    if kind not in RECOMMENDATIONS or not subject:
        message = say("follow_up.no_recommendation", shown=shown(identifier))
        raise _RefusedRowError("unknown recommendation", message)
    done_on = _day(cells["done_on"])
    result, reason = _result(cells["result"], words)
    return FollowUp(
        recommendation_id=identifier,
        customer_id=_customer(kind, subject, cells["customer_id"], customers),
        date=done_on,
        kind=kind,
        result=result,
        reason=neutralised(reason),
        note=neutralised(cells.get("note", "")),
        sales_rep=neutralised(cells.get("owner", "")),
        offer_id=offer_of(kind, subject),
    )


def _customer(kind: str, subject: str, cell: str, customers: Collection[str]) -> str:
    """Return whom the row is about: as the recommendation says, since a spreadsheet program cuts zeros off numbers."""
    written = cell[1:] if cell.startswith("'") and could_be_formula(cell[1:]) else cell
    meant = "" if offer_of(kind, subject) else subject
    if meant not in customers and kind == "birthday":
        meant = subject.rpartition("/")[0]
    if meant in customers:
        if written in customers and written != meant:
            message = say("follow_up.other_customer", customer=shown_id(written), expected=shown_id(meant))
            raise _RefusedRowError("contradiction", message)
        return meant
    if written in customers:
        return written
    raise _RefusedRowError("unknown customer", say("follow_up.unknown_customer", customer=shown_id(written)))


def _day(text: str) -> date:
    if not text:
        raise _RefusedRowError("missing day", say("follow_up.no_day"))
    german = _GERMAN_DAY.fullmatch(text)
    written = f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}" if german else text
    try:
        return date.fromisoformat(written) if written[4:5] == "-" else _refuse_day(text)
    except ValueError:
        return _refuse_day(text)


def _refuse_day(text: str) -> date:
    raise _RefusedRowError("invalid day", say("follow_up.day", shown=shown(text)))


def _result(text: str, words: ReturnedWords) -> tuple[str, str]:
    """Return the result's key and, of a reason, the standard one or the customer's own word."""
    if not text:
        raise _RefusedRowError("missing result", say("follow_up.no_result"))
    small = text.casefold()
    if small in words.results:
        return words.results[small], ""
    for mark in words.reason_marks:
        if small.startswith(mark):
            own = text[len(mark) :].strip()
            if not own:
                raise _RefusedRowError("missing reason", say("follow_up.no_reason"))
            return REASON, words.reasons.get(own.casefold(), own)
    raise _RefusedRowError(
        "unknown result", say("follow_up.result", shown=shown(text), hint=suggestion(small, words.results))
    )
