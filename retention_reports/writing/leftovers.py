"""What a killed build leaves behind, and how the next one clears it.

`.<name>.<16 hex digits>.tmp` is a half or outdated copy of `<name>`; `….old` is the whole report that was in its
place, parked while the new one moves in (see `exchange`).
"""

from __future__ import annotations

import re
import secrets
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LEFTOVER = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{16}\.(?:tmp|old)", re.DOTALL)


def working_copy(target: Path) -> Path:
    """Return a new name beside the target for what is to become it."""
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")


def parking(copy: Path) -> Path:
    """Return the name under which the old report waits while this working copy moves in."""
    return copy.with_suffix(".old")


def has_leftovers(folder: Path) -> bool:
    """Tell whether a build was killed here, or is under way."""
    return any(_LEFTOVER.fullmatch(path.name) for path in folder.iterdir())


def clear_leftovers(folder: Path) -> tuple[Path, ...]:
    """Put back what was parked and has no successor, remove all other leftovers, and return these paths.

    Only for the holder of the folder's lock.
    """
    found = []
    for path in sorted(folder.iterdir()):
        match = _LEFTOVER.fullmatch(path.name)
        if match is None:
            continue
        found.append(path)
        target = folder / match["name"]
        if path.suffix == ".old" and not target.exists():
            path.rename(target)
        elif path.suffix == ".old":
            discard(path.rename(working_copy(target)))  # what bears .old is whole, always
        else:
            discard(path)
    return tuple(found)


def discard(path: Path) -> None:
    """Remove a file or folder as far as possible; the next build tries again."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
