"""Measures how long reports take and prints ratios: `python -m tests.bench [--rounds N]`.

Whole processes are timed in turn (A B C, A B C, …), so that a machine that slows down slows all of them; the median of
the rounds' ratios is printed with its range. Ratios compare, absolute times do not.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import engine, size
from tests.bench.reading import reading_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLIENT = "musterhandel"
DATA = Path("data")
FLOOR_LIMIT = 1.25
PLAIN_LIMIT = 2.0
READING_LIMIT = 8.0


def main() -> int:
    """Print one line a ratio; with `--strict` return 1 where a limit is passed (a busy machine can do that, too)."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--strict", action="store_true")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        commands = {
            "report": [
                "-m",
                "retention_reports",
                "build",
                CLIENT,
                "--force",
                "--format",
                "html,pdf,json",
                "--output",
                str(reports / "ours"),
            ],
            "floor": [
                "-m",
                "tests.bench.floor",
                str(reports / "print.html"),
                str(DATA / CLIENT),
                str(reports / "floor.pdf"),
            ],
            "plain": ["-m", "tests.bench.plain_stack", str(DATA / CLIENT), str(reports / "plain")],
        }
        _python("-m", "tests.bench.floor", "--prepare", str(reports / "print.html"), str(DATA / CLIENT))
        times = _alternate(commands, rounds)
    report, floor, plain = times["report"], times["floor"], times["plain"]
    within = [
        _line("sample report, whole process / floor", report, floor, FLOOR_LIMIT),
        _line("sample report, whole process / plain stack", report, plain, PLAIN_LIMIT),
    ]
    reading, base = reading_ratio(rounds)
    within.append(_line("100,000 orders read and analysed / read_csv and one groupby", reading, base, READING_LIMIT))
    for row in chain(engine.rows(), size.rows()):
        print(row)
        within.append(row.limit is None or row.value <= row.limit)
    return 1 if arguments.strict and not all(within) else 0


def _alternate(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            started = time.perf_counter()
            _python(*words)
            if number:  # the first round warms the disk's cache
                times[name].append(time.perf_counter() - started)
    return times


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _line(name: str, ours: Sequence[float], theirs: Sequence[float], limit: float) -> bool:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    ratio = statistics.median(ratios)
    verdict = "ok" if ratio <= limit else "TOO SLOW"
    print(f"{name}: {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}, at most {limit:g}) {verdict}")
    return ratio <= limit


if __name__ == "__main__":
    sys.exit(main())
