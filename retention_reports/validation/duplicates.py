"""Customers who may be the same, and people who are addressed in two ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz.fuzz import ratio

from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_LEGAL_FORMS = frozenset(
    "gmbh mbh co kg kgaa ag ug ohg gbr ek eg ev se ltd limited inc llc corp plc bv sa sarl spa haftungsbeschraenkt und and".split()
)
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "ó": "o"})
_POINTS = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.")
_WORD = re.compile(r"\w+")
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


def comparable_name(name: str) -> str:
    """Return a name without spelling, order of words, punctuation and legal form."""
    plain = _POINTS.sub("", name.casefold().translate(_SPELLINGS))
    words = [word for word in _WORD.findall(plain) if word not in _LEGAL_FORMS]
    return " ".join(sorted(words))


def warn_of_similar_customers(customers: CheckedTable, log: ProblemLog) -> None:
    """Warn of customers with one e-mail address or with names that look alike.

    Names are compared with their neighbours in the alphabet, so that the work grows with the number of customers and
    not with its square. Names that differ in a number are different.
    """
    pairs = dict(_same_address(customers))
    for later, earlier in _same_name(customers):
        pairs.setdefault(later, earlier)
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
        for row, customer, name, salutation in _addressed(table):
            address = _address(salutation)
            in_name = _address(name.partition(" ")[0])
            person = (customer, comparable_name(name))
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
    names = pd.Series([comparable_name(name) for name in given], index=given.index, dtype="str")
    names = names.loc[names != ""]
    for later, earlier in _repetitions(names):
        yield later, (earlier, "the same name as")
    different = names.drop_duplicates().sort_values(kind="stable")
    rows, texts = different.index.tolist(), different.tolist()
    for place, text in enumerate(texts):
        for other in range(place + 1, min(place + 1 + _NEIGHBOURS, len(texts))):
            if _looks_alike(text, texts[other]):
                yield max(rows[place], rows[other]), (min(rows[place], rows[other]), "almost the same name as")


def _repetitions(values: pd.Series) -> Iterator[tuple[int, int]]:
    repeated = values.loc[values.duplicated()]
    firsts = values.drop_duplicates()
    first_row = dict(zip(firsts, firsts.index.tolist(), strict=True)) if len(repeated) else {}
    for row, value in zip(repeated.index.tolist(), repeated, strict=True):
        yield row, first_row[value]


def _looks_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or ratio(one, other, score_cutoff=_ALIKE) == 0:
        return False
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def _addressed(table: CheckedTable) -> Iterator[tuple[int, str, str, str]]:
    if not {"name", "salutation"} <= table.given_columns:
        return
    frame = table.frame.loc[table.frame["salutation"].map(lambda word: bool(_address(word))).astype(bool)]
    yield from zip(frame.index.tolist(), frame["customer_id"], frame["name"], frame["salutation"], strict=True)


def _address(salutation: str) -> str:
    return _ADDRESSES.get(salutation.casefold().rstrip("."), "")
