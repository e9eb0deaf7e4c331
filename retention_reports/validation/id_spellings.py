"""How exports spoil customers' ids: what each spelling is taken for, and which cannot be taken for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

NO_ID = frozenset(
    {"null", "(null)", "<null>", "nil", "none", "nan", "nat", "n/a", "#n/a", "#nv", "<na>", "n.a.", "undefined"}
    | {"-", "--", "---", "–", "—", "?", "00000000-0000-0000-0000-000000000000"}
)
"""What programs write where there is no customer (in small letters): nobody's id, unless customers lists it."""

COLLECTIVE = frozenset(
    {"gast", "gäste", "guest", "guests", "gastkunde", "guest customer", "gastbestellung", "unbekannt", "unknown"}
    | {"anonym", "anonymous", "barverkauf", "barverkäufe", "laufkunde", "laufkundschaft", "walk-in", "walk-in customer"}
    | {"cash sale", "cash sales", "cash customer", "diverse", "diverse kunden", "sammelkunde", "cpd", "-1"}
    | {"test", "testkunde", "test customer", "test kunde", "testkonto", "test account"}
)
"""Words (in small letters) for everybody whom nobody knows; they may stand as ids and as names."""

_OF_MANY = re.compile(
    r"\b(?:sammel(?:konto|kunden?|kundenkonto|debitor(?:en)?)|bar(?:verk[aä]ufe?|kunden?)|laufkund(?:en?|schaft)"
    r"|conto pro diverse|cpd[ -]konto|walk[- ]in|cash (?:sales?|customers?)|diverse kunden|gastkunden?"
    r"|guest customers?)\b",
    re.IGNORECASE,
)
_OF_A_TEST = re.compile(
    r"(?:(?:test|dummy|demo)(?:[ -]?(?:test|kunde|konto|customer|account|firma|user|company|debitor))?"
    r"|(?:(?:max|erika|herr|frau) )?mustermann|muster(?:kunde|firma)|(?:john|jane) doe)"
    r"(?:[ -]*(?:gmbh|ag|ltd\.?|inc\.?|[0-9]+))?",
    re.IGNORECASE,
)
_STEMS = (
    *("sammel", "barverk", "barkund", "laufkund", "conto pro diverse", "cpd", "walk-in", "walk in", "cash "),
    *("diverse kunden", "gastkund", "guest customer", "test", "dummy", "demo", "muster", "john doe", "jane doe"),
)
"""One of these stands in every name that the two patterns know."""
_PLAIN = re.compile(r"(?:(?:[A-Z]+-?)?0*[1-9][0-9]*\n)*")
_LED_BY_ZERO = re.compile(r"0+[1-9][0-9]*")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")
_SHORT_ZEROS = frozenset({"0", "00"})
_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def are_plain(words: Collection[str]) -> bool:
    """Tell whether all are numbers (after capital letters, if any) that have no second spelling here; may miss it."""
    text = "\n".join([*words, ""])
    if _PLAIN.fullmatch(text) is None:
        return False
    return len(set(map(len, words))) == 1 or not (text.startswith("0") or "\n0" in text)


def missing_ids(words: Iterable[str]) -> set[str]:
    """Return the words that say that there is no customer."""
    return {word for word in words if word.casefold() in NO_ID}


def collective_ids(words: Collection[str]) -> set[str]:
    """Return the words that probably stand for all customers without an id: zero, and words such as guest."""
    return {word for word in words if word and not word.strip("0")} | {word for word in words if is_collective(word)}


def is_collective(word: str) -> bool:
    """Tell whether an id or a name says that it is nobody's own."""
    return word.casefold() in COLLECTIVE


def may_name_accounts(names: Sequence[str]) -> bool:
    """Tell whether any name looks as if it were of many or of a test; may say so wrongly, and never misses one."""
    text = "\n".join(names).casefold()
    return any(stem in text for stem in _STEMS) or not COLLECTIVE.isdisjoint(text.split("\n"))


def looks_collective(name: str) -> bool:
    """Tell whether a customer's name says that it is the account of many."""
    return is_collective(name) or _OF_MANY.search(name) is not None


def looks_tested(name: str) -> bool:
    """Tell whether a customer's name says that it was made to try something out."""
    return _OF_A_TEST.fullmatch(name) is not None


def powers_of_ten(words: Iterable[str]) -> set[str]:
    """Return the words that a spreadsheet has cut to a few digits, such as 4,91512E+12."""
    return {word for word in words if "+" in word and _POWER.fullmatch(word)}


def without_decimals(words: Collection[str]) -> dict[str, str]:
    """Return the whole number for each number such as 17850.0; nothing where any number's decimals say something.

    More than two zeros could group thousands, so that they stay.
    """
    found = {word: match for word in words if not word.isdigit() and (match := _DECIMAL.fullmatch(word))}
    if not all(match[2] in _SHORT_ZEROS for match in found.values()):
        return {}
    return {word: match[1] for word, match in found.items()}


def one_case_of_addresses(words: Iterable[str]) -> dict[str, str]:
    """Return every e-mail address that differs from another one in capital letters alone, in small letters."""
    spellings: dict[str, set[str]] = {}
    for word in words:
        if "@" in word and _ADDRESS.fullmatch(word):
            spellings.setdefault(word.casefold(), set()).add(word)
    return {word: small for small, found in spellings.items() if len(found) > 1 for word in found}


def other_spellings(words: Iterable[str]) -> dict[str, str]:
    """Return each id that differs from another in capital letters, umlauts or blanks alone, and that other one."""
    first: dict[str, str] = {}
    found = {}
    for word in sorted(words):
        other = first.setdefault(" ".join(word.casefold().translate(_UMLAUTS).split()), word)
        if other != word:
            found[word] = other
    return found


def lost_zeros(words: Collection[str]) -> dict[str, str]:
    """Return the longest spelling of each number that occurs with more leading zeros elsewhere."""
    if len({word.lstrip("0") for word in words}) == len(words):
        return {}
    longest: dict[str, str] = {}
    for word in words:
        if word[:1] == "0" and _LED_BY_ZERO.fullmatch(word):
            number = word.lstrip("0")
            longest[number] = max(longest.get(number, ""), word, key=len)
    return (
        {word: longest[number] for word in words if (number := word.lstrip("0")) in longest and longest[number] != word}
        if longest
        else {}
    )


def padded(word: str, width: int) -> str:
    """Return a number with leading zeros up to a width; any other id as it is."""
    return word.zfill(width) if word.isascii() and word.isdigit() else word
