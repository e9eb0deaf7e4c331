"""One writer at a time in a folder, on one machine or several that share its file system.

The lock is the operating system's and ends with its process, however that ends: a lock file that a killed build left
behind stops nobody.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.writing.output_error import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME = ".retention-reports.lock"
PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.02
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def locked(folder: Path, *, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the folder's lock, waiting for another writer; the lock file is gone afterwards. Not re-entrant.

    Raises:
        OutputError: another writer held the lock for longer than `patience` seconds.
    """
    path = folder / LOCK_NAME
    handle = _acquire(path, time.monotonic() + patience)
    try:
        yield
    finally:
        _release(handle, path)


def _acquire(path: Path, deadline: float) -> int:
    while True:
        handle = os.open(path, _FLAGS, 0o666)
        if _try_lock(handle) and _is_still_at(handle, path):
            return handle
        os.close(handle)
        if time.monotonic() >= deadline:
            raise OutputError(path.parent, say("writing.another_build"))
        time.sleep(_PAUSE_SECONDS)


def _is_still_at(handle: int, path: Path) -> bool:
    """Tell whether others would lock the same file: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(handle: int, path: Path) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        os.close(handle)
        with suppress(OSError):  # another writer has it open already and will remove it
            path.unlink()

else:

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int, path: Path) -> None:
        with suppress(OSError):
            path.unlink()  # while the lock is held: whoever waits for this file will see that it is gone
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)
