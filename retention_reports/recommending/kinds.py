"""What can be recommended, and by which of the client's own measures each kind can be measured."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """One thing to do, for one customer or for the firm."""

    SETTLE_COMPLAINT = "settle_complaint"
    ANSWER_NOTICE = "answer_notice"
    SAVE_CUSTOMER = "save_customer"
    WIN_BACK = "win_back"
    FOLLOW_UP_OFFER = "follow_up_offer"
    CROSS_SELL = "cross_sell"
    SECOND_PURCHASE = "second_purchase"
    PRICE_TALK = "price_talk"
    CONTACT = "contact"
    ASK_REFERRAL = "ask_referral"
    ASK_REASON = "ask_reason"
    CORRECT_ADDRESS = "correct_address"
    WISH_CUSTOMER = "wish_customer"
    DECISION_DAY = "decision_day"
    OVERDUE_ORDER = "overdue_order"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    REMOVE_CAUSE = "remove_cause"
    EXTEND_MEASURE = "extend_measure"
    STOP_MEASURE = "stop_measure"
    CHANGE_PRACTICE = "change_practice"


class Evidence(StrEnum):
    """How well the effect is known.

    Measured: by the client's own measures against a control group or matched customers. Observed: by the client's own
    shares, without control. Assumed: by a rate of `[assumptions]` in `client.toml`, or the cautious one shipped.
    """

    MEASURED = "measured"
    OBSERVED = "observed"
    ASSUMED = "assumed"


MEASURE_KIND = {
    Kind.SAVE_CUSTOMER: "retention",
    Kind.CONTACT: "retention",
    Kind.ANSWER_NOTICE: "win_back",
    Kind.WIN_BACK: "win_back",
    Kind.CROSS_SELL: "cross_selling",
}
"""The kind of measure whose proven effect is that of the recommendation."""

OCCASIONS = frozenset(
    {Kind.WISH_CUSTOMER, Kind.DECISION_DAY, Kind.OVERDUE_ORDER, Kind.BIRTHDAY, Kind.ANNIVERSARY, Kind.CORRECT_ADDRESS}
)
"""What stands in work lists alone: no money is named for it, and no decision is made of it."""

SELLING = (OCCASIONS - {Kind.CORRECT_ADDRESS}) | {
    Kind.FOLLOW_UP_OFFER,
    Kind.CROSS_SELL,
    Kind.SECOND_PURCHASE,
    Kind.PRICE_TALK,
    Kind.ASK_REFERRAL,
    Kind.CONTACT,
}
"""What waits while a complaint is open; a complaint is talked about before anything else."""

WORTH_A_MARGIN = OCCASIONS | {
    Kind.SAVE_CUSTOMER,
    Kind.ANSWER_NOTICE,
    Kind.WIN_BACK,
    Kind.FOLLOW_UP_OFFER,
    Kind.CROSS_SELL,
    Kind.SECOND_PURCHASE,
    Kind.CONTACT,
    Kind.ASK_REFERRAL,
}
"""What is never done for a customer whose orders cost more than they bring."""

KEEPING = frozenset({Kind.SETTLE_COMPLAINT, Kind.SAVE_CUSTOMER, Kind.CONTACT})
"""What keeps an active customer: removing the cause of losses keeps the same money, which must not count twice."""

URGENT_FIRST = (Kind.SETTLE_COMPLAINT, Kind.ANSWER_NOTICE)
"""Kinds that lead on a customer's card whatever else would bring."""
