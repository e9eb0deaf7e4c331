"""A card for every customer that the report lists: what is known, what is to be done, and how to begin the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.cards.card import CardMaker
from retention_reports.presentation.cards.listed import listed_customers
from retention_reports.presentation.view import CardsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import SectionView

MOST_CARDS = 300
"""A page must stay quick and light; whom the register ranks first has a card in any case."""
ON_PAPER = 5


def present_cards(context: Context, sections: Sequence[SectionView]) -> CardsView | None:
    """Return the cards of the customers whom the tables name; None where they name nobody.

    On paper are those of the customers whose recommendations bring most.
    """
    listed = listed_customers(context, sections)
    if not listed:
        return None
    say, count = context.wording.say, context.formats.count
    shown = listed[:MOST_CARDS]
    maker = CardMaker(context, shown)
    leading = [name for name in maker.leading if name in shown][:ON_PAPER]
    more = len(listed) - len(shown)
    return CardsView(
        title=say("cards.title"),
        headline=say("cards.headline"),
        cards=tuple(maker.card(name) for name in shown),
        leading=tuple(leading),
        more=context.wording.count("cards.more", more, n=count(more), shown=count(len(shown))) if more else "",
        words=context.wording.group("cards.words"),
    )
