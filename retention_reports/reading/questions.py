"""The client's own questions of the sales check, by form alone."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from retention_reports.messages import say
from retention_reports.reading.decoding import decode
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.reading.setting_faults import reason_of
from retention_reports.reading.settings import Name, Settings

if TYPE_CHECKING:
    from retention_reports.reading.files import FolderFiles

QUESTIONS_FILE = "sales_check/questions.toml"
_LARGEST = 1_000_000


class QuestionText(Settings):
    """One question as its author writes it: texts for all languages (a plain word) or by language."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    version: Annotated[int, Field(ge=1)] = 1
    topic: Name
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    core: bool = False
    measured: str = ""
    text: Name | dict[str, Name]
    potential: Name | dict[str, Name] = Field(default_factory=dict)
    action: Name | dict[str, Name] = Field(default_factory=dict)


class QuestionsText(Settings):
    """The whole file."""

    version: int = 1
    topics: dict[str, dict[str, Name]] = Field(default_factory=dict)
    questions: list[QuestionText] = Field(default_factory=list)


def parse_questions(text: str) -> QuestionsText:
    """Read questions from TOML.

    Raises:
        ValidationError: a question lacks something, or has too much.
        UnreadableFileError: the text is no TOML.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableFileError("not TOML", say("questions.not_toml", reason=str(problem))) from problem
    return QuestionsText.model_validate(document)


def read_questions(files: FolderFiles) -> QuestionsText | None:
    """Read the client's own questions, or note why they cannot be read."""
    content = files.read(QUESTIONS_FILE, _LARGEST)
    if content is None:
        return None
    try:
        return parse_questions(decode(content.data, "utf-8"))
    except UnreadableFileError as problem:
        files.log.error(files.location(QUESTIONS_FILE, problem.line), problem.kind, problem.message)
    except ValidationError as problems:
        for fault in problems.errors():
            key = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
            message = say("settings.at", key=key, reason=reason_of(fault))
            files.log.error(files.location(QUESTIONS_FILE), "unusable question", message)
    return None
