"""`client.toml` to settings, with the line of everything that is wrong in it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from retention_reports.messages import say
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError, suggestion
from retention_reports.reading.setting_faults import reason_of
from retention_reports.reading.settings import ClientSettings
from retention_reports.reading.toml_text import key_lines, nearest_line, parse_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from retention_reports.messages import Message
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.toml_text import KeyPath

_LARGEST = 1_000_000


class ClientFile:
    """The settings of one client and where in the file each key stands."""

    def __init__(self, settings: ClientSettings, lines: Mapping[KeyPath, int]) -> None:
        """Keep the settings and the lines of their keys."""
        self.settings = settings
        self._lines = lines

    def line_of(self, *keys: str) -> int:
        """Return the line of a key, or of the nearest table around it (0 where there is none)."""
        return nearest_line(self._lines, keys)


def read_client_file(files: FolderFiles) -> ClientFile | None:
    """Read `client.toml`; return None if nothing can be read under it.

    What is wrong is noted and left out, so that the client's other files can still be checked.
    """
    content = files.read(CLIENT_FILE, _LARGEST)
    if content is None:
        return None
    try:
        text = decode(content.data, "utf-8")
        document = parse_toml(text)
    except UnreadableFileError as problem:
        files.log.error(files.location(CLIENT_FILE, problem.line), problem.kind, problem.message)
        return None
    lines = key_lines(text)
    for _ in range(2):
        try:
            return ClientFile(ClientSettings.model_validate(document), lines)
        except ValidationError as problems:
            document = _without_faults(document, problems.errors(), lines, files)
    return None


def _without_faults(
    document: dict[str, object], faults: list[ErrorDetails], lines: Mapping[KeyPath, int], files: FolderFiles
) -> dict[str, object]:
    rest = deepcopy(document)
    for fault in faults:
        path = tuple(str(part) for part in fault["loc"])
        location = files.location(CLIENT_FILE, nearest_line(lines, path))
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
