"""Reports that were published: annotated tags `report/<client>/<quarter>` on the commit of their data.

The tag's message holds the tool's version and `figures.json` as it was said; so it lasts as long as the history.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from retention_reports.reading.git_objects import objects_of
from retention_reports.reading.git_process import NoAnswerError, ask
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_reports.reading.git_objects import Objects

PUBLISHED = "report/"
TAGS = f"refs/tags/{PUBLISHED}"
_FIRST_LINE = "retention-reports "


@record
class Publication:
    """One published report: the tag's object, the commit of its data, and what it said."""

    client: str
    quarter: str
    tag: str
    commit: str
    tool_version: str
    figures: Mapping[str, Any]


def publication_text(figures: bytes, tool_version: str) -> bytes:
    """Return the message that a publication's tag holds."""
    return f"{_FIRST_LINE}{tool_version}\n\n".encode() + figures


def published_tags(root: Path, client: str = "", reachable_from: str = "") -> dict[str, str]:
    """Return the tag objects of publications by `<client>/<quarter>`, sorted; of all clients where none is named.

    With `reachable_from` (a commit), only those of data that led to it.

    Raises:
        NoAnswerError: git is missing or fails.
    """
    merged = [f"--merged={reachable_from}"] if reachable_from else []
    place = f"{TAGS}{client}/" if client else TAGS
    lines = ask(root, "for-each-ref", "--format=%(objecttype) %(objectname) %(refname)", *merged, place)
    found = {}
    for line in lines.decode("utf-8", "surrogateescape").splitlines():
        kind, name, reference = line.split(" ", 2)
        if kind == "tag":
            found[reference.removeprefix(TAGS)] = name
    return dict(sorted(found.items()))


def read_publications(root: Path, client: str, reachable_from: str) -> tuple[Publication, ...]:
    """Return the client's publications whose data led to a commit, by quarter; tags of other making are left out.

    Raises:
        NoAnswerError: git is missing or fails.
    """
    tags = published_tags(root, client, reachable_from)
    if not tags:
        return ()
    with objects_of(root) as objects:
        found = [_publication(objects, name, tag) for name, tag in tags.items()]
    return tuple(entry for entry in found if entry is not None)


def _publication(objects: Objects, name: str, tag: str) -> Publication | None:
    client, _, quarter = name.partition("/")
    try:
        head, _, message = objects.content(tag, "tag").decode("utf-8").partition("\n\n")
        first, _, figures = message.partition("\n\n")
        content = json.loads(figures)
        fields = dict(line.split(" ", 1) for line in head.splitlines() if " " in line)
    except (NoAnswerError, ValueError, RecursionError):
        return None
    if fields.get("type") != "commit" or not first.startswith(_FIRST_LINE) or not isinstance(content, dict):
        return None
    return Publication(client, quarter, tag, fields["object"], first.removeprefix(_FIRST_LINE), content)
