"""What a whole process takes: its processor's time and its memory, start included."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 900
"""Seconds after which a process is ended, so that a measurement always ends."""


@dataclass(frozen=True)
class Taken:
    """User time of the processor in seconds, and the most memory held at once in bytes."""

    seconds: float
    memory: int


def taken_by(*words: str | Path, longest: float = LONGEST) -> Taken:
    """Run Python with these words and return what it took.

    Raises:
        RuntimeError: the process failed, or took too long.
    """
    command = [sys.executable, *map(str, words)]
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    guard = threading.Timer(longest, os.kill, (process, signal.SIGKILL))
    guard.start()
    _, status, usage = os.wait4(process, 0)
    guard.cancel()
    if status:
        message = f"{' '.join(command)} ended with status {status}"
        raise RuntimeError(message)
    # The unit of the peak is bytes on macOS and KiB elsewhere.
    return Taken(usage.ru_utime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
