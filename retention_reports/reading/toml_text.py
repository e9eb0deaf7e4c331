"""TOML as text: what it says, and on which line each key stands."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.messages import Message

_TABLE_LINE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?")
# Possessive, as a blank line of 50,000 signs takes minutes where blanks can be shared out between two repetitions.
_KEY_LINE = re.compile(r"""\s*+((?:[\w.\- \t]|"[^"]*"|'[^']*')++)=""")
_KEY_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w\-]+))\s*\.?""")
_TOML_REASONS = (
    ("Invalid value", "client_file.value"),
    ("Expected '='", "client_file.no_equals"),
    ("Cannot overwrite", "client_file.twice"),
    ("Cannot declare", "client_file.twice"),
    ("Cannot mutate", "client_file.twice"),
    ("Cannot redefine", "client_file.twice"),
    ("Duplicate", "client_file.twice"),
    ("Unterminated string", "client_file.open_quote"),
    ("Illegal character '\\n'", "client_file.open_quote"),
    ("Unescaped '\\'", "client_file.backslash"),
    ("Expected newline", "client_file.rest_of_line"),
    ("Invalid initial character for a key", "client_file.key"),
)
_DEEPEST = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column \d+\)")

KeyPath = tuple[str, ...]


def parse_toml(text: str) -> dict[str, object]:
    """Return what a TOML file says.

    Raises:
        UnreadableFileError: the text is no TOML, is nested too deeply, or holds control characters.
    """
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        found = _LINE_IN_MESSAGE.search(str(problem))
        message = say("client_file.not_toml", reason=_toml_reason(str(problem) if found else ""))
        raise UnreadableFileError("not TOML", message, int(found[1]) if found else 0) from problem
    _check_values(parsed, text)
    return parsed


def _check_values(parsed: dict[str, object], text: str) -> None:
    pending: list[tuple[KeyPath, object]] = [((), parsed)]
    while pending:
        path, value = pending.pop()
        if len(path) > _DEEPEST:
            message = say("client_file.not_toml", reason=say("client_file.too_much"))
            raise UnreadableFileError("not TOML", message, _first_line(text, path))
        control = _CONTROL.search(f"{value if isinstance(value, str) else ''}{path[-1] if path else ''}")
        if control:
            message = say("notes.control_character", sign=f"U+{ord(control[0]):04X}")
            raise UnreadableFileError("control character", message, _first_line(text, path))
        if isinstance(value, dict):
            pending += [((*path, key), part) for key, part in value.items()]
        elif isinstance(value, list):
            pending += [((*path, str(place)), part) for place, part in enumerate(value)]


def _first_line(text: str, path: KeyPath) -> int:
    lines = key_lines(text)
    within = (line for key, line in lines.items() if key[: len(path)] == path)
    return nearest_line(lines, path) or next(within, 0)


def _toml_reason(text: str) -> Message:
    """Return in our words what the library says of a line; without a line, the file as a whole is too much for it."""
    if not text:
        return say("client_file.too_much")
    return next((say(key) for start, key in _TOML_REASONS if text.startswith(start)), say("client_file.line"))


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line of every table and key."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE_LINE.fullmatch(line):
            table = _key_path(header[1])
            lines.setdefault(table, number)
        elif key := _KEY_LINE.match(line):
            lines.setdefault((*table, *_key_path(key[1])), number)
    return lines


def _key_path(dotted: str) -> KeyPath:
    return tuple("".join(match.groups(default="")) for match in _KEY_PART.finditer(dotted))


def nearest_line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a key, or of the nearest table around it (0 where there is none)."""
    named = tuple(part for part in path if not part.isdigit())
    for length in range(len(named), 0, -1):
        if named[:length] in lines:
            return lines[named[:length]]
    return 0
