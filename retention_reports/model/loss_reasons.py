"""Why customers leave: standard reasons, and the client's own words for them.

How a reason drives customers away follows Stauss and Friege (win-back segments: intentionally pushed, unintentionally
pushed, pulled, bought, and moved away).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.events import Events
from retention_reports.model.ledger import NEVER, day_numbers
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention_reports.model.client import Client
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers


class Driver(StrEnum):
    """What moved the customer."""

    ENDED = "ended"
    """We ended the relationship."""
    PUSHED = "pushed"
    """We disappointed the customer."""
    PULLED = "pulled"
    """A competitor offers what suits the customer better."""
    BOUGHT = "bought"
    """A competitor's incentive."""
    MOVED = "moved"
    """The customer's need or the customer itself is gone."""
    UNKNOWN = "unknown"


@record
class LossReason:
    """A standard reason. `avoidable` is None where nobody can tell; `department` can act on it ("" for none).

    `names` are the words that count as this reason without being declared, in German and English, case ignored.
    """

    key: str
    avoidable: bool | None
    driver: Driver
    department: str
    names: tuple[str, ...]


def _avoidable(key: str, driver: Driver, department: str, *names: str) -> LossReason:
    return LossReason(key, avoidable=True, driver=driver, department=department, names=names)


def _unavoidable(key: str, driver: Driver, *names: str) -> LossReason:
    return LossReason(key, avoidable=False, driver=driver, department="", names=names)


def _undecided(key: str, *names: str) -> LossReason:
    return LossReason(key, avoidable=None, driver=Driver.UNKNOWN, department="", names=names)


OTHER = _undecided("other", "sonstiges", "andere", "anderer Grund", "other reason")
UNKNOWN = _undecided("unknown", "unbekannt", "nicht bekannt", "keine Angabe", "not known")

CATALOGUE: tuple[LossReason, ...] = (
    _avoidable("price", Driver.PULLED, "sales", "Preis", "zu teuer", "Preis-Leistung", "too expensive"),
    _avoidable("price_increase", Driver.PUSHED, "management", "Preiserhöhung", "price rise"),
    _avoidable("quality", Driver.PUSHED, "purchasing", "Qualität", "Produktqualität", "product quality"),
    _avoidable("late_delivery", Driver.PUSHED, "logistics", "Lieferverzug", "Lieferung zu spät", "delivery"),
    _avoidable("service", Driver.PUSHED, "service", "schlecht betreut", "Betreuung", "poor service"),
    _avoidable("complaint", Driver.PUSHED, "service", "Reklamation", "Beschwerde", "unresolved complaint"),
    _avoidable("billing", Driver.PUSHED, "accounting", "Abrechnung", "falsche Rechnung", "wrong invoice"),
    _avoidable("neglect", Driver.PUSHED, "sales", "kein Kontakt", "vernachlässigt", "no contact"),
    _avoidable("contact_change", Driver.PUSHED, "sales", "neuer Ansprechpartner", "new contact person"),
    _avoidable("assortment", Driver.PULLED, "purchasing", "Sortiment", "Sortimentslücke", "range"),
    _avoidable("competitor", Driver.PULLED, "sales", "Wettbewerb", "Wettbewerber", "competition"),
    _avoidable("competitor_incentive", Driver.BOUGHT, "sales", "Lockangebot", "Wechselprämie", "incentive"),
    _unavoidable("ended_by_us", Driver.ENDED, "von uns beendet", "we ended it"),
    _unavoidable("no_need", Driver.MOVED, "kein Bedarf", "Bedarf entfallen", "no need any more"),
    _unavoidable("moved_away", Driver.MOVED, "weggezogen", "Umzug", "moved"),
    _unavoidable("business_closed", Driver.MOVED, "Betrieb aufgegeben", "Insolvenz", "closed", "insolvency"),
    _unavoidable("death", Driver.MOVED, "verstorben", "Tod", "died"),
    OTHER,
    UNKNOWN,
)

REASON_BY_KEY: Mapping[str, LossReason] = {reason.key: reason for reason in CATALOGUE}
_REASON_BY_WORD = {
    word.casefold(): reason
    for reason in CATALOGUE
    for word in (reason.key, reason.key.replace("_", " "), *reason.names)
}


DEPARTMENTS = frozenset(reason.department for reason in CATALOGUE if reason.department)
"""The departments that can act on a standard reason."""


def is_standard_word(word: str) -> bool:
    """Tell whether a word is the key or the name of a standard reason."""
    return word.strip().casefold() in _REASON_BY_WORD


def is_declared(client: Client, word: str) -> bool:
    """Tell whether the client's settings say which standard reason a word of its own stands for."""
    return word.strip().casefold() in {own.strip().casefold() for own in client.loss_reasons}


def standard_reason(client: Client, word: str) -> LossReason:
    """Return the standard reason for the client's word.

    `[loss_reasons]` of the client decides first, then the standard keys and names; the empty word is `unknown`, any
    other word, and a declared reason that does not exist, is `other`. Case and outer blanks are ignored.
    """
    spoken = word.strip().casefold()
    if not spoken:
        return UNKNOWN
    declared = {own.strip().casefold(): key for own, key in client.loss_reasons.items()}
    if spoken in declared:
        return REASON_BY_KEY.get(declared[spoken], OTHER)
    return _REASON_BY_WORD.get(spoken, OTHER)


class LossRecords:
    """The rows of `losses` by customer and day; of two rows of one day the later in alphabet counts."""

    def __init__(self, dataset: Dataset, table: pd.DataFrame) -> None:
        """Sort the rows once."""
        rows = table.loc[table["customer"] >= 0].copy()
        rows = rows.sort_values(["customer", "noticed_on", "reason", "competitor", "note"], kind="stable")
        self.rows = rows.reset_index(drop=True)
        words = {word: standard_reason(dataset.client, word) for word in self.rows["reason"].unique()}
        self.reasons = [words[word] for word in self.rows["reason"]]
        self._events = Events(rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["noticed_on"]))

    def latest(self, customers: Integers, since: Integers, until: Integers) -> Integers:
        """Return the place in `rows` of each customer's newest record from day `since` to day `until`, or -1."""
        recent = self._events.last(customers, until, missing=NEVER) >= since
        return np.where(recent, self._events.place_of_last(customers, until), -1)


def loss_records(dataset: Dataset) -> LossRecords | None:
    """Return what is known about losses; None where the client keeps no such file."""
    table = dataset.table("losses")
    return None if table is None else LossRecords(dataset, table)
