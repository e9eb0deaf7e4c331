"""The words of the lists that come back: columns and results, in every language in which a list may have been made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.follow_up import REASON, ReturnedWords
from retention_reports.model.loss_reasons import CATALOGUE, UNKNOWN
from retention_reports.model.schema import FOLLOW_UP_RESULTS
from retention_reports.presentation.wording import load_wording

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from retention_reports.presentation.wording import Wording

COLUMNS = (
    "customer_id",
    "customer",
    "person",
    "phone",
    "email",
    "permission",
    "reason",
    "expected",
    "low",
    "high",
    "evidence",
    "owner",
    "due",
    "last_contact",
    "done_on",
    "result",
    "note",
    "recommendation",
)
"""The columns of every list, by key."""
TO_FILL_IN = ("done_on", "result", "note")
_PLAIN_RESULTS = tuple(name for name in FOLLOW_UP_RESULTS if name != REASON)
RETURNED = ("customer_id", "owner", *TO_FILL_IN, "recommendation")
"""What is read of a list that comes back."""


def proposed_results(wording: Wording) -> tuple[str, ...]:
    """Return what may be chosen as a result: four words, and every reason why customers leave."""
    reasons = [wording.say(f"lost_customers.reason.{one.key}") for one in CATALOGUE if one is not UNKNOWN]
    return (
        *(wording.say(f"actions.results.{name}") for name in _PLAIN_RESULTS),
        *(f"{wording.say('actions.results.reason')} {reason}" for reason in reasons),
    )


def returned_words(folder: Traversable, languages: tuple[str, ...]) -> ReturnedWords:
    """Gather the words of all languages."""
    wordings = [load_wording(folder, language) for language in languages]
    return ReturnedWords(
        headings={one.say(f"actions.columns.{name}").casefold(): name for one in wordings for name in RETURNED},
        results={one.say(f"actions.results.{name}").casefold(): name for one in wordings for name in _PLAIN_RESULTS},
        reason_marks=tuple(one.say("actions.results.reason").casefold() for one in wordings),
        reasons={
            one.say(f"lost_customers.reason.{reason.key}").casefold(): reason.key
            for one in wordings
            for reason in CATALOGUE
        },
    )
