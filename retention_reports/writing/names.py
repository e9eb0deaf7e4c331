"""Names fit for files on every system. Callers check theirs too; this is the last look before the disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.writing.output_error import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MOST_PARTS = 4


def check_name(name: str) -> None:
    """Accept `client/2026-Q3` and `actions/win-back.csv`: Latin letters, digits and `. _ -` between slashes.

    Raises:
        OutputError: the name could lead elsewhere, hide, or mean a device or nothing on some system.
    """
    parts = name.split("/")
    fit = len(parts) <= _MOST_PARTS and all(_PART.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)
    if not fit:
        raise OutputError(repr(name), say("writing.unfit_name"))


def check_names(names: Iterable[str]) -> None:
    """Accept names that can stand in one folder together, also where capitals make no difference.

    Raises:
        OutputError: a name is unfit, stands twice, or is a file and a folder at once.
    """
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        check_name(name)
        folded = name.casefold()
        above = {folded[: place.start()] for place in re.finditer("/", folded)}
        if folded in files | folders or above & files:
            raise OutputError(repr(name), say("writing.two_of_a_name"))
        files.add(folded)
        folders |= above
