"""Problems in the forms in which GitHub and GitLab show them at file and line."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from retention_reports.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.errors import Problem


def github_annotations(problems: Sequence[Problem]) -> str:
    """Return one workflow command a line; what the data says cannot become a command of its own."""
    return "\n".join(_github_line(problem) for problem in problems)


def gitlab_annotations(problems: Sequence[Problem]) -> str:
    """Return a report of code quality, as GitLab reads it, in JSON."""
    return json.dumps([_gitlab_entry(problem) for problem in problems], indent=1)


def _github_line(problem: Problem) -> str:
    place = problem.location
    properties = {"file": place.path, "line": str(place.line or 1), "title": problem.kind}
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_escaped(_message(problem))}"


def _escaped(text: str, signs: str = "") -> str:
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _gitlab_entry(problem: Problem) -> dict[str, object]:
    return {
        "description": _message(problem),
        "check_name": problem.kind,
        "fingerprint": hashlib.sha256(str(problem).encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": "major" if problem.severity is Severity.ERROR else "minor",
        "location": {"path": problem.location.path, "lines": {"begin": problem.location.line or 1}},
    }


def _message(problem: Problem) -> str:
    return f"{problem.location.column}: {problem.message}" if problem.location.column else str(problem.message)
