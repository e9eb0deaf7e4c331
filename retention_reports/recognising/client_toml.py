"""A proposal as `client.toml`, with comments that say what was found and where an answer is missing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from retention_reports.recognising.proposal import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention_reports.recognising.proposal import Proposal

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 110


def client_toml(proposal: Proposal, language: str) -> str:
    """Return the settings as text; every note above, every question beside its key."""
    lines = [f"# {line}" for message in proposal.notes for line in _wrapped(message.said_in(language))]
    lines += [f"# {GAP} {gap.message.said_in(language)}: {gap.option}" for gap in proposal.gaps]
    lines += ["", *(f"{key} = {_value(value)}" for key, value in proposal.top.items())]
    lines += [f"# --answer {key}={_printable(answer)}" for key, answer in sorted(proposal.asked.items())]
    for table, settings in proposal.tables.items():
        lines += ["", *_table(("files", table), settings)]
    return "\n".join(lines).lstrip("\n") + "\n"


def with_files_of(text: str, proposed: str) -> str:
    """Return settings with the tables of files (and the answers) of a proposal instead of their own."""
    kept = [line for line in _sections(text, files=False) if not line.startswith("# --answer ")]
    answers = [line for line in proposed.splitlines() if line.startswith("# --answer ")]
    top = next((place for place, line in enumerate(kept) if line.startswith("[")), len(kept))
    head = [*kept[:top], *answers, "", *kept[top:]]
    return "\n".join([*head, *_sections(proposed, files=True)]).rstrip() + "\n"


def _sections(text: str, *, files: bool) -> list[str]:
    """Return the lines of the tables of files, or all others."""
    lines = []
    is_files = False
    for line in text.splitlines():
        if line.startswith("["):
            is_files = line.startswith(("[files.", "[[files.", "[files]"))
        if is_files == files:
            lines.append(line)
    return lines


def _table(path: tuple[str, ...], settings: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{'.'.join(map(_key, path))}]"
    inner = {}
    for key, value in settings.items():
        if isinstance(value, dict) and not _is_source(value):
            inner[key] = value
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        yield from _table((*path, key), value)


def _is_source(value: Mapping[str, Any]) -> bool:
    return bool(value) and set(value) <= {"from", "lookup", "first", "join", "tax", "of"}


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and value != int(value) else str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_value(part)}' for key, part in value.items())} }}"
    return json.dumps(_printable(str(value)), ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\t" else " " for sign in text)


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in _printable(text).split():
        if line and len(line) + len(word) + 1 > _WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line
