"""Which columns of a file make a standard column: the words of `client.toml`, and what they find in a header."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads it at run time
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

from retention_reports.messages import say
from retention_reports.reading.formulas import Term, parse_terms, possible_terms, unknown_term
from retention_reports.reading.problems import shown, suggestion
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.messages import Message

Reference: TypeAlias = tuple[str, ...] | int
"""One column of a file: by the names it may have, of which a file has one, or by its position, counted from 1."""
Lookup: TypeAlias = Literal["", "email", "name", "price"]
LOOKUPS = ("email", "name", "price")
ALWAYS_NEGATIVE = -2
"""The sign of rows whose amounts are deducted whether they are written with a minus or without."""
_SIGNS: dict[object, int] = {1: 1, 0: 0, -1: -1, "negative": ALWAYS_NEGATIVE}
_FORMS = say("mapping.forms")


@record
class ColumnSource:
    """Where a standard column comes from, as `client.toml` says it.

    `how` tells what is done with several parts: the first that is not empty counts, or all are joined by blanks.
    `lookup` names the column of customers by which the cell names a customer, instead of by the id; "price" stands for
    the price of the product that the cell names.
    """

    parts: tuple[Reference, ...]
    how: Literal["one", "first", "join"] = "one"
    lookup: Lookup = ""

    @property
    def plain_name(self) -> str | None:
        """The heading, where the source is one column of one name."""
        part = self.parts[0]
        return part[0] if self.how == "one" and not self.lookup and isinstance(part, tuple) and len(part) == 1 else None

    @property
    def headings(self) -> frozenset[str]:
        """All headings that may stand for the column, or for a part of it."""
        names = [name for part in self.parts if isinstance(part, tuple) for name in part]
        return frozenset(chain(names, *map(possible_terms, names))) - {""}


@record
class FoundColumn:
    """The columns of one file that make a standard column: `positions` in it, counted from 0, in the order declared.

    `terms` are added to or subtracted from the (then only) position.
    """

    positions: tuple[int, ...]
    how: Literal["one", "first", "join"] = "one"
    terms: tuple[Term, ...] = ()


@record
class SignRule:
    """By which column amounts are added, deducted or not counted: the sign of each word (1, -1, 0, -2).

    -2 deducts the amount however it is written.
    """

    column: Reference
    signs: Mapping[str, int]


class MappingError(Exception):
    """A column that is declared and cannot be found; `heading` is what was looked for."""

    def __init__(self, kind: str, heading: str, message: Message) -> None:
        """Keep what the problem will say."""
        super().__init__(str(message))
        self.kind = kind
        self.heading = heading
        self.message = message


def parse_source(value: object) -> ColumnSource:
    """Return the source that a value in `client.toml` declares.

    Raises:
        ValueError: the value is none of the forms.
    """
    if isinstance(value, ColumnSource):
        return value
    if not isinstance(value, dict):
        return ColumnSource((_reference(value),))
    if set(value) == {"from", "lookup"} and value["lookup"] in LOOKUPS:
        source = parse_source(value["from"])
        return ColumnSource(source.parts, source.how, value["lookup"])
    for how in ("first", "join"):
        parts = value.get(how)
        if set(value) == {how} and isinstance(parts, list) and parts:
            return ColumnSource(tuple(map(_reference, parts)), how)
    raise ValueError(_FORMS)


def parse_signs(value: object) -> SignRule:
    """Return the rule that a table `sign` in `client.toml` declares.

    Raises:
        ValueError: it names no column, or gives a word something that is no sign.
    """
    rule = dict(value) if isinstance(value, dict) else {}
    if "column" not in rule:
        raise ValueError(say("mapping.sign_without_column"))
    column = _reference(rule.pop("column"))
    for word, sign in rule.items():
        if isinstance(sign, bool) or sign not in _SIGNS:
            raise ValueError(say("mapping.no_sign", word=shown(str(word))))
    return SignRule(column, {word: _SIGNS[sign] for word, sign in rule.items()})


def _reference(value: object) -> Reference:
    if isinstance(value, str):
        return (_plain(value),)
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if isinstance(value, list) and value and all(isinstance(name, str) and name for name in value):
        return tuple(map(_plain, value))
    raise ValueError(_FORMS)


def _plain(heading: str) -> str:
    return " ".join(heading.split())


def find_column(name: str, source: ColumnSource, header: Sequence[str], *, is_amount: bool) -> FoundColumn | None:
    """Return what a source finds in a header for the column `name`; None where the source is empty on purpose.

    An amount may be a sum of columns, where no column is called what is declared.

    Raises:
        MappingError: the file lacks what is declared, or has two columns where one is meant.
    """
    if source.parts == (("",),):
        return None
    if source.how == "one" and isinstance(source.parts[0], tuple) and is_amount:
        return _find_amount(name, source.parts[0], header)
    return FoundColumn(tuple(find_position(name, part, header) for part in source.parts), source.how)


def find_position(name: str, part: Reference, header: Sequence[str]) -> int:
    """Return where the column stands that a part of a source means.

    Raises:
        MappingError: the file lacks it, or has two.
    """
    if isinstance(part, int):
        if part > len(header):
            message = say("mapping.no_position", name=name, position=part, n=len(header))
            raise MappingError("missing column", str(part), message)
        return part - 1
    present = _present(name, part, header)
    if present is None:
        raise _missing(name, part, header)
    return _only_position(present, header)


def _find_amount(name: str, names: tuple[str, ...], header: Sequence[str]) -> FoundColumn:
    present = _present(name, names, header)
    if present is not None:
        return FoundColumn((_only_position(present, header),))
    for text in names:
        terms = parse_terms(text, header)
        if terms:
            for term in terms:
                _only_position(header[term.position], header)
            return FoundColumn((terms[0].position,), terms=terms[1:])
    raise _missing(name, names, header)


def _only_position(heading: str, header: Sequence[str]) -> int:
    times = header.count(heading)
    if times > 1:
        raise MappingError("duplicate column", heading, say("mapping.same_name", n=times))
    return header.index(heading)


def _present(name: str, names: tuple[str, ...], header: Sequence[str]) -> str | None:
    present = [heading for heading in dict.fromkeys(names) if heading in header]
    if len(present) > 1:
        listed = ", ".join(map(shown, present))
        raise MappingError("ambiguous column", present[0], say("mapping.two_columns", name=name, columns=listed))
    return present[0] if present else None


def _missing(name: str, names: tuple[str, ...], header: Sequence[str]) -> MappingError:
    if len(names) > 1:
        message = say("mapping.none_of", name=name, columns=", ".join(map(shown, names)), known=", ".join(header))
        return MappingError("missing column", names[0], message)
    term = unknown_term(names[0], header)
    if term:
        hint = suggestion(term, header)
        message = say("mapping.unknown_term", name=name, formula=shown(names[0]), term=shown(term), hint=hint)
        return MappingError("missing column", names[0], message)
    message = say("mapping.missing", name=name, column=shown(names[0]), hint=suggestion(names[0], header))
    return MappingError("missing column", names[0], message)
