"""`client.toml` to settings, with the line of everything that is wrong in it."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError, shown, suggestion
from retention_reports.reading.settings import ClientSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from retention_reports.reading.files import FolderFiles

_LARGEST = 1_000_000
_TABLE_LINE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?")
_KEY_LINE = re.compile(r"""\s*((?:[\w.\- ]|"[^"]*"|'[^']*')+?)\s*=""")
_KEY_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w\-]+))\s*\.?""")
_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column \d+\)")

KeyPath = tuple[str, ...]


class ClientFile:
    """The settings of one client and where in the file each key stands."""

    def __init__(self, settings: ClientSettings, lines: Mapping[KeyPath, int]) -> None:
        """Keep the settings and the lines of their keys."""
        self.settings = settings
        self._lines = lines

    def line_of(self, *keys: str) -> int:
        """Return the line of a key, or of the nearest table around it (0 where there is none)."""
        return _nearest_line(self._lines, keys)


def read_client_file(files: FolderFiles) -> ClientFile | None:
    """Read `client.toml`; return None if nothing can be read under it.

    What is wrong is noted and left out, so that the client's other files can still be checked.
    """
    content = files.read(CLIENT_FILE, _LARGEST)
    if content is None:
        return None
    try:
        text = decode(content.data, "utf-8")
        document = _document(text)
    except UnreadableFileError as problem:
        files.log.error(files.location(CLIENT_FILE, problem.line), problem.kind, problem.message)
        return None
    lines = _key_lines(text)
    for _ in range(2):
        try:
            return ClientFile(ClientSettings.model_validate(document), lines)
        except ValidationError as problems:
            document = _without_faults(document, problems.errors(), lines, files)
    return None


def _document(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        found = _LINE_IN_MESSAGE.search(str(problem))
        reason = _LINE_IN_MESSAGE.sub("", str(problem)) if found else "too deeply nested, or a number too long"
        raise UnreadableFileError(
            "not TOML", f"is not TOML: {reason} (mend the line; text stands in quotes)", int(found[1]) if found else 0
        ) from problem


def _without_faults(
    document: dict[str, object], faults: list[ErrorDetails], lines: Mapping[KeyPath, int], files: FolderFiles
) -> dict[str, object]:
    rest = deepcopy(document)
    for fault in faults:
        path = tuple(str(part) for part in fault["loc"])
        location = files.location(CLIENT_FILE, _nearest_line(lines, path))
        files.log.error(location, _kind(fault), _message(fault, path))
        _remove(rest, fault["loc"])
    # A client without a usable name can still be checked under a name that is never shown.
    rest.setdefault("name", "client")
    return rest


def _kind(fault: ErrorDetails) -> str:
    return {"extra_forbidden": "unknown key", "missing": "missing key"}.get(fault["type"], "unusable setting")


def _message(fault: ErrorDetails, path: KeyPath) -> str:
    key = ".".join(path)
    if fault["type"] == "extra_forbidden":
        return f"{key}: there is no such key ({suggestion(path[-1], _known_keys(path))})"
    if fault["type"] == "missing":
        return f"{key}: is missing (write it)"
    reason = fault["msg"].removeprefix("Value error, ")
    value = fault["input"]
    given = f"{shown(str(value))}: " if isinstance(value, str | int | float) and str(value) not in reason else ""
    return f"{key}: {given}{reason[:1].lower()}{reason[1:]}"


def _known_keys(path: KeyPath) -> list[str]:
    model: type[BaseModel] = ClientSettings
    for part in path[:-1]:
        if part in model.model_fields:
            model = _model_within(model.model_fields[part].annotation) or model
    return sorted(model.model_fields)


def _model_within(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def _remove(document: dict[str, object], path: tuple[int | str, ...]) -> None:
    # A list loses all of its entries: its other positions must stay what the remaining faults call them.
    holder: object = document
    for part in path[:-1]:
        inner = holder.get(str(part)) if isinstance(holder, dict) else None
        if not isinstance(inner, dict):
            if isinstance(holder, dict):
                holder.pop(str(part), None)
            return
        holder = inner
    if isinstance(holder, dict):
        holder.pop(str(path[-1]), None)


def _key_lines(text: str) -> dict[KeyPath, int]:
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


def _nearest_line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    named = tuple(part for part in path if not part.isdigit())
    for length in range(len(named), 0, -1):
        if named[:length] in lines:
            return lines[named[:length]]
    return 0
