"""What the consultant says of a quarter's decisions, by form alone: `notes/<quarter>.toml`."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it at run time
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, ValidationError

from retention_reports.messages import say
from retention_reports.reading.cleaning import clean
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError, suggestion
from retention_reports.reading.setting_faults import reason_of
from retention_reports.reading.settings import Settings
from retention_reports.reading.toml_text import key_lines, nearest_line, parse_toml
from retention_reports.records import record

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from retention_reports.messages import Message
    from retention_reports.reading.files import FolderFiles

_LARGEST = 64 * 1024
_LONGEST_TITLE = 120
_LONGEST_TEXT = 400


def _plain(value: str) -> str:
    """Return a text in one line, cleaned as cells are."""
    column = clean([value])
    for _, _, message in column.faults:
        raise ValueError(message)
    text = " ".join(column.cells[0].split())
    if not text:
        raise ValueError(say("settings.not_one_line"))
    return text


_Title = Annotated[str, Field(max_length=_LONGEST_TITLE), AfterValidator(_plain)]
_Text = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_plain)]


class DecisionText(Settings):
    """What is said of one decision."""

    pin: bool = False
    drop: bool = False
    title: _Title | None = None
    owner: _Title | None = None
    due_on: date | None = None
    text: _Text | None = None


class AmendmentsText(Settings):
    """The whole file: decisions by their id."""

    decisions: dict[str, DecisionText] = Field(default_factory=dict)


@record
class AmendmentsFile:
    """One file: its path in the client's folder, its name without ending, what it says, and the line of each id."""

    path: str
    label: str
    decisions: dict[str, DecisionText]
    lines: dict[str, int]


def read_amendments(files: FolderFiles, path: str) -> AmendmentsFile | None:
    """Read one file, or note why it cannot be read."""
    content = files.read(path, _LARGEST)
    if content is None:
        return None
    try:
        text = decode(content.data, "utf-8")
        document = parse_toml(text)
    except UnreadableFileError as problem:
        files.log.error(files.location(path, problem.line), problem.kind, problem.message)
        return None
    lines = key_lines(text)
    try:
        decisions = AmendmentsText.model_validate(document).decisions
    except ValidationError as problems:
        for fault in problems.errors():
            keys = tuple(str(part) for part in fault["loc"])
            files.log.error(files.location(path, nearest_line(lines, keys)), _kind(fault), _message(fault, keys))
        return None
    label = path.rpartition("/")[2].removesuffix(".toml")
    found = {name: nearest_line(lines, ("decisions", name)) for name in decisions}
    return AmendmentsFile(path, label, decisions, found)


def _kind(fault: ErrorDetails) -> str:
    return "unknown key" if fault["type"] == "extra_forbidden" else "unusable setting"


def _message(fault: ErrorDetails, keys: tuple[str, ...]) -> Message:
    key = ".".join(keys)
    if fault["type"] != "extra_forbidden":
        return say("settings.at", key=key, reason=reason_of(fault))
    known = DecisionText.model_fields if len(keys) > 1 else AmendmentsText.model_fields
    return say("client_file.unknown_key", key=key, hint=suggestion(keys[-1], known))
