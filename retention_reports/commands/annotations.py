"""Problems in the forms in which programs, GitHub and GitLab read them, at file and line.

Sources: GitHub's workflow commands, GitLab's code quality reports, and SARIF 2.1.0 (OASIS).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from retention_reports import __version__
from retention_reports.commands.printing import printable
from retention_reports.errors import Severity
from retention_reports.messages import kind_name
from retention_reports.reading.alike import bounded
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from retention_reports.errors import Problem
    from retention_reports.reading.alike import Alike


@record
class Told:
    """A client's problems, the language to tell them in, and how many of a kind (every single one without a limit)."""

    client: str
    problems: Sequence[Problem]
    language: str
    limit: int | None

    def groups(self) -> Iterator[Alike]:
        """Go through what is told."""
        return iter(bounded(self.problems, self.limit).shown)


def github_annotations(clients: Iterable[Told]) -> str:
    """Return one workflow command a line; what the data says cannot become a command of its own."""
    return "\n".join(_github_line(group, told.language) for told in clients for group in told.groups())


def gitlab_annotations(clients: Iterable[Told]) -> str:
    """Return a report of code quality, as GitLab reads it, in JSON."""
    entries = [_gitlab_entry(group, told.language) for told in clients for group in told.groups()]
    return json.dumps(entries, indent=1)


def json_report(clients: Iterable[Told]) -> str:
    """Return the problems as a list of objects, in JSON; line 0 stands for a file as a whole."""
    entries = [
        {
            "client": told.client,
            "severity": group.first.severity,
            "kind": group.first.kind,
            "path": group.first.location.path,
            "line": group.first.location.line,
            "column": group.first.location.column,
            "message": f"{group.first.told_in(told.language)}{group.rest(told.language)}",
        }
        for told in clients
        for group in told.groups()
    ]
    return json.dumps({"problems": entries}, indent=1)


def sarif_report(clients: Iterable[Told]) -> str:
    """Return a log that tools for static analysis exchange (SARIF 2.1.0), in JSON."""
    results = [_sarif_result(group, told.language) for told in clients for group in told.groups()]
    rules = [{"id": kind} for kind in sorted({str(result["ruleId"]) for result in results})]
    driver = {"name": "retention-reports", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, indent=1)


def _sarif_result(group: Alike, language: str) -> dict[str, object]:
    problem = group.first
    place: dict[str, object] = {"artifactLocation": {"uri": quote(problem.location.path)}}
    if problem.location.line:
        place["region"] = {"startLine": problem.location.line}
    return {
        "ruleId": problem.kind,
        "level": problem.severity,
        "message": {"text": _message(group, language)},
        "locations": [{"physicalLocation": place}],
    }


def _github_line(group: Alike, language: str) -> str:
    place = group.first.location
    properties = {"file": place.path, "line": str(place.line or 1), "title": kind_name(group.first.kind, language)}
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{group.first.severity} {listed}::{_escaped(_message(group, language))}"


def _escaped(text: str, signs: str = "") -> str:
    text = printable(text, kept="\r\n")
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _gitlab_entry(group: Alike, language: str) -> dict[str, object]:
    problem = group.first
    return {
        "description": _message(group, language),
        "check_name": problem.kind,
        "fingerprint": hashlib.sha256(str(problem).encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": "major" if problem.severity is Severity.ERROR else "minor",
        "location": {"path": problem.location.path, "lines": {"begin": problem.location.line or 1}},
    }


def _message(group: Alike, language: str) -> str:
    problem = group.first
    column = f"{problem.location.column}: " if problem.location.column else ""
    return f"{column}{problem.told_in(language)}{group.rest(language)}"


ANNOTATIONS: Mapping[str, Callable[[Iterable[Told]], str]] = {
    "json": json_report,
    "github": github_annotations,
    "gitlab": gitlab_annotations,
    "sarif": sarif_report,
}
"""By the word that `--format` has for each."""
