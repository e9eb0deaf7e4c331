"""`client.toml` to settings, with the line of everything that is wrong in it."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from retention_reports.messages import say
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError, suggestion
from retention_reports.reading.setting_faults import reason_of
from retention_reports.reading.settings import ClientSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from retention_reports.messages import Message
    from retention_reports.reading.files import FolderFiles

_LARGEST = 1_000_000
_TABLE_LINE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?")
_KEY_LINE = re.compile(r"""\s*((?:[\w.\- ]|"[^"]*"|'[^']*')+?)\s*=""")
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
        message = say("client_file.not_toml", reason=_toml_reason(str(problem) if found else ""))
        raise UnreadableFileError("not TOML", message, int(found[1]) if found else 0) from problem


def _toml_reason(text: str) -> Message:
    """Return in our words what the library says of a line; without a line, the file as a whole is too much for it."""
    if not text:
        return say("client_file.too_much")
    return next((say(key) for start, key in _TOML_REASONS if text.startswith(start)), say("client_file.line"))


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


def _message(fault: ErrorDetails, path: KeyPath) -> Message:
    key = ".".join(path)
    if fault["type"] == "extra_forbidden":
        return say("client_file.unknown_key", key=key, hint=suggestion(path[-1], _known_keys(path)))
    return say("settings.at", key=key, reason=reason_of(fault))


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
