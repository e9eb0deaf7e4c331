"""No sentence claims what noise says: every page is read of clients of whom little, or something odd, is known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from retention_reports.messages import LANGUAGES
from tests.support.laws import of_first_customers, with_first_orders
from tests.support.sentences import analysed, sentences, told, wording_of
from tests.support.small_clients import reported_quarter, small_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.model.folder import ClientFolder

SEED = 14
CLAIMS = ("headline", "finding", "agenda", "decision")
"""Where a sentence is taken for what management should know."""

BOUNDS = ("cross_selling headline", "forecast headline", "forecast finding", "forecast agenda", "ten_errors finding")
"""Where an interval or a comparison may begin at nothing."""

THRESHOLDS = ("programme headline", "sales_check headline", "sales_check finding")
"""Percentages that are no share of cases: eighty per cent of revenue, the score of answers."""

REVIEWED = {
    ("early_warning headline", "lone"),
    ("early_warning headline", "no money"),
    ("early_warning finding", "no money"),
    ("summary finding", "no money"),
}
"""What the warning says of a single customer, or of revenue that rounds to nothing."""

HOLES = re.compile(r"\bnan\b|\bNone,|[{}]|\binf\b|  |\( | [,;.)](?!\d)|: ?$|^[,;:]")
NOTHING_OF_NOTHING = re.compile(r"(?<![\d.,])0 ?(?:of|von|/) ?0(?![\d.,])")
NO_MONEY = re.compile(r"(?<![\d.,])(?:£0|0\u00a0£)(?![\d.,])")
LONE = re.compile(
    r"(?<![\d.,/]) 1 (?:active |aktiven? |open |offenen? )?(?:customers|orders|offers|days|quarters|years|complaints|"
    r"Kunden|Bestellungen|Angeboten?|Tagen?|Quartalen?|Jahren?|Reklamationen)\b"
)
PERCENT = re.compile(r"(\d[\d.,\u00a0]*)\u00a0?%")
CERTAIN = re.compile(r"(?:[Cc]hance|Aussicht)[^.;]*\b100\u00a0?%")
FEW = re.compile(r"(?<![\d.,])\d+ (?:of|von) (?:the |den )?\d(?![\d.,])")
MOST_PERCENT = 1000


def _of_customers(count: int) -> Callable[[ClientFolder], ClientFolder]:
    return lambda folder: of_first_customers(folder, count)


def _of_orders(count: int) -> Callable[[ClientFolder], ClientFolder]:
    return lambda folder: with_first_orders(folder, count)


def _with_tiny_base(folder: ClientFolder) -> ClientFolder:
    orders = folder.tables["orders"]
    return _with_amounts(folder, orders["amount"].where(_in_quarter(folder), 100))


def _with_negative_base(folder: ClientFolder) -> ClientFolder:
    orders = folder.tables["orders"]
    credited = ~_in_quarter(folder) & (np.arange(len(orders)) % 2 == 1)
    return _with_amounts(folder, orders["amount"].where(~credited, -3 * orders["amount"].abs()))


def _of_fractions_of_a_penny(folder: ClientFolder) -> ClientFolder:
    """Return the folder with amounts of which every sum rounds to nothing."""
    return _with_amounts(folder, np.sign(folder.tables["orders"]["amount"]).astype("int64"))


def _of_one_quarter(folder: ClientFolder) -> ClientFolder:
    orders = folder.tables["orders"]
    kept = orders.loc[_in_quarter(folder)].reset_index(drop=True)
    return replace(folder, tables={**folder.tables, "orders": kept})


def _of_segments(count: int) -> Callable[[ClientFolder], ClientFolder]:
    def changed(folder: ClientFolder) -> ClientFolder:
        customers = folder.tables["customers"]
        names = [f"S{place % count}" if count else "" for place in range(len(customers))]
        segment = pd.Series(names, index=customers.index, dtype=customers["segment"].dtype)
        return replace(folder, tables={**folder.tables, "customers": customers.assign(segment=segment)})

    return changed


def _in_quarter(folder: ClientFolder) -> pd.Series[bool]:
    first = pd.Timestamp(reported_quarter(small_client(SEED)).first_day)
    return folder.tables["orders"]["ordered_on"] >= first


def _with_amounts(folder: ClientFolder, amounts: pd.Series[int]) -> ClientFolder:
    return replace(folder, tables={**folder.tables, "orders": folder.tables["orders"].assign(amount=amounts)})


STATES: dict[str, Callable[[ClientFolder], ClientFolder]] = {
    "one customer": _of_customers(1),
    "tiny base": _with_tiny_base,
    "one quarter": _of_one_quarter,
    "two customers": _of_customers(2),
    "nine customers": _of_customers(9),
    "one order": _of_orders(1),
    "two orders": _of_orders(2),
    "nine orders": _of_orders(9),
    "negative base": _with_negative_base,
    "fractions of a penny": _of_fractions_of_a_penny,
    "no segment": _of_segments(0),
    "one segment": _of_segments(1),
    "forty segments": _of_segments(40),
}
QUICK = 3


@pytest.mark.parametrize(
    "state", [*list(STATES)[:QUICK], *(pytest.param(name, marks=pytest.mark.slow) for name in list(STATES)[QUICK:])]
)
def test_no_sentence_claims_what_little_data_cannot_tell(state: str) -> None:
    folder = STATES[state](small_client(SEED))
    known = analysed(folder, reported_quarter(small_client(SEED)))

    faults = [
        f"{language} {place}: {text} [{fault}]"
        for language in LANGUAGES
        for place, text in sentences(told(known, wording_of(language)))
        for fault in _faults(place, text, language)
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("place", "text", "fault"),
    [
        ("pillars headline", "Revenue is 1,390.5% above last year.", "more than ten times"),
        ("summary outcome", "0 of 0 bought.", "of nothing"),
        ("pillars finding", "One customer left, who used to bring £0 a year.", "no money"),
        ("pillars headline", "Nobody left: 1 of 1 customers, 100% of them.", "few"),
        ("pillars headline", "There are 1 customers.", "lone"),
        ("lost_customers point", "Chance of return 100%", "certain"),
        ("cross_selling finding", ": 3 customers buy  Beans", "hole"),
        ("offers lead", "{n} offers", "hole"),
    ],
)
def test_the_reader_sees_what_it_looks_for(place: str, text: str, fault: str) -> None:
    assert fault in _faults(place, text, "en")


def _faults(place: str, text: str, language: str) -> list[str]:
    claim = place.split(" ", 1)[1] in CLAIMS
    checks = {
        "hole": bool(HOLES.search(text)),
        "of nothing": bool(NOTHING_OF_NOTHING.search(text)),
        "more than ten times": any(_number(found, language) > MOST_PERCENT for found in PERCENT.findall(text)),
        "lone": bool(LONE.search(text)),
        "certain": bool(CERTAIN.search(text)),
        "no money": claim and place not in BOUNDS and bool(NO_MONEY.search(text)),
        "few": claim and place not in THRESHOLDS and "%" in text and bool(FEW.search(text)),
    }
    return [fault for fault, found in checks.items() if found and (place, fault) not in REVIEWED]


def _number(text: str, language: str) -> float:
    bare = text.replace("\u00a0", "").strip(".,")
    bare = bare.replace(".", "").replace(",", ".") if language == "de" else bare.replace(",", "")
    return float(bare)
