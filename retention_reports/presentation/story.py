"""The story of a report: its chapters in order, and which sections decide most money in them."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.view import SectionView
    from retention_reports.recommending.results import Register


class Chapter(IntEnum):
    """What a section is about, in the order in which management asks for it."""

    QUARTER = 1
    LOSSES = 2
    RISKS = 3
    GROWTH = 4
    SELLING = 5
    MEASURES = 6


DECIDED_IN = {
    Kind.SETTLE_COMPLAINT: "expectations",
    Kind.ANSWER_NOTICE: "lost_customers",
    Kind.WIN_BACK: "lost_customers",
    Kind.ASK_REASON: "lost_customers",
    Kind.REMOVE_CAUSE: "lost_customers",
    Kind.SAVE_CUSTOMER: "early_warning",
    Kind.FOLLOW_UP_OFFER: "offers",
    Kind.CROSS_SELL: "cross_selling",
    Kind.SECOND_PURCHASE: "new_customers",
    Kind.PRICE_TALK: "prices",
    Kind.CONTACT: "contacts",
    Kind.ASK_REFERRAL: "loyal_customers",
    Kind.EXTEND_MEASURE: "measures",
    Kind.STOP_MEASURE: "measures",
    Kind.CHANGE_PRACTICE: "sales_check",
}
"""The section whose figures a recommendation rests on."""


def money_of(key: str, register: Register) -> int:
    """Return what the recommendations of a section are expected to bring, in ten-thousandths; each customer once."""
    return sum(
        entry.effect.expected
        for entry in register.entries
        if entry.leading and entry.effect is not None and DECIDED_IN.get(entry.kind) == key
    )


def in_order(sections: Sequence[SectionView], register: Register) -> tuple[SectionView, ...]:
    """Return the sections chapter by chapter: in each the leading ones first, then by what their decisions bring.

    Between sections that decide nothing the money of their findings does.
    """
    told = [replace(view, rank=(money_of(view.key, register), _weight(view))) for view in sections]
    return tuple(sorted(told, key=lambda view: (view.chapter, not view.leading, _reversed(view.rank))))


def _weight(view: SectionView) -> int:
    return max((finding.weight for finding in view.findings), default=0)


def _reversed(rank: tuple[int, int]) -> tuple[int, int]:
    money, weight = rank
    return -money, -weight
