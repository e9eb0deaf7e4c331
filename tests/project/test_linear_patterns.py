"""Nobody's file can hang a pattern: each compiled one reads 50 kB of whatever repeats in less than a second."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import retention_reports

_LENGTH = 50_000
_REPEATED = (
    *(" ", "\t", "a", "A", "ü", "0", "1", "-", "#", "*", "_", "=", '"', "'", ".", ",", "[", "]", "(", ")", "<", ">"),
    *("&", ";", ":", "/", "\\", "%", "€", "1 ", "- ", "1. ", "> ", "# ", "a.", "a ", "1.", "1,", "'a'", '"a"'),
    *("\\u00fc", "=C3", "&uuml;", "2026-01-05 ", "12:00", "a@b.", "url(#"),
)


def _patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in pkgutil.walk_packages(retention_reports.__path__, "retention_reports."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value
    return found


_PATTERNS = _patterns()


def test_patterns_are_found() -> None:
    assert len(_PATTERNS) > 50


@pytest.mark.parametrize("name", sorted(_PATTERNS))
def test_each_pattern_reads_what_repeats_in_linear_time(name: str) -> None:
    pattern = _PATTERNS[name]
    for part in _REPEATED:
        for text in (part * (_LENGTH // len(part)), f"1{part * (_LENGTH // len(part))}!"):
            begun = time.process_time()
            pattern.match(text)
            pattern.fullmatch(text)
            assert time.process_time() - begun < 1.0, part
