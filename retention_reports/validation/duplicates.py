"""Customers who may be the same, and people who are addressed in two ways."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from retention_reports.messages import Private, say
from retention_reports.reading.problems import shown, shown_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_LEGAL_FORMS = frozenset(
    {"gmbh", "mbh", "co", "kg", "kgaa", "ag", "ug", "haftungsbeschraenkt", "ohg", "gbr", "ek", "eg", "ev", "se"}
    | {"ltd", "limited", "inc", "llc", "corp", "plc", "bv", "sa", "sarl", "spa", "und", "and"}
)
_SPELLINGS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "ó": "o"}
_POINTS = re.compile(r"\.(?:(?<=\w\.)(?=\w\b)|(?<=\b\w\.))")
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


class _Addressed(NamedTuple):
    """Someone who is addressed: as what, and what the name itself begins with, if that is a form of address."""

    row: int
    customer: str
    name: str
    salutation: str
    address: str
    in_name: str


def comparable_names(names: Iterable[str]) -> list[str]:
    """Return names (of one line each) without spelling, order of words, punctuation and legal form."""
    plain = "\n".join(names).casefold()
    for sign, letters in _SPELLINGS.items():
        plain = plain.replace(sign, letters)
    if "." in plain:
        plain = _POINTS.sub("", plain)
    between_words = {ord(sign): " " for sign in set(plain) - {"\n"} if not (sign.isalnum() or sign == "_")}
    return [_ordered(line.split()) for line in plain.translate(between_words).split("\n")]


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
        message = say(reason, later=shown_id(ids[later]), earlier=shown_id(ids[earlier]), line=str(line))
        log.warning(customers.location(later), "suspected duplicate customer", message)


def warn_of_contradictory_salutations(customers: CheckedTable, contacts: CheckedTable | None, log: ProblemLog) -> None:
    """Warn where a salutation contradicts the name it stands at, or the same person's elsewhere."""
    tables = [table for table in (customers, contacts) if table is not None]
    addressed = [(table, found) for table in tables for found in _addressed(table)]
    times = Counter(one.customer for _, one in addressed)
    # Only where several rows are of one customer can they be of one person.
    comparable = iter(comparable_names(one.name for _, one in addressed if times[one.customer] > 1))
    seen: dict[tuple[str, str], str] = {}
    for table, one in addressed:
        address = one.address
        before = seen.setdefault((one.customer, next(comparable)), address) if times[one.customer] > 1 else address
        if one.in_name not in {"", address} or before != address:
            other = one.in_name if one.in_name not in {"", address} else before
            message = say("doubts.salutation", salutation=Private(shown(one.salutation)), other=Private(shown(other)))
            log.warning(table.location(one.row, "salutation"), "contradictory salutation", message)


def _same_address(customers: CheckedTable) -> Iterator[tuple[int, tuple[int, str]]]:
    rows = customers.frame.index.tolist()
    addresses = [address.casefold() for address in _texts(customers.frame["email"])]
    for later, earlier in _repetitions(rows, addresses):
        yield later, (earlier, "doubts.same_email")


def _same_name(customers: CheckedTable) -> Iterator[tuple[int, tuple[int, str]]]:
    if "name" not in customers.source.cells or not len(customers.frame):
        return
    all_rows = customers.frame.index.tolist()
    names = comparable_names(_texts(customers.frame["name"]))
    for later, earlier in _repetitions(all_rows, names):
        yield later, (earlier, "doubts.same_name")
    first_row = dict(zip(reversed(names), reversed(all_rows), strict=True))
    texts = sorted(filter(None, first_row))
    rows = [first_row[text] for text in texts]
    for distance in range(1, min(_NEIGHBOURS, len(texts) - 1) + 1):
        likeness = cpdist(texts[:-distance], texts[distance:], scorer=ratio, score_cutoff=_ALIKE)
        for place in np.flatnonzero(likeness).tolist():
            one, other = texts[place], texts[place + distance]
            if min(len(one), len(other)) >= _SHORTEST and _DIGITS.findall(one) == _DIGITS.findall(other):
                pair = sorted((rows[place], rows[place + distance]))
                yield pair[1], (pair[0], "doubts.nearly_same_name")


def _repetitions(rows: Iterable[int], texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield each row whose text (not empty) stands in an earlier row, and the first such row."""
    first_row: dict[str, int] = {}
    for row, text in zip(rows, texts, strict=True):
        first = first_row.setdefault(text, row)
        if first != row and text:
            yield row, first


def _addressed(table: CheckedTable) -> Iterator[_Addressed]:
    """Yield everyone who is addressed in a way that is understood."""
    if not {"name", "salutation"} <= table.given_columns:
        return
    frame = table.frame
    customers, names, salutations = (_texts(frame[name]) for name in ("customer_id", "name", "salutation"))
    firsts = [name.partition(" ")[0] for name in names]
    senses = {word: _sense(word) for word in {*salutations, *firsts}}
    for row, customer, name, salutation, first in zip(
        frame.index.tolist(), customers, names, salutations, firsts, strict=True
    ):
        if senses[salutation]:
            yield _Addressed(row, customer, name, salutation, senses[salutation], senses[first])


def _sense(word: str) -> str:
    return _ADDRESSES.get(word.casefold().rstrip("."), "")


def _texts(values: pd.Series) -> list[str]:
    texts: list[str] = values.to_numpy(dtype=object).tolist()
    return texts


def _ordered(words: list[str]) -> str:
    words.sort()
    return " ".join(words if _LEGAL_FORMS.isdisjoint(words) else [word for word in words if word not in _LEGAL_FORMS])
