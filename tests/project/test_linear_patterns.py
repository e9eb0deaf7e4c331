"""Nobody's file can hang a pattern: each compiled one reads 50 kB of whatever repeats in less than a second."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from re import _constants as kinds  # type: ignore[attr-defined]  # how Python itself takes patterns apart
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import retention_reports

_LENGTH = 50_000
_MOST_PREFIXES = 12
_REPEATED = (
    *(" ", "\t", "a", "A", "ü", "0", "1", "-", "#", "*", "_", "=", '"', "'", ".", ",", "[", "]", "(", ")", "<", ">"),
    *("&", ";", ":", "/", "\\", "%", "€", "1 ", "- ", "1. ", "> ", "# ", "a.", "a ", "1.", "1,", "'a'", '"a"'),
    *("\\u00fc", "=C3", "&uuml;", "2026-01-05 ", "12:00", "a@b.", "url(#"),
)
_OF_CLASSES = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_NOT_DIGIT: "a",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_NOT_SPACE: "a",
    kinds.CATEGORY_WORD: "a",
    kinds.CATEGORY_NOT_WORD: "-",
}


def _patterns() -> dict[str, re.Pattern[Any]]:
    found = {}
    for module in pkgutil.walk_packages(retention_reports.__path__, "retention_reports."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return found


_PATTERNS = _patterns()


def test_patterns_are_found() -> None:
    assert len(_PATTERNS) > 50
    assert {type(pattern.pattern) for pattern in _PATTERNS.values()} == {str, bytes}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"a(?:bc|d)?\s+[x-z]{2}", "abc  xx"), (r"(['\"])\d\1", "'1'"), (r"[^ab]+(?=c)", "cc"), (r"(?<=x)\w*y", "aay")],
)
def test_texts_that_patterns_accept_are_made(pattern: str, text: str) -> None:
    assert _accepted(pattern) == text


@pytest.mark.parametrize("name", sorted(_PATTERNS))
def test_each_pattern_reads_what_repeats_in_linear_time(name: str) -> None:
    pattern = _PATTERNS[name]
    accepted = _accepted(pattern.pattern)
    prefixes = [accepted[:end] for end in range(1, min(len(accepted), _MOST_PREFIXES) + 1)]
    for part in dict.fromkeys((*_REPEATED, *prefixes, accepted or " ")):
        many = part * (_LENGTH // len(part))
        for text in (f"{accepted}{many}\0",) if part in prefixes else (many, f"1{many}!"):
            subject = text.encode() if isinstance(pattern.pattern, bytes) else text
            begun = time.process_time()
            pattern.match(subject)
            pattern.fullmatch(subject)
            assert time.process_time() - begun < 1.0, part


def _accepted(pattern: str | bytes) -> str:
    """Return a text that a pattern accepts, looks around aside: twice what repeats, the first of what may stand."""
    groups: dict[int, str] = {}
    text: str = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    return _text_of(_parser.parse(text), groups)


def _text_of(parsed: Any, groups: dict[int, str]) -> str:  # noqa: ANN401 -- Python's own form of patterns
    return "".join(_part(kind, value, groups) for kind, value in parsed)


def _part(kind: object, value: Any, groups: dict[int, str]) -> str:  # noqa: ANN401, PLR0911 -- one kind after another
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is kinds.ANY:
        return "a"
    if kind is kinds.IN:
        return _of_class(value)
    if kind is kinds.BRANCH:
        return _text_of(value[1][0], groups)
    if kind is kinds.SUBPATTERN:
        number, _, _, inner = value
        groups[number] = _text_of(inner, groups)
        return groups[number]
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        low, high, inner = value
        return _text_of(inner, groups) * int(min(max(low, 2), high))
    if kind is kinds.GROUPREF:
        return groups.get(value, "")
    return _text_of(value, groups) if kind is kinds.ATOMIC_GROUP else ""


def _of_class(members: Any) -> str:  # noqa: ANN401 -- Python's own form of patterns
    negated = bool(members) and members[0][0] is kinds.NEGATE
    if negated:
        taken = {value for kind, value in members if kind is kinds.LITERAL}
        return next(sign for sign in "ca1 -" if ord(sign) not in taken)
    kind, value = members[0]
    if kind is kinds.CATEGORY:
        return str(_OF_CLASSES.get(value, "a"))
    return chr(value[0] if kind is kinds.RANGE else value)
