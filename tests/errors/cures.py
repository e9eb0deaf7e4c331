"""What messages advise to write into `client.toml`, taken out of their text, and how a folder fares with it."""

from __future__ import annotations

import re
import shutil
import tomllib
from typing import TYPE_CHECKING

from retention_reports.errors import DataError, Severity
from retention_reports.records import record
from retention_reports.validation.folder import load_client_folder

if TYPE_CHECKING:
    from pathlib import Path

_VALUE = r'"[^"]*"|true|false|-?[0-9][0-9.-]*|\[[^\]]*\]|\{[^}]*\}|one of them'
_FRAGMENT = re.compile(rf'(?:"[^"]+"|[a-z_][\w.]*) = (?:{_VALUE})')


@record
class Cure:
    """A fragment that a case's message shows, and what comes of following it.

    `edits` are lines by the table of `client.toml` that they belong to; "" stands for the top. Without edits the
    fragment tells how things are: it is nothing to be written. `outcome` is the revenue, and in brackets what of it
    belongs to customers; or the kinds of errors that are told instead.
    """

    case: str
    fragment: str
    edits: tuple[tuple[str, str], ...]
    outcome: str


def read_cures(path: Path) -> tuple[Cure, ...]:
    """Read the table of cures."""
    return tuple(
        Cure(entry["case"], entry["shows"], tuple(map(tuple, entry.get("writes", []))), entry["outcome"])
        for entry in tomllib.loads(path.read_text("utf-8"))["cures"]
    )


def fragments(text: str) -> list[str]:
    """Return every `key = value` of a text."""
    return list(dict.fromkeys(_FRAGMENT.findall(text)))


def outcome(case: Path, edits: tuple[tuple[str, str], ...], place: Path) -> str:
    """Return what comes of a case whose `client.toml` has been edited."""
    folder = place / case.name
    shutil.copytree(case, folder)
    settings = folder / "client.toml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    for table, line in edits:
        text = _edited(text, table, line)
    settings.write_text(text, "utf-8")
    try:
        tables = load_client_folder(folder).tables
    except DataError as error:
        kinds = sorted({problem.kind for problem in error.problems if problem.severity is Severity.ERROR})
        return f"refused: {', '.join(kinds)}"
    orders = tables["orders"]
    amounts = orders.loc[orders["status"] == "completed", "amount"] / 10_000
    assigned = amounts[orders["customer_id"].isin(tables["customers"]["customer_id"])]
    return f"{amounts.sum():.2f} ({assigned.sum():.2f})"


def _edited(text: str, table: str, line: str) -> str:
    """Return the settings with a line in a table, in place of the line of the same key there."""
    key = line.partition(" = ")[0]
    lines = text.splitlines()
    start = 0
    if table:
        header = f"[{table}]"
        if header not in lines:
            lines.append(header)
        start = lines.index(header) + 1
    end = next((place for place in range(start, len(lines)) if lines[place].startswith("[")), len(lines))
    kept = [old for old in lines[start:end] if old.partition(" = ")[0].strip('"') != key.strip('"')]
    return "\n".join([*lines[:start], line, *kept, *lines[end:]]) + "\n"
