"""Two folders change places: in one step where the system can, else in three that can be undone."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux; paths are absolute
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


def exchange(new: Path, old: Path, parking: Path) -> None:
    """Let `new` and `old` change places.

    Linux and macOS do it in one step on their usual file systems. Elsewhere `old` is parked, `new` moved in, and
    `old` moved to where `new` was; killed between the first two steps, nothing is at the old place and the old folder
    waits, whole, in `parking`.
    """
    if _exchange_at_once(new, old):
        return
    old.rename(parking)
    try:
        new.rename(old)
    except OSError:
        parking.rename(old)
        raise
    with suppress(OSError):  # the exchange is done; what stays parked is cleared by the next build
        parking.rename(new)


def _exchange_at_once(new: Path, old: Path) -> bool:
    """Ask the system; False where it cannot, here, now or ever: then the steps tell the true reason."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None)
    paths = os.fsencode(new), os.fsencode(old)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE)) == 0)
    if hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, ctypes.c_uint(_EXCHANGE)) == 0)
    return False
