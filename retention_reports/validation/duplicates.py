"""Customers who may be the same, and people who are addressed in two ways."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_LEGAL_FORMS = frozenset(
    {"gmbh", "mbh", "co", "kg", "kgaa", "ag", "ug", "haftungsbeschraenkt", "ohg", "gbr", "ek", "eg", "ev", "se"}
    | {"ltd", "limited", "inc", "llc", "corp", "plc", "bv", "sa", "sarl", "spa", "und", "and"}
)
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "ó": "o"})
_POINTS = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.")
_BETWEEN_WORDS = re.compile(r"[^\w\n]+")
_DIGITS = re.compile(r"\d+")
_NEIGHBOURS = 3
_ALIKE = 94
_SHORTEST = 8
_ADDRESSES = {
    "herr": "Herr",
    "herrn": "Herr",
    "mr": "Herr",
    "frau": "Frau",
    "mrs": "Frau",
    "ms": "Frau",
    "miss": "Frau",
}


def comparable_names(names: Iterable[str]) -> list[str]:
    """Return names (of one line each) without spelling, order of words, punctuation and legal form."""
    plain = _POINTS.sub("", "\n".join(names).casefold().translate(_SPELLINGS))
    lines = _BETWEEN_WORDS.sub(" ", plain).split("\n")
    return [" ".join(sorted(word for word in line.split() if word not in _LEGAL_FORMS)) for line in lines]


def warn_of_similar_customers(customers: CheckedTable, log: ProblemLog) -> None:
    """Warn of customers with one e-mail address or with names that look alike.

    Names are compared with their neighbours in the alphabet, so that the work grows with the number of customers and
    not with its square. Names that differ in a number are different.
    """
    pairs: dict[int, tuple[int, str]] = {}
    for later, found in chain(_same_address(customers), _same_name(customers)):
        pairs.setdefault(later, found)
    ids = customers.frame["customer_id"]
    for later, (earlier, reason) in pairs.items():
        line = customers.location(earlier).line
        message = (
            f"customer {shown(ids[later])} has {reason} {shown(ids[earlier])} on line {line} "
            "(if they are one, write merged_into)"
        )
        log.warning(customers.location(later), "suspected duplicate customer", message)


def warn_of_contradictory_salutations(customers: CheckedTable, contacts: CheckedTable | None, log: ProblemLog) -> None:
    """Warn where a salutation contradicts the name it stands at, or the same person's elsewhere."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for table in (customers, contacts):
        if table is None:
            continue
        for row, customer, name, comparable, salutation in _addressed(table):
            address = _address(salutation)
            in_name = _address(name.partition(" ")[0])
            person = (customer, comparable)
            before, _ = seen.setdefault(person, (address, row))
            if in_name not in {"", address} or before != address:
                message = (
                    f"{shown(salutation)} contradicts {shown(in_name if in_name not in {'', address} else before)}"
                )
                place = table.location(row, "salutation")
                log.warning(place, "contradictory salutation", f"{message} for the same person (keep the right one)")


def _same_address(customers: CheckedTable) -> Iterator[tuple[int, tuple[int, str]]]:
    addresses = customers.frame["email"].str.casefold()
    addresses = addresses.loc[addresses != ""]
    for later, earlier in _repetitions(addresses):
        yield later, (earlier, "the e-mail address of")


def _same_name(customers: CheckedTable) -> Iterator[tuple[int, tuple[int, str]]]:
    if "name" not in customers.source.cells:
        return
    given = customers.frame["name"]
    names = pd.Series(comparable_names(given.tolist()), index=given.index, dtype="str") if len(given) else given
    names = names.loc[names != ""]
    for later, earlier in _repetitions(names):
        yield later, (earlier, "the same name as")
    different = names.drop_duplicates().sort_values(kind="stable")
    rows, texts = different.index.tolist(), different.tolist()
    for distance in range(1, min(_NEIGHBOURS, len(texts) - 1) + 1):
        likeness = cpdist(texts[:-distance], texts[distance:], scorer=ratio, score_cutoff=_ALIKE)
        for place in np.flatnonzero(likeness).tolist():
            one, other = texts[place], texts[place + distance]
            if min(len(one), len(other)) >= _SHORTEST and _DIGITS.findall(one) == _DIGITS.findall(other):
                pair = sorted((rows[place], rows[place + distance]))
                yield pair[1], (pair[0], "almost the same name as")


def _repetitions(values: pd.Series) -> Iterator[tuple[int, int]]:
    repeated = values.loc[values.duplicated()]
    firsts = values.drop_duplicates()
    first_row = dict(zip(firsts, firsts.index.tolist(), strict=True)) if len(repeated) else {}
    for row, value in zip(repeated.index.tolist(), repeated, strict=True):
        yield row, first_row[value]


def _addressed(table: CheckedTable) -> Iterator[tuple[int, str, str, str, str]]:
    if not {"name", "salutation"} <= table.given_columns:
        return
    frame = table.frame.loc[table.frame["salutation"].map(lambda word: bool(_address(word))).astype(bool)]
    if len(frame):
        names = frame["name"].tolist()
        people = zip(frame["customer_id"], names, comparable_names(names), frame["salutation"], strict=True)
        yield from ((row, *person) for row, person in zip(frame.index.tolist(), people, strict=True))


def _address(salutation: str) -> str:
    return _ADDRESSES.get(salutation.casefold().rstrip("."), "")
