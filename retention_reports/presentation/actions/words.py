"""The words of the lists that come back: columns and results, in every language in which a list may have been made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.loss_reasons import CATALOGUE, UNKNOWN
from retention_reports.presentation.wording import load_wording
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
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
RESULTS = ("bought", "interested", "no", "not_reached")
RETURNED = ("customer_id", "owner", *TO_FILL_IN, "recommendation")
"""What is read of a list that comes back."""


@record
class ReturnedWords:
    """How a list that comes back is understood, in any language and letter case (keys in small letters).

    `headings` gives the key of a column, `results` that of a result; `reasons` are the words that begin one, such as
    "reason:".
    """

    headings: Mapping[str, str]
    results: Mapping[str, str]
    reasons: tuple[str, ...]


def proposed_results(wording: Wording) -> tuple[str, ...]:
    """Return what may be chosen as a result: four words, and every reason why customers leave."""
    reasons = [wording.say(f"lost_customers.reason.{one.key}") for one in CATALOGUE if one is not UNKNOWN]
    return (
        *(wording.say(f"actions.results.{name}") for name in RESULTS),
        *(f"{wording.say('actions.results.reason')} {reason}" for reason in reasons),
    )


def returned_words(folder: Traversable, languages: tuple[str, ...]) -> ReturnedWords:
    """Gather the words of all languages."""
    wordings = [load_wording(folder, language) for language in languages]
    return ReturnedWords(
        {one.say(f"actions.columns.{name}").casefold(): name for one in wordings for name in RETURNED},
        {one.say(f"actions.results.{name}").casefold(): name for one in wordings for name in RESULTS},
        tuple(one.say("actions.results.reason").casefold() for one in wordings),
    )


def reason_keys(folder: Traversable, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return the standard reason for each of its names in the lists, in small letters."""
    wordings = [load_wording(folder, language) for language in languages]
    return {
        one.say(f"lost_customers.reason.{reason.key}").casefold(): reason.key
        for one in wordings
        for reason in CATALOGUE
    }
