"""What became of decided offers, by groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.offers.offer_results import Comparison, Outcome, Reason, Wish
from retention_reports.model.activity import active_on_each
from retention_reports.model.figures import Rate
from retention_reports.model.loss_reasons import standard_reason
from retention_reports.model.sales_people import shown_person, tells_people_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.analyses.offers.decided import DecidedOffers
    from retention_reports.model.client import Client
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

SIZES = ("small", "medium", "large")
NEW, EXISTING = "new", "existing"
SEPARATOR = ";"
_PRICE_REASONS = ("price", "price_increase")


def outcome(offers: DecidedOffers, chosen: Flags | None = None, group: str = "") -> Outcome:
    """Count the decided offers of a group (all without one)."""
    inside = np.ones(len(offers), dtype=np.bool_) if chosen is None else chosen
    won = inside & (offers.state == "won")
    return Outcome(
        group=group,
        won=int(won.sum()),
        lost=int((inside & (offers.state == "lost")).sum()),
        expired=int((inside & (offers.state == "expired")).sum()),
        won_amount=int(offers.amount[won].sum()),
        amount=int(offers.amount[inside].sum()),
    )


def follow_up(offers: DecidedOffers) -> Comparison:
    """Compare offers followed up on or before the day of the decision with all others."""
    followed = offers.followed_in_time
    return Comparison(outcome(offers, followed).rate, outcome(offers, ~followed).rate)


def by_size(offers: DecidedOffers) -> tuple[tuple[Outcome, ...], tuple[int, ...]]:
    """Split into thirds by amount; return them with the largest amounts of the lower and the middle third.

    Offers of one amount stay together, so that thirds may differ in number; empty ones are left out.
    """
    amounts, count = np.sort(offers.amount), len(offers)
    if count < len(SIZES):
        return (), ()
    limits = tuple(int(amounts[-(-count * third // len(SIZES)) - 1]) for third in range(1, len(SIZES)))
    places = np.searchsorted(np.array(limits), offers.amount, side="left")
    groups = (outcome(offers, places == place, size) for place, size in enumerate(SIZES))
    return tuple(group for group in groups if group.rate.n), limits


def by_seller(client: Client, offers: DecidedOffers) -> tuple[Outcome, ...]:
    """Split by sales person, the one with most decided offers first; "" stands for offers without.

    Empty where figures by sales person are switched off.
    """
    if not tells_people_apart(client):
        return ()
    groups = [
        outcome(offers, offers.seller == name, shown_person(client, name))
        for name in sorted(set(offers.seller.tolist()))
    ]
    return tuple(sorted(groups, key=lambda group: (not group.group, -group.rate.n, group.group)))


def by_customer(dataset: Dataset, offers: DecidedOffers) -> tuple[Outcome, ...]:
    """Split into offers to customers active on the day of the offer, and to all others."""
    known = offers.customer >= 0
    existing = np.zeros(len(offers), dtype=np.bool_)
    existing[known] = active_on_each(dataset.ledger, offers.customer[known], offers.offered[known])
    groups = (outcome(offers, ~existing, NEW), outcome(offers, existing, EXISTING))
    return tuple(group for group in groups if group.rate.n)


def reasons(dataset: Dataset, offers: DecidedOffers) -> tuple[Reason, ...]:
    """Return why offers were lost, the reason with most offers first; what has no reason comes last."""
    lost = offers.state == "lost"
    found = []
    for word in sorted(set(offers.reason[lost].tolist())):
        chosen = lost & (offers.reason == word)
        found.append(Reason(word, int(chosen.sum()), int(offers.amount[chosen].sum()), _is_price(dataset, word)))
    return tuple(sorted(found, key=lambda reason: (not reason.word, -reason.offers, reason.word)))


def price_share(found: Iterable[Reason]) -> Rate:
    """Of the offers lost for a reason on record, count those lost for the price."""
    known = [reason for reason in found if reason.word]
    return Rate(sum(reason.offers for reason in known if reason.price), sum(reason.offers for reason in known))


def price_with_wish(offers: DecidedOffers, found: Iterable[Reason]) -> Rate:
    """Of the offers lost for the price, count those on which a wish besides was recorded."""
    words = [reason.word for reason in found if reason.price]
    price = (offers.state == "lost") & np.isin(offers.reason.astype(str), np.array(words, dtype=str))
    return Rate(int((price & (offers.wishes != "")).sum()), int(price.sum()))


def wishes(offers: DecidedOffers) -> tuple[Wish, ...]:
    """Return the wishes recorded on decided offers, the most frequent first; several are parted by semicolons."""
    words = split_words(offers.wishes.tolist())
    found = [
        Wish(word, outcome(offers, np.array([word in entry for entry in words])).rate)
        for word in sorted({word for entry in words for word in entry})
    ]
    return tuple(sorted(found, key=lambda wish: (-wish.rate.n, wish.word)))


def split_words(cells: Iterable[str]) -> list[frozenset[str]]:
    """Return the different words of each cell."""
    return [frozenset(word.strip() for word in cell.split(SEPARATOR) if word.strip()) for cell in cells]


def _is_price(dataset: Dataset, word: str) -> bool:
    """Tell whether a reason is about the price, by the catalogue of reasons and the client's own words for them."""
    return standard_reason(dataset.client, word).key in _PRICE_REASONS
